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
  validate(bytes: Uint8Array): boolean;
}

declare const WebAssembly: WasmNamespace | undefined;
/** Base64 decoders by engine; the first is the standard's newest, the second Node's, the third everyone's and slowest on a cold start. */
interface Decoders {
  readonly Uint8Array: { readonly prototype?: unknown; readonly fromBase64?: (text: string) => Uint8Array };
  readonly Buffer?: { from(text: string, encoding: 'base64'): Uint8Array };
  readonly atob?: (text: string) => string;
}

/** The engine's WebAssembly, or undefined. */
export function webAssembly(): WasmNamespace | undefined {
  return typeof WebAssembly === 'object' ? WebAssembly : undefined;
}

/** Bytes of base64 text, or undefined where the engine cannot decode it. */
export function fromBase64(text: string, decoders: Decoders = globalThis): Uint8Array | undefined {
  if (typeof decoders.Uint8Array.fromBase64 === 'function') return decoders.Uint8Array.fromBase64(text);
  if (typeof decoders.Buffer?.from === 'function') return decoders.Buffer.from(text, 'base64');
  if (typeof decoders.atob !== 'function') return undefined;
  const binary = decoders.atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
