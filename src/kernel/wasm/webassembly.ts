// The few parts of the WebAssembly interface that the kernel uses, all of them synchronous. The global is read each time: it may be missing,
// forbidden by a content policy, or replaced by a test.

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface WasmNamespace {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
  readonly Memory: new (limits: { initial: number }) => WasmMemory;
}

declare const WebAssembly: WasmNamespace | undefined;
declare const atob: ((text: string) => string) | undefined;

/** The engine's WebAssembly, or undefined. */
export function webAssembly(): WasmNamespace | undefined {
  return typeof WebAssembly === 'object' ? WebAssembly : undefined;
}

/** Bytes of base64 text, or undefined where the engine cannot decode it. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (typeof atob !== 'function') return undefined;
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
