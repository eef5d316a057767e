import { describe, expect, it } from 'vitest';
import type { CaseOptions } from '../squiggle.ts';
import { lintText, squiggleTester, writeProject } from '../squiggle.ts';

const report = squiggleTester('no-unmocked-compile', { shows: 'reports' });
const inTest = (imports: string, body: string): string => `import { expect, it } from 'vitest';\n${imports}\nit('works', async () => {\n  ${body}\n});`;
const reports = (options: CaseOptions, ...texts: string[]): string => texts.map((text) => report(text, options)).join('\n');

describe('real and expensive', () => {
  it('bundlers and compilers', () => {
    expect(reports({}, ...([
      [`import { rollup } from 'rollup';`, `const bundle = await rollup({ input: 'a.js' });`],
      [`import webpack from 'webpack';`, `webpack({ entry: './a.js' }, (error, stats) => done(stats));`],
      [`import webpack from 'webpack';`, `const compiler = webpack({ entry: './a.js' }); compiler.run(done);`],
      [`import * as esbuild from 'esbuild';`, `await esbuild.build({ entryPoints: ['a.ts'] });`],
      [`import { build, createServer } from 'vite';`, `const server = await createServer({ root });`],
      [`import ts from 'typescript';`, `const program = ts.createProgram(['a.ts'], {});`],
      [`import solc from 'solc';`, `solc.compile(JSON.stringify(input));`],
      [`import { wasm as wasm_tester } from 'circom_tester';`, `const circuit = await wasm_tester('sum.circom');`],
      [`import * as snarkjs from 'snarkjs';`, `await snarkjs.groth16.fullProve(input, 'sum.wasm', 'sum.zkey');`],
    ] as const).map(([imports, body]) => inTest(imports, body)))).toMatchInlineSnapshot(`
      "4 |   const bundle = await rollup({ input: 'a.js' });
        |                        ~~~~~~~~~~~~~~~~~~~~~~~~~
      rollup(…) runs a real build in a fast test, about 50 ms each time; stub it, or share one in beforeAll.
      4 |   webpack({ entry: './a.js' }, (error, stats) => done(stats));
        |   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      webpack(…) runs a real build in a fast test, about 1000 ms each time; stub it, or share one in beforeAll.
      4 |   const compiler = webpack({ entry: './a.js' }); compiler.run(done);
        |                                                  ~~~~~~~~~~~~~~~~~~
      compiler.run(…) runs a real build in a fast test, about 1000 ms each time; stub it, or share one in beforeAll.
      4 |   await esbuild.build({ entryPoints: ['a.ts'] });
        |         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      esbuild.build(…) runs a real build in a fast test, about 50 ms each time; stub it, or share one in beforeAll.
      4 |   const server = await createServer({ root });
        |                        ~~~~~~~~~~~~~~~~~~~~~~
      createServer(…) launches a real process in a fast test; stub it, or share one in beforeAll.
      4 |   const program = ts.createProgram(['a.ts'], {});
        |                   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      ts.createProgram(…) compiles for real in a fast test, about 500 ms each time; stub it, or share one in beforeAll.
      4 |   solc.compile(JSON.stringify(input));
        |   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      solc.compile(…) compiles for real in a fast test; stub it, or share one in beforeAll.
      4 |   const circuit = await wasm_tester('sum.circom');
        |                         ~~~~~~~~~~~~~~~~~~~~~~~~~
      wasm_tester(…) compiles for real in a fast test; stub it, or share one in beforeAll.
      4 |   await snarkjs.groth16.fullProve(input, 'sum.wasm', 'sum.zkey');
        |         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      snarkjs.groth16.fullProve(…) makes a real proof in a fast test, about 1000 ms each time; stub it, or share one in beforeAll."
    `);
  });

  it('sessions, models, browsers, contracts', () => {
    expect(reports({}, ...([
      [`import { InferenceSession } from 'onnxruntime-node';`, `const session = await InferenceSession.create('model.onnx');`],
      [`import { pipeline } from '@huggingface/transformers';`, `const ask = await pipeline('fill-mask', 'tiny');`],
      [`import { AutoModel } from '@xenova/transformers';`, `await AutoModel.from_pretrained('tiny');`],
      [`import * as tf from '@tensorflow/tfjs';`, `await tf.loadGraphModel('https://example.org/model.json');`],
      [`import { createWorker } from 'tesseract.js';`, `const worker = await createWorker('eng');`],
      [`import { chromium } from 'playwright';`, `const browser = await chromium.launch();`],
      [`import puppeteer from 'puppeteer';`, `const browser = await puppeteer.launch({ headless: true });`],
      [`import { upgrades } from 'hardhat';`, `const token = await upgrades.deployProxy(Token, []);`],
      [`import { getLlama } from 'node-llama-cpp';`, `const llama = await getLlama(); const model = await llama.loadModel({ modelPath }); await model.createContext();`],
      [`import { readFile } from 'node:fs/promises';`, `await WebAssembly.compile(await readFile('kernel.wasm'));`],
    ] as const).map(([imports, body]) => inTest(imports, body)))).toMatchInlineSnapshot(`
      "4 |   const session = await InferenceSession.create('model.onnx');
        |                         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      InferenceSession.create(…) creates a real session in a fast test; stub it, or share one in beforeAll.
      4 |   const ask = await pipeline('fill-mask', 'tiny');
        |                     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      pipeline(…) loads a real model in a fast test; stub it, or share one in beforeAll.
      4 |   await AutoModel.from_pretrained('tiny');
        |         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      AutoModel.from_pretrained(…) loads a real model in a fast test; stub it, or share one in beforeAll.
      4 |   await tf.loadGraphModel('https://example.org/model.json');
        |         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      tf.loadGraphModel(…) loads a real model in a fast test; stub it, or share one in beforeAll.
      4 |   const worker = await createWorker('eng');
        |                        ~~~~~~~~~~~~~~~~~~~
      createWorker(…) loads a real model in a fast test; stub it, or share one in beforeAll.
      4 |   const browser = await chromium.launch();
        |                         ~~~~~~~~~~~~~~~~~
      chromium.launch(…) launches a real process in a fast test, about 500 ms each time; stub it, or share one in beforeAll.
      4 |   const browser = await puppeteer.launch({ headless: true });
        |                         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      puppeteer.launch(…) launches a real process in a fast test, about 500 ms each time; stub it, or share one in beforeAll.
      4 |   const token = await upgrades.deployProxy(Token, []);
        |                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      upgrades.deployProxy(…) deploys for real in a fast test; stub it, or share one in beforeAll.
      4 |   const llama = await getLlama(); const model = await llama.loadModel({ modelPath }); await model.createContext();
        |                       ~~~~~~~~~~
      getLlama(…) creates a real session in a fast test; stub it, or share one in beforeAll.
      4 |   const llama = await getLlama(); const model = await llama.loadModel({ modelPath }); await model.createContext();
        |                                                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      llama.loadModel(…) loads a real model in a fast test; stub it, or share one in beforeAll.
      4 |   const llama = await getLlama(); const model = await llama.loadModel({ modelPath }); await model.createContext();
        |                                                                                             ~~~~~~~~~~~~~~~~~~~~~
      model.createContext(…) creates a real session in a fast test; stub it, or share one in beforeAll.
      4 |   await WebAssembly.compile(await readFile('kernel.wasm'));
        |         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      WebAssembly.compile(…) compiles for real in a fast test; stub it, or share one in beforeAll."
    `);
  });

  it('what is made to give a promise', () => {
    expect(report(inTest(`import { promisify } from 'node:util';\nimport webpack from 'webpack';\nconst bundle = promisify(webpack);`, `await bundle({ entry: './a.js' });`))).toContain('bundle(…) runs a real build in a fast test');
  });

  it('a bundler that a helper is given', () => {
    const files = { 'package.json': `{ "name": "mine" }`, 'test/_util.js': `export const build = (webpack, entry) => run((done) => webpack({ entry }, done));\n` };
    expect(report(inTest(`import { build } from './_util';`, `for (const webpack of webpacks) await build(webpack, 'a');`), { files })).toContain('build(…) runs a real build');
  });

  it('a proof, but not in the tests of its prover', () => {
    const text = inTest(`import { groth16 } from 'snarkjs';`, `await groth16.prove('sum.zkey', witness);`);
    expect(report(text, { files: { 'package.json': `{ "name": "mine" }` } })).toContain('groth16.prove(…) makes a real proof');
    expect(report(text, { files: { 'package.json': `{ "name": "snarkjs" }` } })).toBe('silent');
  });

  it('a proof that a helper next door makes', () => {
    const files = { 'package.json': `{ "name": "mine" }`, 'test/helpers/prove.ts': `import { prove } from '@zk-kit/groth16';\nexport const makeProof = (witness: unknown) => prove(witness, 'sum.wasm', 'sum.zkey');` };
    expect(report(inTest(`import { makeProof } from './helpers/prove';`, `await makeProof(1);`), { files })).toContain('makes a real proof (prove)');
  });

  it('a proof that a library makes with the prover it takes, unless it refuses to', () => {
    const files = { 'package.json': `{ "name": "mine", "dependencies": { "snarkjs": "0.7" } }`, 'src/prover.ts': `import { groth16 } from 'snarkjs';\nexport class Prover {\n  async generateProof(depth: number) {\n    if (depth > 32) throw new Error('too deep');\n    return (await groth16.fullProve({ depth }, 'tree.wasm', 'tree.zkey')).proof;\n  }\n  describeProof() { return groth16.fullProve.name; }\n}` };
    const uses = (body: string): string => inTest(`import { Prover } from '../src/prover';\nconst prover = new Prover();`, body);
    expect(report(uses('const proof = await prover.generateProof(20);'), { files })).toContain('prover.generateProof(…) makes a real proof (fullProve)');
    expect(report(uses(`const prove = () => prover.generateProof(33);\n  await expect(prove).rejects.toThrow('too deep');`), { files })).toBe('silent');
    expect(report(uses('prover.describeProof();'), { files })).toBe('silent');
  });

  it('a default export, known by the name of its file', () => {
    const files = { 'package.json': `{ "name": "@picovoice/rhino-node" }`, 'src/rhino.ts': 'export default class Rhino {}\n' };
    expect(report(inTest(`import Rhino from '../src/rhino';`, `const engine = new Rhino('key', 'context');`), { files })).toContain('Rhino(…) loads a real model');
  });

  it('receivers from hooks', () => {
    expect(reports({}, ...[
      `import { beforeEach, it } from 'vitest';\nimport { GPU } from 'gpu.js';\nlet gpu: GPU;\nbeforeEach(() => { gpu = new GPU(); });\nit('doubles', () => {\n  const double = gpu.createKernel(function (x) { return x * 2; });\n});`,
      `const { GPU } = require('gpu.js');\ndescribe('sums', () => {\n  it('adds', () => {\n    new GPU({ mode: 'cpu' }).createKernel(function () { return 1; });\n  });\n});`,
      `import { beforeEach, it } from 'vitest';\nimport { rollup } from 'rollup';\nlet bundle;\nbeforeEach(async () => {\n  bundle = await rollup({ input: 'a.js' });\n});\nit('has chunks', () => { bundle.generate({}); });`,
    ])).toMatchInlineSnapshot(`
      "6 |   const double = gpu.createKernel(function (x) { return x * 2; });
        |                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      gpu.createKernel(…) compiles for real in a fast test; stub it, or share one in beforeAll.
      4 |     new GPU({ mode: 'cpu' }).createKernel(function () { return 1; });
        |     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      new GPU({ mode: 'cpu' }).createKernel(…) compiles for real in a fast test; stub it, or share one in beforeAll.
      5 |   bundle = await rollup({ input: 'a.js' });
        |                  ~~~~~~~~~~~~~~~~~~~~~~~~~
      rollup(…) runs a real build in a fast test, about 50 ms each time; stub it, or share one in beforeAll."
    `);
  });

  it('of an instance that a helper exports, though only the test names what it calls', () => {
    const files = { 'package.json': `{ "name": "mine" }`, 'test/helpers/device.ts': `import { GPU } from 'gpu.js';\nexport const gpu = new GPU();\nexport const cpu = { createKernel: () => () => 1 };` };
    expect(reports({ files }, inTest(`import { gpu } from './helpers/device';`, `gpu.createKernel(function () { return 1; });`))).toContain('gpu.createKernel(…) compiles for real (createKernel) in a fast test');
    expect(reports({ files }, inTest(`import { cpu } from './helpers/device';`, `cpu.createKernel();`))).toBe('silent');
  });

  it('through one helper, here or next door', () => {
    const files = {
      'package.json': `{ "name": "mine" }`,
      'test/bundle.ts': `import { rollup } from 'rollup';\nexport async function bundleOf(input: string) {\n  const bundle = await rollup({ input });\n  return bundle.generate({});\n}\nexport const deep = async () => bundleOf('x');\nexport const names = ['a'];`,
      'test/index.ts': `export * from './bundle';`,
      'test/compiler.js': `const webpack = require('webpack');\nmodule.exports = (entry) => webpack({ entry });`,
      'test/run.js': `module.exports = (compiler) => new Promise((resolve) => compiler.run((error, stats) => resolve(stats)));`,
      'src/kernel.ts': `export function compileKernel(pattern: string) { return new Function('q', 'return q;'); }\nexport function compileTitle(text: string) { return text.trim(); }`,
    };
    expect(reports({ files }, ...[
      inTest(`import { rollup } from 'rollup';\nconst bundleOf = async (input: string) => (await rollup({ input })).generate({});`, `await bundleOf('a.js');`),
      inTest(`import { bundleOf } from './bundle';`, `await bundleOf('a.js');`),
      inTest(`import { bundleOf } from './index.js';`, `await bundleOf('b.js');`),
      inTest(`import * as tools from './bundle';`, `await tools.bundleOf('c.js');`),
      inTest(`import { bundleOf } from 'test/bundle';`, `await bundleOf('d.js');`),
      `const compile = require('./run');\nconst makeCompiler = require('./compiler');\ntest('loads', async () => {\n  const stats = await compile(makeCompiler('a.js'));\n});`,
      inTest(`import { compileKernel } from '../src/kernel';`, `const kernel = compileKernel('causal');`),
    ])).toMatchInlineSnapshot(`
      "3 | const bundleOf = async (input: string) => (await rollup({ input })).generate({});
        |                                                  ~~~~~~~~~~~~~~~~~
      rollup(…) runs a real build in a fast test, about 50 ms each time; stub it, or share one in beforeAll.
      4 |   await bundleOf('a.js');
        |         ~~~~~~~~~~~~~~~~
      bundleOf(…) runs a real build (rollup) in a fast test, about 50 ms each time; stub it, or share one in beforeAll.
      4 |   await bundleOf('b.js');
        |         ~~~~~~~~~~~~~~~~
      bundleOf(…) runs a real build (rollup) in a fast test, about 50 ms each time; stub it, or share one in beforeAll.
      4 |   await tools.bundleOf('c.js');
        |         ~~~~~~~~~~~~~~~~~~~~~~
      tools.bundleOf(…) runs a real build (rollup) in a fast test, about 50 ms each time; stub it, or share one in beforeAll.
      4 |   await bundleOf('d.js');
        |         ~~~~~~~~~~~~~~~~
      bundleOf(…) runs a real build (rollup) in a fast test, about 50 ms each time; stub it, or share one in beforeAll.
      4 |   const stats = await compile(makeCompiler('a.js'));
        |                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      compile(…) runs a real build (run) in a fast test; stub it, or share one in beforeAll.
      4 |   const kernel = compileKernel('causal');
        |                  ~~~~~~~~~~~~~~~~~~~~~~~
      compileKernel(…) compiles for real (new Function) in a fast test; stub it, or share one in beforeAll."
    `);
  });

  it('through methods of the library that load something', () => {
    const files = {
      'src/index.ts': `export { Embedder } from './embedder.ts';\nexport { Cache } from './cache.ts';`,
      'src/embedder.ts': `import * as ort from 'onnxruntime-node';\nexport class Embedder {\n  static async init(): Promise<Embedder>;\n  static async init() {\n    return new Embedder(await ort.InferenceSession.create('model.onnx'));\n  }\n  async load() {\n    this.session = await ort.InferenceSession.create('model.onnx');\n  }\n  name() { return 'small'; }\n}`,
      'src/cache.ts': `import * as ort from 'onnxruntime-node';\nlet session;\nexport async function getSession() {\n  if (session) return session;\n  session = make();\n  return session;\n}\nfunction make() { return ort.InferenceSession.create('model.onnx'); }\nexport class Cache { size() { return 1; } }`,
    };
    expect(reports({ files }, ...[
      inTest(`import { Embedder } from '../src';`, `const embedder = await Embedder.init();`),
      inTest(`import { Embedder } from '../src';`, `const embedder = new Embedder();\n  await embedder.load();`),
      inTest(`import { Embedder } from '../src';`, `new Embedder().name();`),
      inTest(`import { getSession } from '../src/cache';`, `await getSession();`),
    ])).toMatchInlineSnapshot(`
      "4 |   const embedder = await Embedder.init();
        |                          ~~~~~~~~~~~~~~~
      Embedder.init(…) creates a real session (create) in a fast test; stub it, or share one in beforeAll.
      5 |   await embedder.load();
        |         ~~~~~~~~~~~~~~~
      embedder.load(…) creates a real session (create) in a fast test; stub it, or share one in beforeAll.
      silent
      silent"
    `);
  });

  it("through a helper that calls the library's own build", () => {
    const files = {
      'package.json': `{ "name": "rollup" }`,
      'src/index.ts': `export async function rollup() {}`,
      'test/utils.ts': `import { rollup } from '../src/index.ts';\nexport const testBuild = (input: string) => rollup({ input });\nexport const nameOf = (input: string) => input.trim();`,
    };
    expect(reports({ files }, ...[
      inTest(`import { testBuild } from './utils';`, `await testBuild('a.js');`),
      inTest(`import { nameOf } from './utils';`, `nameOf('a.js');`),
    ])).toMatchInlineSnapshot(`
      "4 |   await testBuild('a.js');
        |         ~~~~~~~~~~~~~~~~~
      testBuild(…) runs a real build (rollup) in a fast test, about 50 ms each time; stub it, or share one in beforeAll.
      silent"
    `);
  });

  it.each([
    [`import { execSync } from 'node:child_process';`, `execSync('npx tsc -p fixtures/app', { cwd });`, 'tsc'],
    [`import { execa } from 'execa';`, `await execa('vite', ['build'], { cwd });`, 'vite build'],
    [`import { execFile } from 'child_process';\nimport { promisify } from 'util';\nconst run = promisify(execFile);`, `await run(process.execPath, ['./node_modules/vite/bin/vite.js', 'build'], { cwd });`, 'vite.js build'],
    [`import * as cp from 'child_process';\nconst bin = require.resolve('webpack/bin/webpack.js');`, `cp.spawnSync('node', [bin, '--mode', 'production']);`, 'webpack.js'],
    [`import spawn from 'cross-spawn';`, `spawn.sync('cargo', ['build', '--release'], { cwd });`, 'cargo build'],
    [`import { exec } from 'node:child_process';`, `exec('node-gyp rebuild', { cwd }, done);`, 'node-gyp rebuild'],
    [`import { execSync } from 'child_process';\nconst cli = '../dist/cli.js';`, 'execSync(`node ${cli} build ${input}`);', 'cli.js build'],
    [`import { build } from './helpers/run';`, `await build('app');`, 'next build'],
    ['', `const process = Bun.spawn(['bun', 'x', 'tsc', '--noEmit'], { cwd });\n  await process.exited;`, 'tsc'],
    [`import { execSync } from 'node:child_process';\nimport { resolve } from 'node:path';`, `execSync([resolve(__dirname, '../node_modules/.bin/ts-node'), resolve(__dirname, '../cli'), 'test.md'].join(' '));`, 'ts-node'],
  ])('a command that builds: %s %s', (imports, body, command) => {
    const files = { 'test/helpers/run.ts': `import { execa } from 'execa';\nexport const build = (name: string) => execa('next', ['build', name]);` };
    expect(report(inTest(imports, body), { files })).toContain(`runs a real build (${command}) in a fast test`);
  });

  it.each([
    [`import { execFile } from 'node:child_process';\nimport { promisify } from 'node:util';\nconst run = promisify(execFile);`, `await run('node', ['../../node_modules/jest/bin/jest.js', '--config', config], { cwd });`, 'jest'],
    [`import { spawnSync } from 'node:child_process';`, `spawnSync('npx', ['vitest', 'run', 'fixtures/app']);`, 'vitest'],
    [`import { execa } from 'execa';`, `await execa('karma', ['start', 'karma.conf.js'], { cwd });`, 'karma start'],
    [`import { execSync } from 'node:child_process';`, `execSync('yarn playwright test --project=chromium', { cwd });`, 'playwright test'],
    [`import { spawnSync } from 'node:child_process';\nimport path from 'node:path';\nconst jest = process.platform === 'win32' ? 'jest.cmd' : 'jest';`, "spawnSync(path.join(root, `node_modules/.bin/${jest}`), ['--runInBand'], { cwd });", 'jest'],
  ])('a command that runs another suite: %s %s', (imports, body, command) => {
    expect(report(inTest(imports, body))).toMatch(new RegExp(`launches a real process \\(${command}(\\.js|\\.cmd)?\\) in a fast test`));
  });

  it.each([
    `execSync('npm uninstall jest', { cwd });`,
    `execSync('mytool init --framework vitest', { cwd });`,
    `execSync('npx jest --version', { cwd });`,
    `execSync('npx jest-codemods src', { cwd });`,
  ])('not a command that only names a runner: %s', (body) => {
    expect(report(inTest(`import { execSync } from 'node:child_process';`, body))).toBe('silent');
  });

  it.each([
    [`import { chromium, test } from '@playwright/test';`, 'test', 'chromium.launch()'],
    [`import * as playwright from '@playwright/test';`, 'playwright.test', 'playwright._electron.launch({ args })'],
  ])('a browser of the package that runs the tests: %s', (imports, test, call) => {
    expect(report(`${imports}\n${test}('starts', async () => {\n  const app = await ${call};\n  await app.close();\n});\n`)).toContain('launches a real process in a fast test');
  });

  it('through all that a helper calls in its own file', () => {
    const files = {
      'package.json': `{ "name": "mine", "devDependencies": { "rollup": "4" } }`,
      'test/helpers.js': `const { rollup } = require('rollup');\nconst make = (input) => rollup({ input });\nconst both = async (input) => [await make(input)];\nexports.compile = (input) => both(input);\nexports.compileTwice = async (input) => [await exports.compile(input), await exports.compile(input)];\nexports.nameOf = (input) => input.trim();`,
      'src/bundler.ts': `import { rollup } from 'rollup';\nexport class Bundler {\n  constructor(private options: object) {}\n  async run() { for (const options of [this.options]) await this.bundle(options); }\n  name() { return 'small'; }\n  private async bundle(options: object) { return rollup(options); }\n  load() { this.made ??= this.bundle({}); return this.made; }\n}`,
    };
    const compileTwice = `const { compileTwice } = require('./helpers');\ntest('equal', async () => {\n  await compileTwice('a.js');\n});`;
    const inBundler = (body: string): string => inTest(`import { Bundler } from '../src/bundler';`, body);
    expect(report(compileTwice, { files })).toContain('compileTwice(…) runs a real build (rollup) in a fast test');
    expect(report(inBundler(`await new Bundler({}).run();`), { files })).toContain('new Bundler({}).run(…) runs a real build (rollup) in a fast test');
    expect(report(inBundler(`const made = new Bundler({});\n  made.name();\n  await made.load();`), { files })).toBe('silent');
  });

  it('through a helper that hands on to what is called a build, in a file that builds', () => {
    const files = {
      'package.json': `{ "name": "mine", "devDependencies": { "webpack": "5" } }`,
      'test/helpers.ts': `import { compile, compileTitle, compileText } from './webpack';\nimport { build as buildCommand } from '../src/commands/build';\nexport const compareFiles = (name: string) => compile(name).then((stats) => expect(stats).toBe(name));\nexport const compareTitles = (name: string) => compileTitle(name);\nexport const compareTexts = (name: string) => compileText(name);\nexport const create = (folder: string) => buildCommand(folder);`,
      'test/webpack.ts': `import webpack from 'webpack';\nexport const compile = (entry: string) => new Promise((resolve) => webpack({ entry }).run(resolve));\nexport { compileTitle } from './title';\nexport const compileText = async (text: string) => text;`,
      'test/title.ts': `export const compileTitle = (text: string) => text.trim();`,
      'src/commands/build.js': `const runWebpack = require('../run-webpack');\nexports.build = async (folder) => { await runWebpack(folder); };`,
    };
    const uses = (name: string): string => inTest(`import { ${name} } from './helpers';`, `await ${name}('a');`);
    expect(report(uses('compareFiles'), { files })).toContain('compareFiles(…) runs a real build (compile) in a fast test');
    expect(report(uses('create'), { files })).toContain('create(…) runs a real build (build) in a fast test');
    expect(report(uses('compareTitles'), { files })).toBe('silent');
  });

  it('through what a helper for tests gives, not through what the library makes', () => {
    const maker = `import { rollup } from 'rollup';\nexport const createBuilder = (input: string) => {\n  const build = () => rollup({ input });\n  return { build, watch() { return rollup({ input }); } };\n};`;
    const files = { 'package.json': `{ "name": "mine", "devDependencies": { "rollup": "4" } }`, 'src/builder.ts': maker, 'test/helpers.ts': maker };
    expect(report(inTest(`import { createBuilder } from '../src/builder';`, `const builder = createBuilder('a');`), { files })).toBe('silent');
    expect(report(inTest(`import { createBuilder } from './helpers';`, `await createBuilder('a').build();`), { files })).toContain(`createBuilder('a').build(…) runs a real build (rollup)`);
    expect(report(inTest(`import { createBuilder } from './helpers';`, `const builder = createBuilder('a'); await pass(builder);`), { files })).toContain('createBuilder(…) runs a real build (rollup)');
  });

  it('through a helper next door that declares the tests', () => {
    const files = {
      'package.json': `{ "name": "mine", "devDependencies": { "mocha": "10", "webpack": "5" } }`,
      'test/util.js': `const webpack = require('webpack');\nconst run = (config) => webpack(config).run(() => {});\nexports.itCompiles = (name, config) => { it('compiles ' + name, () => run(config)); };\nexports.itReads = (name) => { let made; before(() => { made = run({ name }); }); it('reads ' + name, () => made); };\nconst deploy = () => run({});\nexports.itLoads = (name) => { it('loads ' + name, () => loadFixture(deploy)); };\nexports.itIsNamed = (name) => { it('is named ' + name, () => {}); };\nexports.spec = (name, body) => { const act = () => body(); if (name === '') xit(name, act); else it(name, act); };`,
    };
    const declared = `const { itCompiles, itIsNamed, itLoads, itReads } = require('./util');\ndescribe('all', () => {\n  itCompiles('a', {});\n  itIsNamed('b');\n  itReads('c');\n  itLoads('d');\n});`;
    expect(report(declared, { files, filename: 'test/a.js' })).toMatchInlineSnapshot(`
      "3 |   itCompiles('a', {});
        |   ~~~~~~~~~~~~~~~~~~~
      itCompiles(…) runs a real build (run) in a fast test, about 1000 ms each time; stub it, or share one in beforeAll."
    `);
    expect(report(`import { itCompiles } from './util';\nitCompiles('a', {});`, { files, filename: 'test/a.test.ts' })).toContain('itCompiles(…) runs a real build');
    expect(report(declared.replace(`'all'`, `'all @slow'`), { files, filename: 'test/a.js' })).toBe('silent');
    expect(report(`import { spec } from './util';\nimport { rollup } from 'rollup';\nspec('a', async () => { await rollup({}); });`, { files, filename: 'test/a.test.ts' })).toContain('rollup(…) runs a real build in a fast test');
  });

  it('through a function that a helper gives back', () => {
    const files = {
      'package.json': `{ "name": "mine", "devDependencies": { "webpack": "5" } }`,
      'test/utils/expect-output.js': `const webpack = require('webpack');\nmodule.exports = function (folder) {\n  return function expectOutput(config, done) {\n    webpack({ ...config, folder }, done);\n  };\n};`,
      'test/utils/make.js': `import webpack from 'webpack';\nexport const makeBuild = (options) => async (entry) => webpack({ ...options, entry }).run(() => {});\nexport const makeNames = (options) => (entry) => [options, entry].join();\nexport function createHarness() {\n  const build = (entry) => webpack({ entry }).run(() => {});\n  return { build, clean() {} };\n}`,
    };
    expect(report(`const expectOutput = require('./utils/expect-output')('out');\nit('works', (done) => {\n  expectOutput({}, done);\n});`, { files, filename: 'test/a.test.js' })).toContain('expectOutput(…) runs a real build (webpack)');
    const imports = `import { createHarness, makeBuild, makeNames } from './utils/make';`;
    expect(report(inTest(`${imports}\nconst build = makeBuild({});`, `await build('a.js');`), { files })).toContain('build(…) runs a real build (run)');
    expect(report(inTest(imports, `const { build } = createHarness(); await build('a.js');`), { files })).toContain('build(…) runs a real build (run)');
    expect(report(inTest(`${imports}\nconst names = makeNames({});`, `names('a.js');`), { files })).toBe('silent');
    expect(report(inTest(`${imports}\nconst harness = createHarness();`, `harness.clean();`), { files })).toBe('silent');
  });

  it.each([
    ['returned', `const makeBuild = (options) => async (entry) => rollup({ ...options, input: entry });\nconst build = makeBuild({});`, `await build('a.js');`],
    ['returned by its name', `function makeBuild() {\n  async function build(input) { return rollup({ input }); }\n  return build;\n}`, `await makeBuild()('a.js');`],
    ['returned in an object', `const setUp = () => ({ build: (input) => rollup({ input }) });`, `const { build } = setUp(); await build('a.js');`],
    ['kept in an object', `const tools = { build(input) { return rollup({ input }); } };`, `await tools.build('a.js');`],
    ['a method', `class Tools { async build(input) { return rollup({ input }); } }`, `const tools = new Tools(); await tools.build('a.js');`],
    ['a static method', `class Tools { static build(input) { return rollup({ input }); } }`, `await Tools.build('a.js');`],
    ['a constructor', `class Tools { constructor(input) { this.bundle = rollup({ input }); } }`, `const tools = new Tools('a.js');`],
  ])('through a function of the file that is %s', (_what, helper, body) => {
    const imports = `import { rollup } from 'rollup';\n${helper}`;
    expect(report(inTest(imports, body))).toContain('rollup(…) runs a real build in a fast test');
    expect(report(inTest(imports, `expect(1).toBe(1);`))).toBe('silent');
  });

  it('a method of a list of modules, bound and handed on', () => {
    const suite = (body: string): string => `const versions = [{ name: 'four', module: require('webpack') }, { name: 'five', module: require('webpack5') }];\nconst wrap = (run) => () => new Promise((resolve) => { run((error, stats) => resolve(stats)); });\nfor (const version of versions) {\n  const webpack = version.module;\n  it(\`builds with \${version.name}\`, async () => {\n    const compiler = webpack({ entry: './a.js' });\n    ${body}\n  });\n}`;
    const files = { 'package.json': `{ "name": "mine", "devDependencies": { "webpack": "4", "webpack5": "npm:webpack@5" } }` };
    expect(report(suite(`compiler.run(done);`).replace(`require('webpack')`, `require('other')`), { files })).toContain('compiler.run(…) runs a real build in a fast test');
    expect(report(suite(`const stats = await wrap(compiler.run.bind(compiler))();`))).toContain('compiler.run.bind(…) runs a real build in a fast test');
    expect(report(suite(`compiler.hooks.done.tap('a', compiler.close.bind(compiler));`))).toBe('silent');
  });

  it('not what is made only while it is lacking', () => {
    const page = (head: string): string => `import { chromium } from 'playwright';\nlet shared;\nexport async function getPage() {\n  ${head} {\n    const browser = await chromium.launch();\n    shared = await browser.newPage();\n  }\n  return shared;\n}`;
    const uses = (folder: string): string => inTest(`import { getPage } from './${folder}/page';`, `await getPage();`);
    const files = { 'test/always/page.ts': page('if (wanted)'), 'test/once/page.ts': page('if (!shared)') };
    expect(report(uses('always'), { files })).toContain('getPage(…) launches a real process (launch)');
    expect(report(uses('once'), { files })).toBe('silent');
  });

  it('not from a row that carries the marker', () => {
    const each = (rows: string): string => `import { rollup } from 'rollup';\ndescribe.each(${rows})('%s', (tier, bundle) => {\n  it('works', async () => { await bundle({}); });\n});`;
    expect(report(each(`[['stub', fake], ['real', rollup]]`))).toContain('bundle(…) runs a real build');
    expect(report(each(`[['stub', fake], ['real @slow', rollup]]`))).toBe('silent');
  });

  it.each([
    ['a helper next door', `import { run } from './helpers/run';`, `await run('tsc', ['-p', '.']);`, 'run(…) runs a real build (tsc)'],
    ['with the rest of the words', `import { cli } from './helpers/run';`, `cli('build', '--minify');`, 'cli(…) runs a real build (cli.js build)'],
    ['put together', `const run = require('./helpers/whole');`, `run('node-gyp', 'rebuild', '--debug');`, 'run(…) runs a real build (node-gyp rebuild)'],
    ['a helper of the file', `import { spawnSync } from 'node:child_process';\nfunction sh(command, args = []) { return spawnSync(command, args, { cwd: '.' }); }`, `sh('npx', ['webpack', '--mode', 'none']);`, 'spawnSync(…) runs a real build (webpack)'],
    ['one line', `import { execSync } from 'node:child_process';\nconst sh = (line) => execSync(line);`, `sh('pnpm run build');`, 'execSync(…) runs a real build (pnpm run build)'],
  ])('a command that %s is given', (_what, imports, body, expected) => {
    const files = {
      'test/helpers/run.ts': `import { execa } from 'execa';\nexport const run = async (command: string, args: string[]) => execa(command, args);\nexport const cli = (...args: string[]) => execa('node', ['dist/cli.js', ...args]);`,
      'test/helpers/whole.js': `const cp = require('child_process');\nmodule.exports = function run(program, command, args) {\n  let line = program + ' ' + command;\n  line += ' ' + args;\n  return cp.exec(line);\n};`,
    };
    expect(report(inTest(imports, body), { files })).toContain(expected);
    const harmless = body.replace(/\w*build|tsc|webpack/, 'echo');
    expect(report(inTest(imports, harmless), { files })).toBe('silent');
    expect(report(inTest(imports, 'expect(1).toBe(1);'), { files })).toBe('silent');
  });

  it('by the cost rows of whoever asks, whatever another package was told of the same helper', () => {
    const root = writeProject({ 'package.json': `{ "name": "mine" }`, 'test/helpers/press.ts': `import { press } from 'slow-press';\nexport const pressAll = () => press('a');` });
    const text = inTest(`import { pressAll } from './helpers/press';`, 'pressAll();');
    const withRow = { settings: { costs: [{ module: 'slow-press', export: 'press', kind: 'build' }] } };
    const rules = { 'slow-tests/no-unmocked-compile': 'error' } as const;
    expect(lintText(text, { rules }, root)).toEqual([]);
    expect(lintText(text, { rules, ...withRow }, root).map(({ message }) => message)).toEqual([expect.stringContaining('pressAll(…) runs a real build (press)')]);
    expect(lintText(text, { rules }, root)).toEqual([]);
  });

  it('a model that an object loads at its first call, once for each object', () => {
    const files = {
      'package.json': `{ "name": "mine", "dependencies": { "@tensorflow/tfjs-converter": "4" } }`,
      'src/guess.ts': `import { loadGraphModel } from '@tensorflow/tfjs-converter';\nexport class Guesser {\n  async #load() {\n    if (this.model) { return; }\n    this.model = await loadGraphModel('model.json');\n  }\n  async getGuess(text: string) { await this.#load(); return this.model.predict(text); }\n}`,
    };
    const imports = `import { beforeEach, describe, expect, it } from 'vitest';\nimport { Guesser } from '../src/guess';\n`;
    expect(report(`${imports}it('guesses', async () => {\n  const guesser = new Guesser();\n  await guesser.getGuess('text');\n});`, { files })).toContain('guesser.getGuess(…) loads a real model (loadGraphModel) in a fast test');
    expect(report(`${imports}let guesser: Guesser;\nbeforeEach(() => { guesser = new Guesser(); });\nit('guesses', async () => {\n  await guesser.getGuess('text');\n});`, { files })).toContain('guesser.getGuess(…) loads a real model (loadGraphModel) in a fast test');
    expect(report(`${imports}describe('guesser', () => {\n  const guesser = new Guesser();\n  it('guesses', async () => { await guesser.getGuess('text'); });\n  it('guesses again', async () => { await guesser.getGuess('more'); });\n});`, { files })).toBe('silent');
  });

  it('a command that one function of a helper gives to another', () => {
    const files = {
      'test/helpers/run.js': `const spawn = require('cross-spawn');\nfunction exec(command, ...args) { return spawn.sync(command, args, { cwd: '.' }); }\nexports.execWebpack = (...args) => exec('npx', 'webpack', ...args);\nexports.execNode = (...args) => exec('node', ...args);`,
    };
    const uses = (name: string): string => inTest(`const { ${name} } = require('./helpers/run');`, `${name}('--mode', 'none');`);
    expect(report(uses('execWebpack'), { files })).toContain('execWebpack(…) runs a real build (webpack)');
    expect(report(uses('execNode'), { files })).toBe('silent');
  });

  it('a script that a helper of that name starts', () => {
    const files = {
      'package.json': `{ "name": "mine" }`,
      'test/helpers/solc.js': `const { fork } = require('child_process');\nexports.compile = (version, sources) => fork(require.resolve('./worker'), [version, sources]);\nexports.ask = (question) => fork(require.resolve('./worker'), [question]);`,
      'src/emit.js': `const { fork } = require('child_process');\nexports.compile = (name) => exports.find(name) && fork(exports.find(name));\nexports.find = (name) => undefined;`,
    };
    expect(report(inTest(`const { compile } = require('./helpers/solc');`, `await compile('0.8.0', {});`), { files })).toContain('compile(…) runs a real build (fork) in a fast test');
    expect(report(inTest(`const { ask } = require('./helpers/solc');`, `await ask('name');`), { files })).toBe('silent');
    expect(report(inTest(`const { compile } = require('../src/emit');`, `compile('name');`), { files })).toBe('silent');
  });

  it('not a process that a mock keeps from starting', () => {
    const files = { 'package.json': `{ "name": "mine" }`, 'test/helpers/run.ts': `import { execSync } from 'node:child_process';\nexport const buildAll = () => execSync('tsc -p .');` };
    const imports = `import { buildAll } from './helpers/run';`;
    expect(report(inTest(imports, 'buildAll();'), { files })).toContain('buildAll(…) runs a real build (tsc)');
    expect(report(inTest(`${imports}\nvi.mock('node:child_process');`, 'buildAll();'), { files })).toBe('silent');
  });

  it('through a helper that hands on what another compiler gives', () => {
    const files = {
      'package.json': `{ "name": "mine", "devDependencies": { "webpack": "5" } }`,
      'test/compiler.js': `import { statsCompiler } from './stats-compiler';\nimport { makeCompiler } from './stats-compiler';\nexport default async (fixture) => (await statsCompiler(fixture)).toJson();\nexport const prepare = async () => await makeCompiler();`,
      'test/stats-compiler.js': `import webpack from 'webpack';\nexport function makeCompiler() { return webpack({}); }\nexport function statsCompiler(entry) {\n  const compiler = makeCompiler();\n  return new Promise((resolve) => compiler.run((_, stats) => resolve(stats)));\n}`,
    };
    expect(report(inTest(`import compiler from './compiler';`, `await compiler('a.js');`), { files })).toContain('compiler(…) runs a real build (statsCompiler)');
    expect(report(inTest(`import { prepare } from './compiler';`, `await prepare();`), { files })).toBe('silent');
  });

  it('through an object that a helper makes first and then returns', () => {
    const files = {
      'package.json': `{ "name": "mine" }`,
      'test/environment.ts': `import ts from 'typescript';\nexport function createEnvironment(options: object) {\n  const environment = {\n    createProgram(files: string[]) { return ts.createProgram(files, options); },\n    nameOf(file: string) { return file.trim(); },\n  };\n  return environment;\n}`,
    };
    const inEnvironment = (body: string): string => inTest(`import { createEnvironment } from './environment';\nconst { createProgram, nameOf } = createEnvironment({});`, body);
    expect(report(inEnvironment(`createProgram(['a.ts']);`), { files })).toContain('createProgram(…) compiles for real (createProgram)');
    expect(report(inEnvironment(`nameOf('a.ts');`), { files })).toBe('silent');
  });

  it('through a helper in another package of the workspace', () => {
    const files = {
      'package.json': `{ "name": "root", "workspaces": ["packages/*"] }`,
      'packages/core/package.json': `{ "name": "@mine/core", "devDependencies": { "@mine/test-utils": "workspace:*", "helpers": "workspace:*" } }`,
      'packages/tools/package.json': `{ "name": "@mine/test-utils" }`,
      'packages/tools/src/index.ts': `export * from './build';`,
      'packages/tools/src/build.ts': `import { rollup } from 'rollup';\nexport const rollupBuild = (input: string) => rollup({ input });\nexport const nameOf = (input: string) => input.trim();`,
      'packages/plain/package.json': `{ "name": "plain-tools" }`,
      'packages/plain/test/run.js': `import { rollup } from 'rollup';\nexport const runRollup = (input) => rollup({ input });`,
      'packages/helpers/package.json': `{ "name": "helpers" }`,
      'packages/helpers/test/run.js': `import { rollup } from 'rollup';\nexport const runRollup = (input) => rollup({ input });`,
    };
    const options = { files, filename: 'packages/core/test/a.test.ts' };
    expect(report(inTest(`import { rollupBuild } from '@mine/test-utils';`, `await rollupBuild('a.js');`), options)).toContain('rollupBuild(…) runs a real build (rollup) in a fast test');
    expect(report(inTest(`import { runRollup } from 'helpers/test/run.js';`, `await runRollup('a.js');`), options)).toContain('runRollup(…) runs a real build (rollup) in a fast test');
    expect(report(inTest(`import { runRollup } from 'plain-tools/test/run.js';`, `await runRollup('a.js');`), options)).toContain('runRollup(…) runs a real build (rollup) in a fast test');
    expect(report(inTest(`import { nameOf } from '@mine/test-utils';`, `nameOf('a.js');`), options)).toBe('silent');
    expect(report(inTest(`import { rollupBuild } from '@other/test-utils';`, `await rollupBuild('a.js');`), options)).toBe('silent');
  });

  it('not through data next door', () => {
    const files = { 'test/data.json': '{}' };
    const imports = `import { loadData } from './data.json';\nimport { loadPart } from './data.json/part';\nimport { buildAll } from './data.json/';`;
    expect(report(inTest(imports, 'loadData(); loadPart(); buildAll();'), { files })).toBe('silent');
  });

  it('counts the tests that pay', () => {
    expect(report(`import { it } from 'vitest';
import { rollup } from 'rollup';
const bundle = () => rollup({ input: 'a.js' });
it('has chunks', async () => { await bundle(); });
it('has names', async () => { await bundle(); });
it('has everything @slow', async () => { await bundle(); });`)).toMatchInlineSnapshot(`
  "3 | const bundle = () => rollup({ input: 'a.js' });
    |                      ~~~~~~~~~~~~~~~~~~~~~~~~~
  rollup(…) runs a real build in 2 fast tests, about 50 ms each time; stub it, or share one in beforeAll."
`);
  });
});

