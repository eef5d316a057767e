/** What is tried, as data: each cell is one machine of a stranger. Versions are exact, so that nothing changes without a change here. */

export type Node = '20' | '22' | '24';
export type Layout = 'npm' | 'npm, linked' | 'pnpm';
/** Which file configures the linter, and so in which language. */
export type Config = 'eslint.config.mjs' | 'eslint.config.cjs' | 'eslint.config.js' | 'eslint.config.ts' | '.eslintrc.cjs' | '.oxlintrc.json';

export interface LintCell {
  readonly linter: 'eslint' | 'oxlint';
  readonly node: Node;
  readonly layout: Layout;
  readonly config: Config;
  /** Packages beside the plugin, as they are given to the package manager. */
  readonly packages: readonly string[];
  /** How the table names what stands for TypeScript. */
  readonly typescript: string;
  /** The parser of TypeScript tests; without one only JavaScript is linted. oxlint brings its own. */
  readonly parser?: '@typescript-eslint/parser' | '@babel/eslint-parser' | 'oxlint';
  /** The program that checks the types of the package's entries. */
  readonly compiler?: string;
  /** What the parser, not the plugin, answers instead. */
  readonly refusal?: string;
  /** Part of what runs with every change. */
  readonly isQuick?: true;
}

export interface RunnerCell {
  readonly runner: string;
  readonly version: string;
  readonly node: Node;
  readonly packages: readonly string[];
  readonly isQuick?: true;
}

const ESLINTS = { 8: 'eslint@8.57.1', 9: 'eslint@9.39.5', 10: 'eslint@10.15.0' } as const;
/** What lints the suites of the runners. */
export const LINTER_OF_RUNNERS = ESLINTS[10];
const OXLINT = 'oxlint@1.94.0';
const PARSER = '@typescript-eslint/parser@8.73.0';
/** ESLint 8 brings no types. */
const TYPES_OF_8 = '@types/eslint@8.56.12';
const NODES: readonly Node[] = ['20', '22', '24'];
const plain = { linter: 'eslint', node: '22', layout: 'npm', config: 'eslint.config.mjs', typescript: 'none' } as const;

/** ESLint 8 knows no configuration in TypeScript. */
const TYPESCRIPT_CONFIGS = [ESLINTS[9], ESLINTS[10]];
const TYPESCRIPTS = { 5.9: 'typescript@5.9.3', '6.0': 'typescript@6.0.3' } as const;

