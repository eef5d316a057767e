// Which implementation runs here: relaxed SIMD, else SIMD128, else JavaScript.

import type { Implementation } from './problem.ts';
import { show } from './shape.ts';
import { type WasmName, loadWasm, type WasmKernel } from './wasm/load.ts';

const FASTEST_FIRST: readonly WasmName[] = ['relaxed', 'simd128'];

/** The implementations that work in this engine, fastest first; `attention` uses the first one. Loads them. */
export function attentionImplementations(): readonly Implementation[] {
  return [...FASTEST_FIRST.filter((name) => loadWasm(name) !== undefined), 'javascript'];
}

/** The kernel to run, or undefined for JavaScript. Throws where an implementation is forced that is unknown or not to be had. */
export function chooseImplementation(caller: string, forced: Implementation | undefined): WasmKernel | undefined {
  if (forced === undefined) return loadWasm('relaxed') ?? loadWasm('simd128');
  if (forced === 'javascript') return undefined;
  const kernel = forced === 'relaxed' || forced === 'simd128' ? loadWasm(forced) : undefined;
  if (kernel !== undefined) return kernel;
  const available = attentionImplementations().map((name) => `'${name}'`).join(', ');
  throw new RangeError(`${caller}: implementation must be one of ${available} in this engine, got ${show(forced)}.`);
}
