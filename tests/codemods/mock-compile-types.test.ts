// What type-checks before does so after: rows of stubs, spies, shared results whose type follows the arguments.
import { expect, it } from 'vitest';
import mockCompile from '../../codemods/mock-compile/codemod.ts';
import { transformTester } from './transform.ts';
import { typeErrors } from './type-errors.ts';

/** Generic, overloaded and awaited, as the real libraries are. */
const LIBRARIES = `
declare module '@jax-js/jax' {
  export class Tensor { add(other: number): Tensor; js(): number[] }
  export function tensor(values: number[]): Tensor;
  export type Compiled<F> = F & { dispose(): void };
  export function jit<F extends (...given: any[]) => unknown>(f: F, options?: { staticArgnums: number[] }): Compiled<F>;
}
declare module 'onnxruntime-node' {
  export interface Tensor { readonly dims: readonly number[] }
  export interface InferenceSession { readonly inputNames: readonly string[]; run(feeds: object): Promise<Record<string, Tensor>> }
  export const InferenceSession: { create(path: string): Promise<InferenceSession>; create(bytes: ArrayBuffer, options?: object): Promise<InferenceSession> };
}
declare module 'esbuild' {
  export interface Options { entryPoints: string[]; write?: boolean }
  export interface Result<O extends Options> { outputFiles: O['write'] extends false ? { text: string }[] : undefined }
  export function build<O extends Options>(options: O & { [K in Exclude<keyof O, keyof Options>]: never }): Promise<Result<O>>;
  export function buildSync<O extends Options>(options: O): Result<O>;
}
declare module 'flash' {
  export function compile(pattern: 'causal' | 'full'): (query: Float32Array, key: Float32Array, value: Float32Array, shape: { batchSize: number; numHeads: number; seqLen: number; headDim: number }) => Float32Array;
}
declare module 'vitest' {
  type Body = () => unknown;
  interface Test { (title: string, body: Body): void; skipIf(condition: boolean): Test; each<T extends [unknown, ...unknown[]]>(rows: readonly T[]): (title: string, body: (...row: T) => unknown) => void }
  export const it: Test;
  export const describe: (title: string, body: Body) => void;
  export function expect(value: unknown): any;
  export const beforeAll: (body: Body) => void;
  export const beforeEach: (body: Body) => void;
  export const afterEach: (body: Body) => void;
  type Methods<T> = { [K in keyof T]: T[K] extends (...given: any[]) => any ? K : never }[keyof T];
  export const vi: { spyOn<T, K extends Methods<T>>(object: T, method: K): { mockImplementation(stub: T[K]): void }; restoreAllMocks(): void };
}
declare module 'eslint-plugin-slow-tests/fixtures' {
  export function identityCompile<Source>(source: Source): Source;
  export function createSession(declaration: { inputs?: readonly string[]; outputs: Record<string, { dims: readonly number[] }> }): { run(feeds?: object): Promise<Record<string, { data: Float32Array }>> };
  export function remember<Make extends (...given: never[]) => unknown>(make: Make): Make;
}
declare module 'eslint-plugin-slow-tests/kernel' {
  export function compileAttention(pattern?: 'causal' | 'full' | 'dilated', options?: { scale?: number }): (query: Float32Array, key: Float32Array, value: Float32Array, shape: object) => Float32Array;
}
`;

const SUITE = `import { build, buildSync } from 'esbuild';
import { compile } from 'flash';
import { jit, tensor, type Tensor } from '@jax-js/jax';
import { InferenceSession } from 'onnxruntime-node';
import { beforeEach, describe, expect, it } from 'vitest';

const values = Float32Array.of(1, 2, 3, 4);
const input = tensor([1, 2]);

it('adds one', () => {
  const add = jit((x: Tensor) => x.add(1));
  expect(add(input).js()).toEqual([2, 3]);
});

it('attends', () => {
  const attend = compile('causal');
  expect(attend(values, values, values, { batchSize: 1, numHeads: 1, seqLen: 2, headDim: 2 })[0]).toBe(1);
});

it('gives scores', async () => {
  const session = await InferenceSession.create('model.onnx');
  const { logits } = await session.run({ ids: null });
  expect(logits?.dims).toEqual([1, 8]);
});

it('has text', async () => {
  const result = await build({ entryPoints: ['a.ts'], write: false });
  expect(result.outputFiles[0]?.text.trim()).toBe('');
});

it('has one file', async () => {
  const { outputFiles } = await build({ entryPoints: ['a.ts'], write: false });
  expect(outputFiles.length).toBe(1);
});

function bundle(entry: string): string {
  return buildSync({ entryPoints: [entry], write: false }).outputFiles[0]?.text ?? '';
}

it('is short', () => {
  expect(bundle('a.ts').length).toBe(1);
});

it('has no comment', () => {
  expect(bundle('a.ts').includes('//')).toBe(false);
});

describe('each', () => {
  let session: InferenceSession;

  beforeEach(async () => {
    session = await InferenceSession.create('other.onnx');
  });

  it('has an input', () => {
    expect(session.inputNames).toEqual(['ids']);
  });

  it('has one input', () => {
    expect(session.inputNames.length).toBe(1);
  });
});
`;

it('rewritten tests type-check @slow', () => {
  expect(typeErrors(SUITE, LIBRARIES)).toEqual([]);
  const costs = [{ module: 'flash', export: 'compile', kind: 'compile', stub: 'attention' }];
  const { output, changed, left } = transformTester(mockCompile, { settings: { costs } })(SUITE);
  expect(left).toEqual([]);
  expect(changed.map((description) => description.split(' ').slice(0, 2).join(' ')).sort()).toEqual(['Make it', 'Remember bundle', 'Run a', 'Run a', 'Run a', 'Share one']);
  expect(typeErrors(output, LIBRARIES)).toEqual([]);
});
