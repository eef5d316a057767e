// Loads a kernel module once, when it is first needed, and refuses one that is missing, forbidden or faulty: then JavaScript computes.

import { relaxedBytes, simd128Bytes } from './bytes.ts';
import { fromBase64, webAssembly, type WasmMemory } from './webassembly.ts';

export type WasmName = 'relaxed' | 'simd128';

/** Exports of assembly/index.ts; pointers and steps in bytes. */
interface KernelExports {
  readonly memory: WasmMemory;
  band(q: number, k: number, v: number, o: number, rows: number, keys: number, dim: number, rowStep: number, keyStep: number, low: number, high: number, factor: number, scratch: number, chunk: number): void;
  sparse(q: number, k: number, v: number, o: number, rows: number, dim: number, step: number, runs: number, count: number, bits: number, factor: number, scratch: number, chunk: number): void;
}

/** A loaded kernel. Its memory belongs to one call at a time; no foreign code runs during a call. */
export interface WasmKernel {
  readonly exports: KernelExports;
  /** All of the memory, valid until the next growth. */
  floats(): Float32Array;
  /** Makes room for `bytes`; false where the engine has no more. */
  reserve(bytes: number): boolean;
}

const PAGE = 65_536;
/** A memory cannot shrink: one larger than this is dropped after the call that needed it. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** What 32-bit pointers can address. */
const ADDRESSABLE_BYTES = 65_536 * PAGE;

function isKernel(exports: object): exports is KernelExports {
  if (!('memory' in exports && 'band' in exports && 'sparse' in exports)) return false;
  const { memory, band, sparse } = exports;
  return typeof memory === 'object' && memory !== null && 'buffer' in memory && memory.buffer instanceof ArrayBuffer
    && typeof band === 'function' && typeof sparse === 'function';
}

/** One query, two equal keys: the result is the mean of two values. Tells a stubbed or miscompiled module from a working one. */
function works(exports: KernelExports): boolean {
  const floats = new Float32Array(exports.memory.buffer);
  const at = 1024;
  floats.set([1, 2, 2, 3, 5, 0], at);
  const byte = at * 4;
  exports.band(byte, byte + 4, byte + 12, byte + 20, 1, 2, 1, 4, 4, -2, 2, 1, 0, 16);
  return floats[at + 5] === 4;
}

function instantiate(module: object): KernelExports | undefined {
  const engine = webAssembly();
  if (engine === undefined) return undefined;
  const { exports } = new engine.Instance(module);
  return isKernel(exports) && works(exports) ? exports : undefined;
}

function wrap(module: object, first: KernelExports): WasmKernel {
  let exports = first;
  let floats = new Float32Array(exports.memory.buffer);
  return {
    get exports() {
      return exports;
    },
    floats() {
      if (floats.length === 0) floats = new Float32Array(exports.memory.buffer);
      return floats;
    },
    reserve(bytes) {
      if (exports.memory.buffer.byteLength > KEPT_BYTES && bytes <= KEPT_BYTES) {
        const fresh = instantiate(module);
        if (fresh === undefined) return false;
        exports = fresh;
        floats = new Float32Array(exports.memory.buffer);
      }
      const missing = Math.ceil((bytes - exports.memory.buffer.byteLength) / PAGE);
      if (missing <= 0) return true;
      if (bytes > ADDRESSABLE_BYTES) return false;
      try {
        exports.memory.grow(missing);
      } catch {
        return false;
      }
      floats = new Float32Array(exports.memory.buffer);
      return true;
    },
  };
}

function load(base64: string): WasmKernel | undefined {
  const engine = webAssembly();
  try {
    const bytes = engine === undefined ? undefined : fromBase64(base64);
    if (engine === undefined || bytes === undefined) return undefined;
    const module = new engine.Module(bytes);
    const exports = instantiate(module);
    return exports === undefined ? undefined : wrap(module, exports);
  } catch {
    // No SIMD, no relaxed SIMD, a content policy, or a size limit on synchronous compiles: all mean the same here.
    return undefined;
  }
}

/** (module (func (param v128 v128 v128) (result v128) local.get 0 local.get 1 local.get 2 f32x4.relaxed_madd)): a cheap question. */
const RELAXED_PROBE = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0,
  10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11,
);

function isWorthLoading(name: WasmName): boolean {
  return name === 'simd128' || webAssembly()?.validate(RELAXED_PROBE) === true;
}

const loaded = new Map<WasmName, WasmKernel | undefined>();

/** The kernel of that name, compiled on first use; undefined, for good, where this engine cannot run it. */
export function loadWasm(name: WasmName): WasmKernel | undefined {
  if (loaded.has(name)) return loaded.get(name);
  const kernel = isWorthLoading(name) ? load(name === 'relaxed' ? relaxedBytes : simd128Bytes) : undefined;
  loaded.set(name, kernel);
  return kernel;
}
