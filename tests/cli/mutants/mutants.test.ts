// `slow-tests mutants` with a real runner and the real instrumenter: what it counts, what it advises, and that the project stays as it was.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { tellingReached, withMutant } from '../../../src/host/mutant-switches.ts';
import { installRunners, moduleFile } from '../../runners/install.ts';
import { cleanEnvironment } from '../../runners/profiled.ts';
import { folderWith } from '../probe.ts';

const CLI = resolve(import.meta.dirname, '../../../dist/cli.cjs');
const LIMIT = 300_000;

const SUITE = {
  'package.json': '{ "type": "module", "scripts": { "test": "mocha" }, "devDependencies": { "mocha": "*" } }\n',
  'src/scale.js': `/** Small sizes grow, large ones shrink. */
export function scale(size) {
  if (size > 100) return size - 1;
  return size + 1;
}

export function never(size) {
  return size * 2;
}
`,
  'src/broken.js': 'export const = 1;\n',
  'test/scale.test.js': `import assert from 'node:assert';
import { scale } from '../src/scale.js';

it('grows small sizes', () => {
  assert.equal(scale(2), 3);
});

it('shrinks one large size @slow', () => {
  assert.equal(scale(500), 499);
});

it('shrinks many large sizes @slow', () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  for (let size = 101; size < 200; size++) assert.equal(scale(size), size - 1);
});
`,
};

beforeAll(installRunners, LIMIT);

/** With the runners' packages. */
function suiteWith(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  symlinkSync(dirname(dirname(moduleFile('mocha/package.json'))), join(folder, 'node_modules'), 'junction');
  return folder;
}

function textsIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((entry) => [join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
}

function mutants(folder: string, words: readonly string[], command = 'mutants'): Promise<{ readonly exitCode: number; readonly printed: string; readonly complained: string }> {
  return new Promise((settle) => {
    execFile(process.execPath, [CLI, command, ...words], { cwd: folder, env: { ...cleanEnvironment(), SLOW: undefined }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      settle({ exitCode: typeof error?.code === 'number' ? error.code : 0, printed: stripVTControlCharacters(stdout), complained: stripVTControlCharacters(stderr) });
    });
  });
}

interface Json {
  readonly killedBefore: number;
  readonly killedFast: number;
  readonly unread: readonly string[];
  readonly promotions: readonly { readonly title: readonly string[]; readonly share: number }[];
  readonly mutants: readonly { readonly line: number; readonly original: string; readonly replacement: string; readonly isKilledBefore: boolean; readonly isKilledFast: boolean; readonly killers: readonly { readonly title: readonly string[] }[] }[];
}

interface Loaded {
  options(size?: number): unknown;
  kindOf(kind: string, other?: unknown): unknown;
  readonly Counter: new () => { readonly run: () => unknown };
}

describe('a mutant', () => {
  const SOURCE = `'use strict';
export const options = (size) => ({ size: size ?? 1, name: 'a' + size });
export function kindOf(kind, other) {
  switch (kind) {
    case 'a':
      return other?.inner?.size;
    default: {
      let sum = 1;
      sum += 2;
      for (const item of [1, 2, 3].filter((each) => each > 1)) {
        if (!item || (kind === 'b' && item > 2)) continue;
        sum++;
      }
      while (step() && ((sum < 9 && kind !== 'c') || other)) {
        if (sum++ > 20) break;
      }
      return \`\${sum} \${-sum}\`;
    }
  }
}
export class Counter {
  count = 5;
  static step = 1 + 2;
  run() {
    return (this.count -= Counter.step), this.count;
  }
}
`;
  /** Of each call, what it gives or throws; a loop without end throws. */
  const seenOf = (text: string, activeMutant?: string): string => {
    let steps = 0;
    const step = (): boolean => {
      if (steps++ > 100) throw new Error('endless');
      return true;
    };
    const results: unknown[] = [];
    const attempt = (work: () => unknown): void => {
      try {
        results.push(work() ?? 'nothing');
      } catch (error) {
        results.push(String(error));
      }
    };
    attempt(() => {
      const loaded = runInNewContext(`${text.replaceAll(/^export /gm, '')}; ({ options, kindOf, Counter })`, { step, __stryker__: { activeMutant } }) as Loaded;
      const works: readonly (() => unknown)[] = [() => loaded.options(), () => loaded.options(3), () => loaded.kindOf('a'), () => loaded.kindOf('a', { inner: { size: 2 } }), () => loaded.kindOf('b'), () => loaded.kindOf('c'), () => loaded.kindOf('d', true), () => new loaded.Counter().run()];
      for (const work of works) attempt(work);
      return 'loaded';
    });
    return JSON.stringify(results);
  };

  it('does alone in its text what it does behind a switch, and is told when it is reached @slow', async () => {
    const { Instrumenter } = (await import(pathToFileURL(moduleFile('@stryker-mutator/instrumenter/dist/src/index.js')).href)) as { Instrumenter: new (logger: object) => { instrument: (files: readonly object[], options: object) => Promise<{ files: readonly { content: string }[]; mutants: readonly { id: string; mutatorName: string }[] }> } };
    const logger = Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error', 'fatal'].flatMap((level) => [[level, (): undefined => undefined], [`is${level[0]?.toUpperCase()}${level.slice(1)}Enabled`, (): boolean => false]]));
    const { files, mutants } = await new Instrumenter(logger).instrument([{ name: 'a.js', mutate: true, content: SOURCE }], { plugins: null, ignorers: [], excludedMutations: [] });
    const switched = files[0]?.content ?? '';
    expect(mutants.length).toBeGreaterThan(30);
    const differing = mutants.filter(({ id }) => {
      const alone = withMutant(switched, 'a.js', id) ?? '';
      return alone.includes('stry') || seenOf(alone) !== seenOf(switched, id);
    });
    expect(differing).toEqual([]);
    const telling = tellingReached(switched, 'a.js') ?? '';
    expect(telling).not.toContain('stry');
    expect(seenOf(telling)).toBe(seenOf(SOURCE));
    const told = [...telling.matchAll(/slowTestsReach_9fa48\(\d+, ("[^"]*")\)/g)].flatMap((match) => (JSON.parse(match[1] ?? '') as string).split('\n'));
    expect(told.sort()).toEqual(mutants.map(({ id }) => id).sort());
  });
});

describe('mutants of a small suite', () => {
  it('are found by the fast run, by the slow run alone, or by none; and the cheapest slow test that finds the rest is named @slow', { timeout: LIMIT }, async () => {
    const folder = suiteWith(SUITE);
    const { exitCode, printed, complained } = await mutants(folder, ['--sample', '100', '--jobs', '2', '--json']);
    expect(exitCode, complained).toBe(0);
    const result = JSON.parse(printed) as Json;
    const ends = (change: string) => {
      const found = result.mutants.find(({ original, replacement }) => `${original} -> ${replacement}` === change);
      return found && [found.isKilledBefore, found.isKilledFast, found.killers.length];
    };
    expect(ends('size + 1 -> size - 1')).toEqual([true, true, 0]);
    expect(ends('size - 1 -> size + 1')).toEqual([true, false, 2]);
    expect(ends('size > 100 -> true')).toEqual([true, true, 0]);
    expect(ends('size > 100 -> false')).toEqual([true, false, 2]);
    // No test is at the border.
    expect(ends('size > 100 -> size >= 100')).toEqual([false, false, 0]);
    expect(result.mutants.every(({ line }) => line < 7), 'only what tests reach').toBe(true);
    expect(result.killedFast).toBeLessThan(result.killedBefore);
    expect(result.promotions).toMatchObject([{ title: ['shrinks one large size @slow'], share: 1 }]);
    expect(result.unread).toEqual(['src/broken.js']);
    expect(textsIn(folder)).toEqual(SUITE);
  });

  it('are told in a table, with the share that the fast run kills @slow', { timeout: LIMIT }, async () => {
    const folder = suiteWith(SUITE);
    const { exitCode, printed, complained } = await mutants(folder, ['--sample', '100', '--', 'npx', 'mocha', 'test/scale.test.js']);
    expect(exitCode, complained).toBe(0);
    expect(printed).toMatch(/src\/scale\.js:3 +ArithmeticOperator +size - 1 -> size \+ 1 +shrinks one large size @slow and 1 more/);
    expect(printed).toMatch(/make fast .*\n-+.*\nshrinks one large size @slow +test\/scale\.test\.js .* 100 %/);
    expect(printed).toMatch(/The suite at its original sizes kills \d+; the fast run kills \d+ of these: \d+ %/);
    expect(printed).toContain('Without mutants, since they cannot be read: src/broken.js.');
  });

  it('are tried at the end of a migration, and its report tells them @slow', { timeout: LIMIT }, async () => {
    // Only the test that takes long is marked.
    const folder = suiteWith({ ...SUITE, 'test/scale.test.js': SUITE['test/scale.test.js'].replaceAll(' @slow', '') });
    const { exitCode, printed, complained } = await mutants(folder, ['--force', '--over', '250ms', '--mutants=4', '--seed', '2'], 'migrate');
    expect(exitCode, complained).toBe(0);
    expect(readFileSync(join(folder, 'test/scale.test.js'), 'utf8')).toMatch(/shrinks many large sizes.*@slow/);
    const report = readFileSync(join(folder, 'migration-report.md'), 'utf8');
    expect(report).toMatch(/## Mutants\n\n4 of the \d+ mutants that tests reach were tried \(seed 2\)\. The suite at its original sizes kills \d+; the fast run kills \d+ of these: 100 %/);
    expect(report).not.toContain('only with --mutants');
    expect(printed).toContain('mutants that tests reach were tried');
    expect(textsIn(folder)['src/scale.js']).toBe(SUITE['src/scale.js']);
  });

  it('are not made where the instrumenter is not installed: it is asked for', async () => {
    const folder = folderWith(SUITE);
    const { exitCode, complained } = await mutants(folder, []);
    expect(exitCode).toBe(1);
    expect(complained).toContain('npm install --save-dev @stryker-mutator/instrumenter');
    expect(existsSync(moduleFile('@stryker-mutator/instrumenter/package.json'))).toBe(true);
  });
});
