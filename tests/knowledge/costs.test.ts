import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ArgumentRoles, CostKind, CostRow } from '../../src/knowledge/cost-row.ts';
import { allCostRows } from '../../src/knowledge/costs/all.ts';

const folder = new URL('../../src/knowledge/costs/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'all.ts');

// A record instead of a list, so that a new kind has to be put here.
const kinds: Readonly<Record<CostKind, true>> = {
  tensor: true, buffer: true, samples: true, layer: true, model: true, train: true,
  run: true, prove: true, compile: true, build: true, session: true,
  load: true, launch: true, deploy: true, cheap: true,
};

const name = String.raw`(?:\*|[A-Za-z_$][\w$]*)`;
/** `zeros`, `layers.dense`, `GPU().createKernel`, `*.from_pretrained`, `GenericContainer().*().start`. */
const exportPath = new RegExp(String.raw`^${name}(?:\(\))?(?:\.${name}(?:\(\))?)*$`);
/** `'0.units'`, `'0.inputShape.2'`, `'1...'`. */
const writtenPosition = /^\d+(?:(?:\.\w+)+|\.{3})$/;

const modulesOf = ({ module }: CostRow): readonly (string | undefined)[] => (typeof module === 'object' ? module : [module]);
const label = (row: CostRow): string => `${modulesOf(row)[0] ?? 'global'} ${row.export}`;

function positionsOf({ arguments: roles, cheapWhenInline }: CostRow): readonly (string | number)[] {
  const { dimensions = [], sequence = [], shape, samples, data, seed }: ArgumentRoles = roles ?? {};
  return [...dimensions, ...sequence, shape, samples, data, seed, cheapWhenInline].filter((position) => position !== undefined);
}

function rowOf(module: string | undefined, path: string): CostRow | undefined {
  return allCostRows.find((row) => row.export === path && modulesOf(row).includes(module));
}

/** The rows that break a rule, by name: a failing test then says which. */
const breaking = (isBroken: (row: CostRow) => boolean): readonly string[] => allCostRows.filter(isBroken).map(label);

describe('the folder', () => {
  it.each(files)('%s exports rows and all of them are built in', async (file) => {
    const exported: Readonly<Record<string, readonly CostRow[]>> = await import(new URL(file, folder).href);
    const tables = Object.values(exported);
    expect(tables).toHaveLength(1);
    for (const row of tables.flat()) expect(allCostRows).toContain(row);
  });

  it('keeps files short and free of code that reads anything', () => {
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      expect(text.split('\n').length, file).toBeLessThanOrEqual(200);
      expect(text.match(/^import .*$/gm), file).toEqual([expect.stringMatching(/^import type \{.*\} from '\.\.\/cost-row\.ts';$/)]);
    }
  });
});

