/**
 * Is this process a runner, and how is it listened to? Loaded before anything else into every process of Node that a measured command
 * starts, so that reporters, configuration and exit code stay the user's own. It must cost nothing where there is nothing to do.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { listenToAva } from './ava.ts';
import { listenToJasmine } from './jasmine.ts';
import { listenToJest } from './jest.ts';
import { listenToMocha } from './mocha.ts';
import { EVENTS_VARIABLE } from './sink.ts';
import { listenToTape } from './tape.ts';
import { listenToVitest } from './vitest.ts';

/** By the name of the package that the program belongs to: what is done with its folder and version. */
const LISTENERS: Readonly<Record<string, (root: string, version: string) => void | Promise<void>>> = {
  vitest: listenToVitest,
  jest: listenToJest,
  'jest-cli': listenToJest,
  mocha: listenToMocha,
  jasmine: listenToJasmine,
  ava: listenToAva,
  tape: listenToTape,
};

const PROGRAM = /[\\/](?:vitest|_?mocha|jest|jasmine|ava|tape|cli)(?:\.[cm]?js)?$/;

function listen(program: string): void {
  const file = realpathSync(program);
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const { name, version } = readPackage(folder);
    if (name === undefined || version === undefined) continue;
    const listener = Object.hasOwn(LISTENERS, name) ? LISTENERS[name] : undefined;
    void Promise.resolve(listener?.(folder, version)).catch(ignore);
    return;
  }
}

function readPackage(folder: string): { readonly name?: string; readonly version?: string } {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
  } catch {
    return {};
  }
}

/** The suite must run whatever happens here; that nothing was heard is said at the end. */
function ignore(): void {
  // Nothing to do.
}

const [, program] = process.argv;
if (isMainThread && process.env[EVENTS_VARIABLE] && program !== undefined && PROGRAM.test(program)) {
  try {
    listen(program);
  } catch {
    ignore();
  }
}
