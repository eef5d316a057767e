import { describe, expect, it, vi } from 'vitest';
import { createSession, createTensors, emptyWasmBytes, emptyWasmModule, emptyWasmSource, identityCompile, kernelCompile } from '../../src/fixtures/index.ts';
import { attention } from '../../src/kernel/index.ts';

it('identityCompile hands back what it got', () => {
  const double = (x: number): number => 2 * x;
  expect(identityCompile(double)).toBe(double);
});

it('kernelCompile computes the pattern', () => {
  const { query, key, value, shape } = createTensors('small');
  expect(kernelCompile('causal')(query, key, value, shape)).toEqual(attention({ query, key, value, shape, pattern: 'causal' }));
});

describe('the empty WebAssembly module', () => {
  it('is a real module', () => {
    expect(Object.prototype.toString.call(emptyWasmModule())).toBe('[object WebAssembly.Module]');
    const { module, instance } = emptyWasmSource();
    expect(Object.prototype.toString.call(module)).toBe('[object WebAssembly.Module]');
    expect(Object.prototype.toString.call(instance)).toBe('[object WebAssembly.Instance]');
    expect([...emptyWasmBytes()]).toEqual([0, 97, 115, 109, 1, 0, 0, 0]);
  });

  it('says so where there is no WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(() => emptyWasmModule()).toThrow('emptyWasmModule: this engine has no WebAssembly.');
    vi.unstubAllGlobals();
  });
});

describe('createSession', () => {
  const session = createSession({ inputs: ['ids'], outputs: { logits: { dims: [1, 4, 10] }, mask: { dims: [1, 4], type: 'int64' }, none: { dims: [0, 3] }, one: { dims: [], type: 'bool' } } });

  it('gives outputs of the declared names, types and shapes', async () => {
    expect([session.inputNames, session.outputNames]).toEqual([['ids'], ['logits', 'mask', 'none', 'one']]);
    const { logits, mask, none, one } = await session.run({ ids: null });
    expect([logits?.dims, logits?.type, logits?.data.length, logits?.size]).toEqual([[1, 4, 10], 'float32', 40, 40]);
    expect([mask?.dims, mask?.type, mask?.data]).toEqual([[1, 4], 'int64', new BigInt64Array(4)]);
    expect([none?.size, one?.size]).toEqual([0, 1]);
    expect(await logits?.getData()).toBe(logits?.data);
    logits?.dispose();
    await session.release();
  });

  it('gives the same values again in new arrays, and only what is fetched', async () => {
    const first = await session.run({}, ['logits']);
    const second = await session.run({}, { logits: null });
    expect(Object.keys(first)).toEqual(['logits']);
    expect(first['logits']?.data).toEqual(second['logits']?.data);
    expect(first['logits']?.data).not.toBe(second['logits']?.data);
    await expect(session.run({}, ['missing'])).rejects.toThrow('createSession: there is no output "missing", the session declares logits, mask, none, one.');
  });

  it('refuses dimensions and types that it cannot make', async () => {
    expect(() => createSession({ outputs: { y: { dims: [1, -1] } } })).toThrow(new RangeError('createSession: outputs.y.dims must be integers of at least 0, got [1, -1].'));
    // @ts-expect-error: no dimensions
    expect(() => createSession({ outputs: { y: {} } })).toThrow(new TypeError('createSession: outputs.y.dims must be an array of integers, got undefined.'));
    // @ts-expect-error: no outputs
    expect(() => createSession()).toThrow(new TypeError('createSession: outputs must be an object of { dims, type } by name, got undefined.'));
    // @ts-expect-error: no such type
    await expect(createSession({ outputs: { y: { dims: [1], type: 'string' } } }).run()).rejects.toThrow('outputs.y.type must be float32');
  });
});