describe('every row', () => {
  it('has a kind, a callee and modules that can be read', () => {
    expect(breaking((row) => !kinds[row.kind])).toEqual([]);
    expect(breaking((row) => !exportPath.test(row.export) || row.export.endsWith('()'))).toEqual([]);
    expect(breaking((row) => row.module !== undefined && (modulesOf(row).length === 0 || modulesOf(row).includes('')))).toEqual([]);
    expect(breaking((row) => modulesOf(row).some((module) => module?.startsWith('.')))).toEqual([]);
  });

  it('stands once for a module and a callee', () => {
    const keys = allCostRows.flatMap((row) => modulesOf(row).map((module) => `${module ?? 'global'} ${row.export}`));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('has argument positions that can be read', () => {
    const isPosition = (position: string | number): boolean =>
      typeof position === 'number' ? Number.isInteger(position) && position >= 0 : writtenPosition.test(position);
    expect(breaking((row) => !positionsOf(row).every(isPosition))).toEqual([]);
  });

  it('never takes a seed for a size', () => {
    expect(breaking(({ arguments: roles = {} }) => {
      const sizes = [...(roles.dimensions ?? []), ...(roles.sequence ?? []), roles.shape, roles.samples];
      return roles.seed !== undefined && sizes.includes(roles.seed);
    })).toEqual([]);
  });

  it('says where a size stands when its cost is a size', () => {
    expect(breaking(({ kind, arguments: roles = {} }) =>
      (kind === 'tensor' || kind === 'buffer') && (roles.shape ?? roles.dimensions ?? roles.data) === undefined)).toEqual([]);
    expect(breaking(({ kind, arguments: roles = {} }) => kind === 'samples' && roles.samples === undefined)).toEqual([]);
    expect(breaking(({ kind, arguments: roles = {} }) => (kind === 'layer' || kind === 'model') && !roles.dimensions?.length)).toEqual([]);
  });

  it('weighs only layers and models, and gives nothing but its name when it is cheap', () => {
    const isWeighed = ({ weights, times }: CostRow): boolean => (weights ?? times) !== undefined;
    expect(breaking((row) => isWeighed(row) && row.kind !== 'layer' && row.kind !== 'model')).toEqual([]);
    expect(breaking((row) => row.weights === 'square' && row.arguments?.dimensions?.length !== 1)).toEqual([]);
    const hasMore = (row: CostRow): boolean => (row.arguments ?? row.stub ?? row.milliseconds ?? row.cheapWhenInline) !== undefined;
    expect(breaking((row) => row.kind === 'cheap' && hasMore(row))).toEqual([]);
    expect(breaking((row) => row.milliseconds !== undefined && !(row.milliseconds > 0))).toEqual([]);
  });
});

describe('what a test really executes', () => {
  it.each<[string | undefined, string, CostKind]>([
    ['@tensorflow/tfjs', 'zeros', 'tensor'],
    ['@tensorflow/tfjs-core', 'randomNormal', 'tensor'],
    ['@tensorflow/tfjs-layers', 'layers.lstm', 'layer'],
    ['@tensorflow/tfjs-layers', 'sequential().fit', 'train'],
    ['@tensorflow/tfjs-converter', 'loadGraphModel', 'load'],
    ['@jax-js/jax', 'jit', 'compile'],
    ['@jax-js/jax', 'numpy.zeros', 'tensor'],
    ['numpy-ts', 'random.randn', 'tensor'],
    ['numjs', 'zeros', 'tensor'],
    ['ml-matrix', 'Matrix.rand', 'tensor'],
    ['js-pytorch', 'torch.nn.Block', 'layer'],
    ['webgpu-torch', 'nn.Linear', 'layer'],
    ['@frost-beta/mlx', 'nn.Embedding', 'layer'],
    ['@mlx-node/core', 'TransformerBlock', 'layer'],
    ['@mlx-node/trl', 'GRPOTrainer.create', 'load'],
    ['gpu.js', 'GPU().createKernel', 'compile'],
    ['brain.js', 'NeuralNetwork().train', 'train'],
    ['umap-js', 'UMAP().fit', 'train'],
    ['onnxruntime-node', 'InferenceSession.create', 'session'],
    ['onnxruntime-web', 'InferenceSession.create', 'session'],
    ['@huggingface/transformers', 'pipeline', 'load'],
    ['@xenova/transformers', '*.from_pretrained', 'load'],
    ['node-llama-cpp', 'getLlama().loadModel().createContext', 'session'],
    ['@mlc-ai/web-llm', 'CreateMLCEngine', 'load'],
    ['tesseract.js', 'createWorker', 'load'],
    ['rollup', 'rollup', 'build'],
    ['webpack', 'default', 'build'],
    ['@rspack/core', 'rspack', 'build'],
    ['vite', 'createServer', 'launch'],
    ['esbuild', 'build', 'build'],
    ['tsdown', 'build', 'build'],
    ['typescript', 'createProgram', 'compile'],
    ['assemblyscript/asc', 'main', 'compile'],
    ['solc', 'compile', 'compile'],
    ['hardhat', 'ethers.deployContract', 'deploy'],
    ['hardhat', 'network.connect().ethers.deployContract', 'deploy'],
    ['circom_tester', 'wasm', 'compile'],
    ['snarkjs', 'groth16.fullProve', 'prove'],
    ['typescript', 'createSolutionBuilderWithWatch', 'build'],
    ['@browserless/test', 'createBrowser', 'launch'],
    ['puppeteer', 'launch', 'launch'],
    ['@playwright/test', 'chromium.launch', 'launch'],
    ['selenium-webdriver', 'Builder().*().build', 'launch'],
    ['testcontainers', 'GenericContainer().*().start', 'launch'],
    ['mongodb-memory-server', 'MongoMemoryServer.create', 'launch'],
    ['snowpack', 'build', 'build'],
    ['browserify', 'default().*().*().bundle', 'build'],
    ['@rsbuild/core', 'createRsbuild().build', 'build'],
    ['@sxzz/test-utils', 'rolldownBuild', 'build'],
    ['@jest/core', 'runCLI', 'launch'],
    ['webdriverio', 'remote', 'launch'],
    ['pyodide', 'loadPyodide', 'load'],
    ['@ffmpeg/ffmpeg', 'FFmpeg.createFFmpeg().load', 'load'],
    ['@bytecodealliance/jco', 'transpile', 'compile'],
    ['circomlibjs', 'buildPoseidon', 'compile'],
    ['zokrates-js', 'initialize().withOptions().compile', 'compile'],
    ['@aztec/bb.js', 'UltraHonkBackend().generateProof', 'prove'],
    ['typescript-json-schema', 'getProgramFromFiles', 'compile'],
    ['js-tiktoken', 'getEncoding', 'load'],
    ['llama.rn', 'initLlama', 'load'],
    ['nsfwjs', 'load', 'load'],
    ['@mediapipe/tasks-vision', '*.createFromOptions', 'load'],
    ['miniflare', 'Miniflare', 'launch'],
    ['@testcontainers/*', '*().*().start', 'launch'],
    ['neataptic', 'Network().evolve', 'train'],
    ['numeric', 'random', 'tensor'],
    ['@stdlib/random-array-normal', 'default', 'samples'],
    [undefined, 'WebAssembly.compile', 'compile'],
    [undefined, 'navigator.gpu.requestAdapter().requestDevice', 'session'],
  ])('%s %s: %s', (module, path, kind) => {
    expect(rowOf(module, path)?.kind).toBe(kind);
  });
});

describe('what only looks expensive', () => {
  it.each([
    ['@tensorflow/tfjs-layers', 'sequential().compile'],
    ['ajv', 'default().compile'],
    ['mathjs', 'parse().compile'],
    ['handlebars', 'compile'],
    ['lodash', 'template'],
    ['@langchain/langgraph', 'StateGraph().*().*().compile'],
    ['esbuild', 'transform'],
    ['@babel/core', 'transformSync'],
    ['svelte/compiler', 'compile'],
    ['typescript', 'createSourceFile'],
    ['@nomicfoundation/hardhat-network-helpers', 'loadFixture'],
    ['hardhat', 'deployments.fixture'],
    ['shiki', 'createHighlighter'],
    ['sql.js', 'default'],
    ['quickjs-emscripten', 'getQuickJS'],
    ['@nestjs/testing', 'Test.createTestingModule().*().*().compile'],
    ['convnetjs', 'Trainer().train'],
    ['@mediapipe/tasks-vision', 'FilesetResolver.*'],
    ['@huggingface/transformers', 'AutoConfig.from_pretrained'],
  ])('%s %s', (module, path) => {
    expect(rowOf(module, path)?.kind).toBe('cheap');
  });
});

describe('where the size stands', () => {
  it.each<[string, string, ArgumentRoles]>([
    ['@tensorflow/tfjs', 'randomNormal', { shape: 0, seed: 4 }],
    ['@tensorflow/tfjs', 'randomUniformInt', { shape: 0, seed: 3 }],
    ['@tensorflow/tfjs', 'linspace', { shape: 2 }],
    ['@tensorflow/tfjs', 'tensor2d', { data: 0, shape: 1 }],
    ['@tensorflow/tfjs', 'layers.embedding', { dimensions: ['0.inputDim', '0.outputDim'] }],
    ['@jax-js/jax', 'random.normal', { seed: 0, shape: 1 }],
    ['@jax-js/jax', 'random.randint', { seed: 0, shape: '1.shape' }],
    ['numpy-ts', 'random.randint', { shape: 2 }],
    ['numpy-ts', 'random.rand', { dimensions: ['0...'] }],
    ['numpy-ts', 'geomspace', { shape: 2 }],
    ['@frost-beta/mlx', '*.random.uniform', { shape: 2, seed: 4 }],
    ['@mlx-node/core', 'MxArray.randint', { shape: 0 }],
    ['@mlx-node/core', 'TransformerBlock', { dimensions: [0, 3] }],
  ])('%s %s', (module, path, roles) => {
    expect(rowOf(module, path)?.arguments).toEqual(roles);
  });

  // Their number is a seed.
  it.each([
    ['@jax-js/jax', 'random.key'],
    ['numpy-ts', 'random.seed'],
    ['numpy-ts', 'random.default_rng'],
    ['@frost-beta/mlx', '*.random.seed'],
  ])('%s %s has no row', (module, path) => {
    expect(rowOf(module, path)).toBeUndefined();
  });
});