describe('silent', () => {
  it.each<readonly [what: string, imports: string, body: string]>([
    ['the optimizer of a tfjs model', `import * as tf from '@tensorflow/tfjs';`, `const model = tf.sequential(); model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });`],
    ['a schema', `import Ajv from 'ajv';`, `const validate = new Ajv().compile({ type: 'object' });`],
    ['a schema parser', `import Ajv from 'ajv/dist/jtd';`, `new Ajv().compileParser({ type: 'string' });`],
    ['an expression', `import { parse, compile } from 'mathjs';`, `parse('a + 1').compile().evaluate({ a: 1 }); compile('a').evaluate({ a: 1 });`],
    ['a template', `import Handlebars from 'handlebars';`, `Handlebars.compile('{{name}}')({ name: 'x' });`],
    ['a template of lodash', `import _ from 'lodash';`, `_.template('<%= name %>')({ name: 'x' });`],
    ['a regular expression', '', `new RegExp('a').compile('b');`],
    ['Object.create and friends', `import { vec4 } from 'gl-matrix';`, `Object.create(null); vec4.create();`],
    ['a validator', `import { z } from 'zod';`, `z.string().transform((text) => text.length).parse('x');`],
    ['a transform of one file', `import * as esbuild from 'esbuild';`, `await esbuild.transform('let a: number', { loader: 'ts' });`],
    ['the smaller part of a build', `import { bundle } from './fixtures';`, `await bundle.generate({ format: 'esm' });`],
    ['a source file', `import ts from 'typescript';`, `ts.createSourceFile('a.ts', 'let a', 99);`],
    ['a graph', `import { StateGraph } from '@langchain/langgraph';`, `new StateGraph({}).addNode('a', run).compile();`],
    ['a WebAssembly module written in place', '', `await WebAssembly.instantiate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));`],
    ['a WebAssembly module from a helper', `import { tinyModule } from './bytes';`, `new WebAssembly.Module(tinyModule());`],
    ['a model in memory', `import * as tf from '@tensorflow/tfjs';`, `await tf.loadLayersModel({ load: async () => artifacts });`],
    ['a model from a handler', `import * as tf from '@tensorflow/tfjs';`, `await tf.loadGraphModel(tf.io.fromMemory(artifacts));`],
    ['a model from nothing', `import * as tf from '@tensorflow/tfjs';`, `await tf.loadGraphModel(null);`],
    ['a model encoded on the spot', `import { ONNXModel } from '@jax-js/onnx';`, `const model = new ONNXModel(toBinary(Schema, graph));`],
    ['a session from bytes written in place', `import { InferenceSession } from 'onnxruntime-web';`, `await InferenceSession.create(Uint8Array.of(8, 7, 18, 0));`],
    ['a transaction of a few milliseconds', `import { ethers } from 'hardhat';`, `const token = await ethers.deployContract('Token'); await (await ethers.getContractFactory('Other')).deploy();`],
    ['a configuration', `import { AutoConfig } from '@huggingface/transformers';`, `await AutoConfig.from_pretrained('tiny');`],
    ['a compiler that is only made', `import webpack from 'webpack';`, `const compiler = webpack({ entry: './a.js' }); expect(compiler.hooks).toBeDefined();`],
    ['a build that must throw', `import { buildSync } from 'esbuild';`, `expect(() => buildSync({ entryPoints: ['missing.ts'] })).toThrow();`],
    ['training', `import * as tf from '@tensorflow/tfjs';`, `const model = tf.sequential(); await model.fit(xs, ys);`],
    ['a function called compile of unknown cost', `import { compile } from '../src/compile';`, `compile('a');`],
    ['a function called build of an unknown package', `import { build } from 'some-kit';`, `await build({});`],
    ['a model that cannot be loaded', `import * as tf from '@tensorflow/tfjs';`, `await expect(tf.loadGraphModel('https://example.com/none.json')).rejects.toThrow();`],
    ['remembered', `import { rollup } from 'rollup';\nlet bundle;`, `bundle ??= await rollup({ input: 'a.js' });`],
    ['remembered by hand', `import { rollup } from 'rollup';\nlet bundle;`, `if (!bundle) bundle = await rollup({ input: 'a.js' });`],
    ['a model of which only the failure counts', `import { Orca } from '@picovoice/orca-node';`, `try { new Orca('invalid'); } catch (error) { expect(error).toBeDefined(); }`],
    ['behind a slow variable', `import { rollup } from 'rollup';`, `if (process.env.SLOW) await rollup({ input: 'a.js' });`],
    ['a command that only talks', `import { execSync } from 'node:child_process';`, `execSync('tsc --version'); execSync('npx vite build --help');`],
    ['a command that builds nothing', `import { execa } from 'execa';`, `await execa('node', ['./cli.js', 'lint']); await execa('git', ['init', 'build']); await execa('vite', ['optimize']);`],
    ['a command that is named elsewhere', `import { execSync } from './fakes';`, `execSync('tsc -p .');`],
    ['a mocked command', `import { execSync } from 'node:child_process';\nvi.mock('node:child_process');`, `execSync('tsc -p .');`],
    ['mocked', `import { rollup } from 'rollup';\nvi.mock('rollup');`, `await rollup({ input: 'a.js' });`],
  ])('%s', (_what, imports, body) => {
    expect(report(inTest(imports, body))).toBe('silent');
  });

  it.each<readonly [what: string, text: string]>([
    ['once for the group', `beforeAll(async () => { await rollup({}); });\nit('works', () => {});`],
    ['once for the file', `const bundle = await rollup({});\nit('works', () => {});`],
    ['once for the group, on collection', `describe('all', () => {\n  const bundle = rollup({});\n  it('works', () => {});\n});`],
    ['afterwards', `afterAll(async () => { await rollup({}); });\nit('works', () => {});`],
    ['a marked test', `it('works @slow', async () => { await rollup({}); });`],
    ['each time, for marked tests only', `describe('all @slow', () => {\n  beforeEach(async () => { await rollup({}); });\n  it('works', () => {});\n});`],
    ['a skipped test', `it.skip('works', async () => { await rollup({}); });`],
    ['two helpers deep', `const deep = () => rollup({});\nconst help = () => deep();\nit('works', async () => { await help(); });`],
    ['a local function of the same name', `it('works', async () => {\n  const rollup = (options: object) => options;\n  rollup({});\n});`],
    ['a fake handed in', `it('works', async () => {\n  const tools = { rollup: async () => ({}) };\n  await tools.rollup({});\n});`],
  ])('%s', (_what, text) => {
    expect(report(`import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';\nimport { rollup } from 'rollup';\n${text}`)).toBe('silent');
  });

  it('when the compile itself is the subject', () => {
    const jit = (title: string): string => `import { it } from 'vitest';\nimport { jit } from '@jax-js/jax';\nit('${title}', () => {\n  jit((x) => x.add(1))(2);\n});`;
    expect(report(jit('jit keeps the shape'))).toBe('silent');
    expect(report(jit('adds one'), { filename: 'test/jit.test.ts' })).toBe('silent');
    expect(report(jit('adds one'))).toMatchInlineSnapshot(`
      "4 |   jit((x) => x.add(1))(2);
        |   ~~~~~~~~~~~~~~~~~~~~
      jit(…) compiles for real in a fast test; stub it, or share one in beforeAll."
    `);
  });
});