export const lintCells: readonly LintCell[] = [
  ...Object.values(ESLINTS).flatMap((eslint) => NODES.map((node): LintCell => ({ ...plain, node, packages: [eslint], isQuick: true }))),
  ...Object.values(ESLINTS).flatMap((eslint) => (['eslint.config.cjs', 'eslint.config.js'] as const).map((config): LintCell => ({ ...plain, config, packages: [eslint] }))),
  ...[ESLINTS[8], ESLINTS[9]].map((eslint): LintCell => ({ ...plain, config: '.eslintrc.cjs', packages: [eslint], isQuick: true })),
  ...TYPESCRIPT_CONFIGS.flatMap((eslint) => NODES.map((node): LintCell => ({ ...plain, node, config: 'eslint.config.ts', packages: [eslint, 'jiti@2.7.0'] }))),
  ...Object.values(ESLINTS).flatMap((eslint) =>
    Object.entries(TYPESCRIPTS).map(([typescript, compiler]): LintCell => ({ ...plain, packages: [eslint, compiler, PARSER, ...(eslint === ESLINTS[8] ? [TYPES_OF_8] : [])], typescript, parser: '@typescript-eslint/parser', compiler: 'tsc' })),
  ),
  { ...plain, packages: [ESLINTS[10], 'typescript@7.0.2'], typescript: '7.0', compiler: 'tsc' },
  {
    ...plain,
    packages: [ESLINTS[10], 'typescript@7.0.2', PARSER, '--legacy-peer-deps'],
    typescript: '7.0',
    parser: '@typescript-eslint/parser',
    refusal: 'typescript-eslint does not support TS 7.0',
  },
  {
    ...plain,
    packages: [ESLINTS[10], 'typescript@npm:@typescript/typescript6@6.0.2', 'typescript-7@npm:typescript@7.0.2', PARSER],
    typescript: '7.0 as `typescript-7`, and `@typescript/typescript6` as `typescript`',
    parser: '@typescript-eslint/parser',
    compiler: 'typescript-7/bin/tsc',
  },
  { ...plain, packages: [ESLINTS[10], 'typescript@7.0.2', '@babel/core@8.1.2', '@babel/eslint-parser@8.1.2', '@babel/preset-typescript@8.0.7'], typescript: '7.0', parser: '@babel/eslint-parser' },
  { ...plain, packages: [ESLINTS[10], '@typescript/native-preview@7.0.0-dev.20260707.2'], typescript: '7.0 native preview', compiler: 'tsgo' },
  ...(['npm, linked', 'pnpm'] as const).map((layout): LintCell => ({
    ...plain,
    layout,
    packages: [ESLINTS[10], 'typescript@5.9.3', PARSER],
    typescript: '5.9',
    parser: '@typescript-eslint/parser',
    compiler: 'tsc',
  })),
  ...NODES.map((node): LintCell => ({ ...plain, linter: 'oxlint', node, config: '.oxlintrc.json', packages: [OXLINT], parser: 'oxlint', isQuick: true })),
  { ...plain, linter: 'oxlint', config: '.oxlintrc.json', packages: [OXLINT, 'typescript@7.0.2'], typescript: '7.0', parser: 'oxlint' },
  ...(['npm, linked', 'pnpm'] as const).map((layout): LintCell => ({ ...plain, linter: 'oxlint', layout, config: '.oxlintrc.json', packages: [OXLINT], parser: 'oxlint' })),
];

const runner = (name: string, version: string, nodes: readonly Node[], packages: readonly string[] = [`${name}@${version}`]): RunnerCell[] =>
  nodes.map((node) => ({ runner: name, version, node, packages }));

export const runnerCells: readonly RunnerCell[] = [
  ...runner('vitest', '1.6.1', ['20']),
  ...runner('vitest', '2.1.9', ['20']),
  ...runner('vitest', '3.2.7', ['20']),
  ...runner('vitest', '4.1.12', NODES),
  ...runner('vitest', '5.1.1', ['22', '24']),
  ...runner('jest', '29.7.0', ['20']),
  ...runner('jest', '30.5.2', NODES),
  ...runner('mocha', '10.8.2', ['20']),
  ...runner('mocha', '11.8.0', ['20']),
  ...runner('mocha', '12.0.3', NODES),
  ...runner('jasmine', '5.13.0', ['20']),
  ...runner('jasmine', '7.0.0', ['22', '24']),
  ...runner('node:test', '', NODES, []),
  ...runner('bun', '1.4.5', ['22'], ['bun@1.4.5', '@oven/bun-linux-x64@1.4.5']),
  ...runner('ava', '6.4.1', ['20']),
  ...runner('tape', '5.10.2', NODES),
  ...runner('qunit', '2.26.0', ['20']),
  ...runner('qunit', '3.0.0', ['22', '24']),
  ...runner('playwright', '1.65.1', NODES, ['@playwright/test@1.65.1']),
].map((cell) => (cell.runner === 'mocha' && cell.node === '22' ? { ...cell, isQuick: true } : cell));

/** The name of a cell: the same in the results, in messages and for `--only`. */
export function nameOf(cell: LintCell | RunnerCell): string {
  if ('runner' in cell) return [cell.runner, cell.version, `Node ${cell.node}`].filter(Boolean).join(', ');
  const { packages, node, layout, config, typescript, parser } = cell;
  return [(packages[0] ?? '').replace('@', ' '), `Node ${node}`, config, typescript === 'none' ? 'no TypeScript' : `TypeScript ${typescript}`, parser, layout].filter(Boolean).join(', ');
}
