/** `WebAssembly`, a global of the platform. */
import type { CostRow } from '../cost-row.ts';

// Compiling grows with the bytes, and 7 kB took 0.15 ms: only modules that come from elsewhere can be large. That is also
// why no row has a figure.
export const webAssembly: readonly CostRow[] = [
  { export: 'WebAssembly.compile', kind: 'compile', cheapWhenInline: 0, stub: 'wasm-module' },
  { export: 'WebAssembly.compileStreaming', kind: 'compile', cheapWhenInline: 0, stub: 'wasm-module' },
  { export: 'WebAssembly.instantiate', kind: 'compile', cheapWhenInline: 0, stub: 'wasm-module' },
  { export: 'WebAssembly.instantiateStreaming', kind: 'compile', cheapWhenInline: 0, stub: 'wasm-module' },
  { export: 'WebAssembly.Module', kind: 'compile', cheapWhenInline: 0, stub: 'wasm-module' },
  // Takes a module that is compiled already.
  { export: 'WebAssembly.Instance', kind: 'cheap' },
  { export: 'WebAssembly.validate', kind: 'cheap' },
];
