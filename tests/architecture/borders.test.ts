import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Graph, Import } from './import-graph.ts';
import { cyclesIn, readGraph, readImports, sourceFiles } from './import-graph.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const graph = readGraph(ROOT, ['src', 'rules', 'codemods']);

interface Border {
  /** Files it holds for. */
  readonly of: RegExp;
  /** What these may import beside each other. */
  readonly may: RegExp;
  /** What they may import as types only, in addition. */
  readonly mayAsTypes?: RegExp;
}

/** Who may import whom. `docs/ARCHITECTURE.md` says the same in words. */
const BORDERS: readonly Border[] = [
  { of: /^src\/kernel\//, may: /^$/ },
  { of: /^src\/knowledge\//, may: /^$/ },
  { of: /^src\/fixtures\//, may: /^src\/kernel\/index\.ts$/ },
  // `parse.ts` loads oxc-parser by `require`, only for a file that no host has parsed.
  { of: /^src\/analysis\//, may: /^(?:src\/knowledge\/|node:|@typescript-eslint\/(?:scope-manager|visitor-keys)$)/, mayAsTypes: /^@typescript-eslint\/utils$/ },
  { of: /^src\/rewrites\//, may: /^src\/(?:analysis|knowledge)\// },
  { of: /^src\/host\//, may: /^(?:src\/(?:analysis|knowledge|rewrites|timing)\/|package\.json$|node:)/, mayAsTypes: /^(?:eslint|@typescript-eslint\/(?:utils|scope-manager))$/ },
  { of: /^rules\//, may: /^src\/(?:(?:host|rewrites)\/|timing\/budgets\.ts$)/, mayAsTypes: /^src\/analysis\/(?:facts|settings)\.ts$/ },
  { of: /^codemods\/.+\/codemod\.ts$/, may: /^src\/(?:host|rewrites)\//, mayAsTypes: /^src\/analysis\/(?:facts|settings)\.ts$/ },
  { of: /^codemods\/all\.ts$/, may: /^codemods\//, mayAsTypes: /^src\/host\// },
  // What an installed package is asked for; `dist` is built from `src/jscodeshift`.
  { of: /^codemods\/.+\/index\.js$/, may: /^dist\/jscodeshift\.cjs$/ },
  { of: /^src\/jscodeshift\//, may: /^(?:codemods\/all\.ts$|src\/host\/|node:)/ },
  // They are loaded into the processes of runners.
  { of: /^src\/timing\/reporters\//, may: /^node:/, mayAsTypes: /^src\/timing\/profile\.ts$/ },
  { of: /^src\/timing\//, may: /^(?:src\/(?:analysis|knowledge)\/|node:|(?:valibot|write-file-atomic|@rgrove\/parse-xml)$)/ },
  // Its preload is loaded into the processes of runners.
  { of: /^src\/coverage\/preload\.ts$/, may: /^(?:node:|src\/coverage\/granularity\.ts$)/ },
  { of: /^src\/coverage\//, may: /^(?:node:|(?:valibot|write-file-atomic)$)/ },
  { of: /^src\/report-page\//, may: /^chart\.js$/ },
  { of: /^src\/cli\//, mayAsTypes: /^src\/report-page\/page-data\.ts$/, may: /^(?:codemods\/all\.ts$|src\/index\.ts$|src\/(?:coverage|host|knowledge|timing)\/|src\/analysis\/settings\.ts$|package\.json$|node:|(?:commander|diff|magicast(?:\/helpers)?|tinyglobby|valibot|write-file-atomic)$)/ },
  { of: /^src\/index\.ts$/, may: /^(?:rules\/|src\/host\/|package\.json$)/, mayAsTypes: /^eslint$/ },
];

/** Imports that cross a border, and files that stand behind none. */
function violations(files: Graph): string[] {
  return [...files].flatMap(([file, imports]) => {
    const border = BORDERS.find(({ of }) => of.test(file));
    if (!border) return [`${file} has no border: say in BORDERS and docs/ARCHITECTURE.md whom it may import`];
    return imports.filter((item) => !isAllowed(border, item)).map(({ target }) => `${file} imports ${target}`);
  });
}

function isAllowed({ of, may, mayAsTypes }: Border, { target, isTypeOnly }: Import): boolean {
  return of.test(target) || may.test(target) || (isTypeOnly && (mayAsTypes?.test(target) ?? false));
}

describe('who imports whom', () => {
  it('is as the borders say', () => {
    expect(graph.size).toBeGreaterThan(50);
    expect(violations(graph)).toEqual([]);
  });

  it.each([
    ['src/kernel/shape.ts', '../fixtures/tiers.ts'],
    ['src/knowledge/costs/tfjs.ts', 'node:fs'],
    ['src/analysis/sizes.ts', '../rewrites/edit.ts'],
    ['src/analysis/sizes.ts', 'oxc-parser'],
    ['src/analysis/sizes.ts', '@typescript-eslint/utils'],
    ['src/rewrites/edit.ts', '../host/define-rule.ts'],
    ['rules/no-production-dims.ts', '../src/analysis/facts.ts'],
    ['rules/no-production-dims.ts', '@typescript-eslint/utils'],
    ['src/fixtures/stubs.ts', 'eslint'],
  ])('does not allow %s to import %s', (file, specifier) => {
    for (const text of [`import { x } from '${specifier}';`, `import '${specifier}';`, `export * from '${specifier}';`, `await import('${specifier}');`]) {
      expect(violations(new Map([[file, readImports(file, text)]])), text).toHaveLength(1);
    }
  });

  it('allows a rule the types of facts, and no types of nodes', () => {
    const facts = "import type { SizeFact } from '../src/analysis/facts.ts';";
    const nodes = "import type { Node } from '../src/analysis/nodes.ts';";
    expect(violations(new Map([['rules/x.ts', readImports('rules/x.ts', facts)]]))).toEqual([]);
    expect(violations(new Map([['rules/x.ts', readImports('rules/x.ts', nodes)]]))).toHaveLength(1);
    expect(violations(new Map([['src/new/x.ts', []]]))).toHaveLength(1);
  });
});

describe('circles', () => {
  it('do not exist at run time', () => {
    expect(cyclesIn(graph, false)).toEqual([]);
  });

  it('do not exist among types either', () => {
    expect(cyclesIn(graph, true)).toEqual([]);
  });

  it('are found', () => {
    const value = (target: string): Import => ({ target, isTypeOnly: false });
    const circle: Graph = new Map([
      ['d', [value('a')]],
      ['a', [value('b'), value('node:fs')]],
      ['b', [value('c')]],
      ['c', [{ target: 'a', isTypeOnly: true }]],
    ]);
    expect(cyclesIn(circle, true)).toEqual([['a', 'b', 'c']]);
    expect(cyclesIn(circle, false)).toEqual([]);
  });
});

const ALL = ['src', 'rules', 'codemods', 'scripts', 'tests', 'bench'];
const MAX_LINES = 350;
/** Files above the ceiling. One that no longer is fails here. */
const LONG_FILES: readonly string[] = [];

describe('files', () => {
  const files = sourceFiles(ROOT, ALL);

  it('are named after the question they answer', () => {
    const named = (file: string) => file.split('/').some((part) => /^(?:utils?|misc|helpers?|common)(?:\.|$)/i.test(part));
    expect(['src/utils.ts', 'tests/helpers/a.ts', 'src/common.test.ts'].every(named)).toBe(true);
    expect(files.filter(named)).toEqual([]);
  });

  it(`have ${MAX_LINES} lines at most`, () => {
    const long = files.filter((file) => !isLongByNature(file) && readFileSync(path.join(ROOT, file), 'utf8').split('\n').length - 1 > MAX_LINES);
    expect(long).toEqual(LONG_FILES);
  });
});

/** Tables of cases, and bytes written by a build step. */
function isLongByNature(file: string): boolean {
  return file.endsWith('.test.ts') || file === 'src/kernel/wasm/bytes.ts';
}
