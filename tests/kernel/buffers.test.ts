// Memory that is shared, detached, resizable, overlapping, of another realm, or large.
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { attention, type AttentionArguments, attentionImplementations } from '../../src/kernel/index.ts';
import { randomFrom, tensor } from './cases.ts';

const shape = { batchSize: 1, numHeads: 2, seqLen: 5, headDim: 4 };
const random = randomFrom(5);
const good: AttentionArguments = { query: tensor(random, 40), key: tensor(random, 40), value: tensor(random, 40), shape };

function shared(values: Float32Array): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

describe.each(attentionImplementations())('%s', (implementation) => {
  const expected = attention({ ...good, implementation });

  it('reads and writes shared memory', () => {
    const out = new Float32Array(new SharedArrayBuffer(160));
    const { query, key, value } = good;
    expect(attention({ query: shared(query), key: shared(key), value: shared(value), out, shape, implementation })).toBe(out);
    expect([...out]).toEqual([...expected]);
  });

  it('leaves inputs alone and takes views at any offset', () => {
    const memory = new Float32Array(43);
    const query = memory.subarray(3);
    query.set(good.query);
    expect(attention({ ...good, query, implementation })).toEqual(expected);
    expect([...query]).toEqual([...good.query]);
  });

  it('writes only its part of a larger buffer', () => {
    const memory = new Float32Array(60).fill(9);
    attention({ ...good, out: memory.subarray(10, 50), implementation });
    expect([...memory.subarray(10, 50)]).toEqual([...expected]);
    expect([...memory.subarray(0, 10), ...memory.subarray(50)].every((x) => x === 9)).toBe(true);
  });

  it('gives the same bits again', () => {
    expect(attention({ ...good, implementation })).toEqual(expected);
  });

  it('passes many heads through in stages', () => {
    const large = { batchSize: 3, numHeads: 8, kvHeads: 4, seqLen: 130, kvLen: 200, headDim: 32 };
    const query = tensor(random, 3 * 8 * 130 * 32);
    const key = tensor(random, 3 * 4 * 200 * 32);
    const value = tensor(random, 3 * 4 * 200 * 32);
    const all = attention({ query, key, value, shape: large, implementation });
    // The last head alone.
    const one = attention({
      query: query.slice(-130 * 32), key: key.slice(-200 * 32), value: value.slice(-200 * 32), implementation,
      shape: { batchSize: 1, numHeads: 1, seqLen: 130, kvLen: 200, headDim: 32 },
    });
    expect(all.slice(-130 * 32)).toEqual(one);
  });
});

it('refuses an out that shares memory with an input, and says which', () => {
  const memory = new Float32Array(120);
  const args = { query: memory.subarray(0, 40), key: memory.subarray(40, 80), value: memory.subarray(80), shape };
  expect(() => attention({ ...args, out: args.query })).toThrow(new RangeError('attention: out must share no memory with an input, got memory of query.'));
  expect(() => attention({ ...args, out: memory.subarray(79, 119) })).toThrow('got memory of key');
  expect(() => attention({ ...args, value: good.value, out: memory.subarray(79, 119) })).toThrow('got memory of key');
  expect(() => attention({ ...args, key: good.key, out: memory.subarray(80, 120) })).toThrow('got memory of value');
  expect(() => attention({ ...args, key: good.key, out: memory.subarray(40, 80) })).not.toThrow();
});

it('says that a buffer was detached', () => {
  const query = Float32Array.from(good.query);
  structuredClone(query.buffer, { transfer: [query.buffer] });
  expect(() => attention({ ...good, query })).toThrow(new RangeError('attention: query needs 40 elements for [B, H, S, D] = [1, 2, 5, 4], got 0 (empty, or its buffer was detached).'));
  const out = new Float32Array(40);
  structuredClone(out.buffer, { transfer: [out.buffer] });
  expect(() => attention({ ...good, out })).toThrow('attention: out needs 40 elements');
});

it('takes arrays of another realm', () => {
  const query: unknown = runInContext('new Float32Array(40)', createContext({}));
  const args: AttentionArguments = Object.assign({}, good, { query });
  expect(attention(args)).toEqual(attention({ ...good, query: new Float32Array(40) }));
});
