// The module is loaded late and once, and every way in which it can fail ends in JavaScript with the same result.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { attention as loadedAttention } from '../../src/kernel/index.ts';
import { kernelBytesText } from '../../scripts/build-kernel.ts';
import { readFileSync } from 'node:fs';
import { fromBase64, webAssembly } from '../../src/kernel/wasm/webassembly.ts';
import { randomFrom, tensor } from './cases.ts';

const shape = { batchSize: 1, numHeads: 2, seqLen: 9, headDim: 6 };
const random = randomFrom(6);
const args = { query: tensor(random, 108), key: tensor(random, 108), value: tensor(random, 108), shape };
const inJavaScript = loadedAttention({ ...args, implementation: 'javascript' });

async function fresh(): Promise<typeof import('../../src/kernel/index.ts')> {
  vi.resetModules();
  return import('../../src/kernel/index.ts');
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const real = webAssembly()!;

/** A WebAssembly whose parts behave as the real ones, except those given. */
function stub(parts: object): void {
  const { Module, Instance, Memory } = real;
  vi.stubGlobal('WebAssembly', { Module, Instance, Memory, validate: real.validate, ...parts });
}

describe('falls back to JavaScript', () => {
  it.each<[string, () => void]>([
    ['without WebAssembly', () => vi.stubGlobal('WebAssembly', undefined)],
    ['when compiling is forbidden', () => stub({ Module: vi.fn(function forbidden() { throw new EvalError('forbidden by a content policy'); }) })],
    ['when an instance cannot be made', () => stub({ Instance: vi.fn(function starved() { throw new RangeError('out of memory'); }) })],
    ['when a test has stubbed the module with an empty one', () => stub({ Instance: vi.fn(function empty() { return { exports: {} }; }) })],
    ['when the module computes something else', () => stub({
      Instance: vi.fn(function faulty() {
        return { exports: { memory: { buffer: new ArrayBuffer(65_536), grow: () => 0 }, band: () => undefined, sparse: () => undefined } };
      }),
    })],
  ])('%s', async (_name, prepare) => {
    prepare();
    const { attention, attentionImplementations } = await fresh();
    expect(attention(args)).toEqual(inJavaScript);
    expect(attentionImplementations()).toEqual(['javascript']);
    expect(() => attention({ ...args, implementation: 'simd128' })).toThrow("attention: implementation must be one of 'javascript' in this engine, got \"simd128\".");
  });

  it('when memory cannot grow, and comes back for problems that fit', async () => {
    const { attention, attentionImplementations } = await fresh();
    const [fastest] = attentionImplementations();
    if (fastest === 'javascript') return;
    const memory = new real.Memory({ initial: 1 });
    const prototype: typeof memory = Object.getPrototypeOf(memory);
    const grow = vi.spyOn(prototype, 'grow').mockImplementation(() => { throw new RangeError('no more memory'); });
    const large = { query: tensor(random, 20_000), key: tensor(random, 20_000), value: tensor(random, 20_000), shape: { batchSize: 1, numHeads: 1, seqLen: 100, headDim: 200 } };
    expect(attention(large)).toEqual(attention({ ...large, implementation: 'javascript' }));
    expect(grow).toHaveBeenCalled();
    expect(attention(args)).toEqual(attention({ ...args, implementation: fastest }));
    grow.mockRestore();
    expect(attention(large)).not.toEqual(attention({ ...large, implementation: 'javascript' }));
  });
});

it('loads nothing on import or compileAttention, and once at the first call', async () => {
  const Module = vi.fn(function compiled(bytes: Uint8Array) { return new real.Module(bytes); });
  stub({ Module });
  const { attention, compileAttention } = await fresh();
  const compiled = compileAttention('causal');
  expect(Module).not.toHaveBeenCalled();
  compiled(args.query, args.key, args.value, shape);
  const calls = Module.mock.calls.length;
  expect(calls).toBeGreaterThan(0);
  attention(args);
  expect(Module.mock.calls.length).toBe(calls);
});

it('gives memory over 64 MiB back at the next small call, without compiling again', async () => {
  const small = loadedAttention(args);
  const Module = vi.fn(function compiled(bytes: Uint8Array) { return new real.Module(bytes); });
  const Instance = vi.fn(function instantiated(module: object) { return new real.Instance(module); });
  stub({ Module, Instance });
  const { attention, attentionImplementations } = await fresh();
  const implementation = attentionImplementations()[0];
  if (implementation === 'javascript') return;
  const instances = Instance.mock.calls.length;
  const modules = Module.mock.calls.length;
  const kvLen = 2 ** 18;
  const key = new Float32Array(kvLen * 40).fill(0.5);
  const large = attention({ query: key.subarray(0, 40), key, value: key, shape: { batchSize: 1, numHeads: 1, seqLen: 1, kvLen, headDim: 40 }, implementation });
  expect(large.every((x) => Math.abs(x - 0.5) < 1e-4)).toBe(true);
  expect(Instance.mock.calls.length).toBe(instances);
  expect(attention(args)).toEqual(small);
  expect(Instance.mock.calls.length).toBe(instances + 1);
  expect(Module.mock.calls.length).toBe(modules);
});

it('embeds under 20 kB, the exact bytes that the source gives @slow', async () => {
  expect(readFileSync(new URL('../../src/kernel/wasm/bytes.ts', import.meta.url), 'utf8')).toBe(await kernelBytesText());
}, 60_000);

it('decodes base64 by whatever the engine has', () => {
  const decoders = { Uint8Array: {}, atob };
  expect(fromBase64('AGFzbQE=', decoders)).toEqual(Uint8Array.of(0, 97, 115, 109, 1));
  expect([...fromBase64('AGFzbQE=', { ...decoders, Buffer })!]).toEqual([0, 97, 115, 109, 1]);
  expect(fromBase64('AGFz', { Uint8Array: { fromBase64: () => Uint8Array.of(3) } })).toEqual(Uint8Array.of(3));
  expect(fromBase64('AGFz', { Uint8Array: {} })).toBeUndefined();
});
