/** Bundlers and whole-program builds. The first build of a process costs most: it loads the bundler. */
import type { CostRow } from '../cost-row.ts';

// Measured on plugin suites: 800-1,600 ms for the first build of a process, 35-60 ms for each later one.
const firstBuild = 1_000;
const laterBuild = 50;
/** The same functions, also as a WebAssembly build. */
const rollup = ['rollup', '@rollup/wasm-node', '@rollup/browser'];
const configured = ['webpack', '@rspack/core'];

export const bundlers: readonly CostRow[] = [
  { module: rollup, export: 'rollup', kind: 'build', milliseconds: laterBuild },
  { module: rollup, export: 'watch', kind: 'build', milliseconds: laterBuild },
  // `bundle.generate()` and `bundle.write()` are the smaller part of a build: no row.
  { module: 'rolldown', export: 'rolldown', kind: 'build', milliseconds: laterBuild },
  { module: 'rolldown', export: 'build', kind: 'build', milliseconds: laterBuild },
  { module: 'rolldown', export: 'watch', kind: 'build', milliseconds: laterBuild },

  // Without a callback this makes the compiler that a later `run` works with.
  { module: configured, export: 'default', kind: 'build', needsCallback: true, milliseconds: firstBuild },
  { module: configured, export: 'default().run', kind: 'build', milliseconds: firstBuild },
  { module: configured, export: 'default().watch', kind: 'build', milliseconds: firstBuild },
  ...['webpack', 'rspack'].flatMap((name): CostRow[] => [
    { module: configured, export: name, kind: 'build', needsCallback: true, milliseconds: firstBuild },
    { module: configured, export: `${name}().run`, kind: 'build', milliseconds: firstBuild },
    { module: configured, export: `${name}().watch`, kind: 'build', milliseconds: firstBuild },
  ]),

  { module: ['vite', 'rolldown-vite'], export: 'build', kind: 'build', milliseconds: firstBuild },
  { module: ['vite', 'rolldown-vite'], export: 'createBuilder', kind: 'build' },
  { module: ['vite', 'rolldown-vite'], export: 'createServer', kind: 'launch' },
  { module: ['vite', 'rolldown-vite'], export: 'optimizeDeps', kind: 'build' },
  { module: 'vite', export: 'transformWithEsbuild', kind: 'cheap' },
  { module: 'vite', export: 'transformWithOxc', kind: 'cheap' },

  { module: ['esbuild', 'esbuild-wasm'], export: 'build', kind: 'build', milliseconds: laterBuild, isGeneric: true },
  { module: ['esbuild', 'esbuild-wasm'], export: 'buildSync', kind: 'build', milliseconds: laterBuild, isGeneric: true },
  { module: ['esbuild', 'esbuild-wasm'], export: 'context', kind: 'build', milliseconds: laterBuild, isGeneric: true },
  // One file, no resolution: a millisecond once the service runs.
  { module: ['esbuild', 'esbuild-wasm'], export: 'transform', kind: 'cheap' },
  { module: ['esbuild', 'esbuild-wasm'], export: 'transformSync', kind: 'cheap' },
  // Compiles the service itself; everywhere else it is a no-op.
  { module: 'esbuild-wasm', export: 'initialize', kind: 'compile', milliseconds: 200 },
];
