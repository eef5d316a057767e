/** How a command is started so that its runner tells what it measures, while its own reporters stay. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RecordedRun } from '../../timing/recorded-run.ts';
import { EVENTS_VARIABLE, OPTIONS_VARIABLE, PLAYWRIGHT_VARIABLE } from '../../timing/reporters/sink.ts';
import { recogniseCommand } from '../../timing/suite-command.ts';

export interface Listening {
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Where a listener writes while the runner runs. */
  readonly events: string;
  /** For a runner that writes a report of its own at its end. */
  readonly report?: (root: string, wall: number) => Promise<RecordedRun | undefined>;
}

interface Circumstances {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where this run may write. */
  readonly folder: string;
}

export function listeningTo(words: readonly string[], { cwd, environment, folder }: Circumstances): Listening {
  const command = recogniseCommand(words, cwd);
  const events = join(folder, 'events.jsonl');
  if (command?.runner.name === 'bun') {
    // A second report would take the place of theirs.
    const theirs = valueOf('--reporter-outfile', command.words);
    const file = theirs === undefined ? join(folder, 'report.xml') : resolve(cwd, theirs);
    const withReport = theirs === undefined ? command.withArguments(['--reporter=junit', `--reporter-outfile=${file}`]) : words;
    return { words: withReport ?? words, environment, events, report: async (root, wall) => (existsSync(file) ? { ...(await import('../../timing/read-report.ts')).readReport(file, root), runner: 'bun', wall } : undefined) };
  }
  const own = environment['NODE_OPTIONS'] ?? '';
  // `node test.js` says nothing, and may import node:test.
  const isNodeTest = command === undefined || command.runner.name === 'node:test';
  // Known to be node:test, its reporter hears all: each test file is a process, and would load the listeners of other runners for nothing.
  const preload = command?.runner.name === 'node:test' ? [] : [`--require=${JSON.stringify(entry('preload'))}`];
  const added = [...preload, ...(isNodeTest ? nodeReporters(command?.words ?? words, own) : [])];
  return {
    words,
    events,
    environment: {
      ...environment,
      [EVENTS_VARIABLE]: events,
      [OPTIONS_VARIABLE]: own,
      NODE_OPTIONS: [...added, own].filter(Boolean).join(' '),
      [PLAYWRIGHT_VARIABLE]: entry('playwright'),
    },
  };
}

function valueOf(option: string, words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === option || word.startsWith(`${option}=`));
  const word = words[at];
  return word === option ? words[at + 1] : word?.slice(option.length + 1);
}

/** This module is bundled into a file beside them. */
function entry(name: string): string {
  return join(__dirname, `profile-${name}.cjs`);
}

/** With a second reporter, Node wants a destination for each, and has no default any more. */
function nodeReporters(words: readonly string[], options: string): string[] {
  const given = [...words, ...options.split(' ')];
  const count = (name: string): number => given.filter((word) => word === name || word.startsWith(`${name}=`)).length;
  const ours = [`--test-reporter=${pathToFileURL(entry('node-test')).href}`, '--test-reporter-destination=stdout'];
  const theirs = count('--test-reporter');
  if (theirs === 0) return [...ours, `--test-reporter=${defaultNodeReporter()}`, '--test-reporter-destination=stdout'];
  return theirs > count('--test-reporter-destination') ? [...ours, '--test-reporter-destination=stdout'] : ours;
}

function defaultNodeReporter(): string {
  return Number.parseInt(process.versions.node, 10) >= 22 || process.stdout.isTTY ? 'spec' : 'tap';
}