describe('the default export of the library under test', () => {
  const files = {
    'package.json': JSON.stringify({ name: 'microbundle' }),
    'src/index.js': 'export default async (options) => options;\n',
    'test/fixture.js': 'export default async (options) => options;\n',
  };

  it.each(['../src/index.js', '..', '../src', '../dist/microbundle'])('is the default of %s', (specifier) => {
    expect(report(inTest(`import bundle from '${specifier}';`, `await bundle({ cwd });`), { files })).toContain('bundle(…) runs a real build');
  });

  it('is not the default of another file', () => {
    expect(report(inTest(`import bundle from './fixture.js';`, `await bundle({ cwd: '.' });`), { files })).toBe('silent');
  });
});

describe('options', () => {
  const text = inTest(`import { compile } from '../src/compile';`, `const run = compile('causal');`);
  it('unknownCost reports what only its name says', () => {
    expect(report(text, { options: { unknownCost: true } })).toMatchInlineSnapshot(`
      "4 |   const run = compile('causal');
        |               ~~~~~~~~~~~~~~~~~
      compile(…) compiles for real in a fast test; stub it, or share one in beforeAll."
    `);
    expect(report(text, { options: { unknownCost: false } })).toBe('silent');
    expect(report(inTest(`import hre from 'hardhat';`, `await hre.viem.deployContract('Token');`), { options: { unknownCost: true } })).toContain('deploys for real in a fast test, about 3 ms each time');
  });

  it('refuses other options', () => {
    for (const options of [{ unknown: true }, { unknownCost: 'yes' }]) expect(() => report(text, { options })).toThrow(/no-unmocked-compile/);
  });
});
