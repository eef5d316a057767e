/** Compilers that run in JavaScript or start a process of their own. */
import type { CostRow } from '../cost-row.ts';

// The package itself: how its own tests reach `asc`.
const asc = ['assemblyscript/asc', 'assemblyscript/cli/asc', 'assemblyscript/dist/asc', 'assemblyscript/dist/asc.js', 'assemblyscript'];

export const wasmTools: readonly CostRow[] = [
  { module: asc, export: 'main', kind: 'compile' },
  { module: asc, export: 'compileString', kind: 'compile' },
  // Instantiates the tool itself, which is a WebAssembly module of about a megabyte.
  { module: 'wabt', export: 'default', kind: 'compile' },
  { module: 'wabt', export: 'default().parseWat', kind: 'cheap' },
  { module: 'wabt', export: 'default().readWasm', kind: 'cheap' },
  // No row for binaryen: what costs is importing it; its `parseText` and `readBinary` follow the size of their input.

  // A process each time.
  { module: 'node-elm-compiler', export: 'compile', kind: 'compile', milliseconds: 500 },
  { module: 'node-elm-compiler', export: 'compileSync', kind: 'compile', milliseconds: 500 },
  { module: 'node-elm-compiler', export: 'compileToString', kind: 'compile', milliseconds: 500 },
  { module: 'node-elm-compiler', export: 'compileToStringSync', kind: 'compile', milliseconds: 500 },
  { module: 'google-closure-compiler', export: 'compiler().run', kind: 'compile', milliseconds: 1_000 },
  ...['compile', 'compileString', 'compileAsync', 'compileStringAsync'].map((name): CostRow => (
    { module: 'sass-embedded', export: name, kind: 'compile', milliseconds: 100 })),
  // A process that serves many compilations.
  { module: 'sass-embedded', export: 'initCompiler().compile', kind: 'cheap' },
  { module: 'sass-embedded', export: 'initCompiler().compileString', kind: 'cheap' },
  { module: 'sass-embedded', export: 'initAsyncCompiler().compileAsync', kind: 'cheap' },
  { module: 'sass-embedded', export: 'initAsyncCompiler().compileStringAsync', kind: 'cheap' },
];
