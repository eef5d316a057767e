/** Compilers to WebAssembly that run in JavaScript. */
import type { CostRow } from '../cost-row.ts';

const asc = ['assemblyscript/asc', 'assemblyscript/cli/asc'];

export const wasmTools: readonly CostRow[] = [
  { module: asc, export: 'main', kind: 'compile' },
  { module: asc, export: 'compileString', kind: 'compile' },
  // Instantiates the tool itself, which is a WebAssembly module of about a megabyte.
  { module: 'wabt', export: 'default', kind: 'compile' },
  { module: 'wabt', export: 'default().parseWat', kind: 'cheap' },
  { module: 'wabt', export: 'default().readWasm', kind: 'cheap' },
  // No row for binaryen: what costs is importing it; its `parseText` and `readBinary` follow the size of their input.
];
