/** Work that functions and classes of the file next door do, whatever they are called and however a test comes to them. */
import { describe, expect, it } from 'vitest';
import { squiggleTester } from '../squiggle.ts';

const report = squiggleTester('no-unmocked-compile', { shows: 'reports' });
const inTest = (imports: string, body: string): string => `import { expect, it, vi } from 'vitest';\n${imports}\nit('works', async () => {\n  ${body}\n});`;

describe('a test whose function is imported', () => {
  const files = {
    'package.json': `{ "name": "mine", "devDependencies": { "ava": "4" } }`,
    'src/compiles-macro.ts': `import { spawnSync } from 'child_process';\nexport const compiles = (t, { name }) => { t.is(spawnSync('npx', ['tsc'], { cwd: name }).status, 0); };\nexport const reads = (t, { name }) => { t.truthy(name); };`,
  };
  const lint = (test: string): string => report(`import test from 'ava';\nimport { compiles, reads } from './compiles-macro';\n${test}`, { files, filename: 'src/node.test.ts' });

  it('pays for what that does', () => {
    expect(lint(`test(compiles, { name: 'node' });`)).toContain('test(…) runs a real build (tsc) in a fast test');
    expect(lint(`test('node', compiles, { name: 'node' });`)).toContain('test(…) runs a real build (tsc) in a fast test');
    expect(lint(`test.serial('node', compiles, { name: 'node' });`)).toContain('test.serial(…) runs a real build (tsc) in a fast test');
  });

  it.each([`test(reads, { name: 'node' });`, `test.skip(compiles, { name: 'node' });`, `test('node @slow', compiles, { name: 'node' });`, `keep(compiles, { name: 'node' });`, `test('kept', (t) => { t.is(typeof compiles, 'function'); });`])('is silent for %s', (test) => {
    expect(lint(test)).toBe('silent');
  });
});

describe('a class next door', () => {
  const files = {
    'package.json': `{ "name": "mine", "dependencies": { "typescript": "5", "puppeteer": "23" } }`,
    'src/metadata.ts': `import { createProgram } from 'typescript';\nexport class MetadataGenerator {\n  constructor(entry: string) { this.program = createProgram([entry], {}); }\n}\nexport class Reader {\n  constructor(entry: string) { this.read = () => createProgram([entry], {}); }\n}\nexport class LazyGenerator {\n  constructor(private entry: string) {}\n  generate() { return createProgram([this.entry], {}); }\n}`,
  };
  const one = (body: string): string => report(inTest(`import { LazyGenerator, MetadataGenerator, Reader } from '../src/metadata';`, body), { files });

  it('does its work where it is made', () => {
    expect(one(`new MetadataGenerator('a.ts').names();`)).toContain('MetadataGenerator(…) compiles for real (createProgram) in a fast test');
    expect(one(`new LazyGenerator('a.ts');`)).toBe('silent');
    expect(one(`new Reader('a.ts');`)).toBe('silent');
  });
});

describe('a function whose name says nothing', () => {
  const library = (more: object): Record<string, string> => ({
    'package.json': JSON.stringify({ name: 'html-to-image', ...more }),
    'src/main.ts': `import { Cluster } from 'puppeteer-cluster';\nimport { pipeline } from '@huggingface/transformers';\nlet shared;\nexport async function nodeHtmlToImage(options) { const cluster = await Cluster.launch({}); return cluster.execute(options); }\nexport async function withShared(options) { shared ??= await Cluster.launch({}); return shared.execute(options); }\nexport async function classify(text) { const ask = await pipeline('fill-mask'); return ask(text); }`,
  });
  const one = (name: string, more: object = { dependencies: { 'puppeteer-cluster': '1' } }): string => report(inTest(`import { ${name} } from '../src/main';`, `await ${name}({ html: '' });`), { files: library(more) });

  it('launches a browser all the same', () => {
    expect(one('nodeHtmlToImage')).toContain('nodeHtmlToImage(…) launches a real process (launch) in a fast test');
  });

  it('is silent where it keeps it, and where only a model is loaded', () => {
    expect(one('withShared')).toBe('silent');
    expect(one('classify')).toBe('silent');
  });
});

describe('a helper that goes through bundlers', () => {
  it('builds with each', () => {
    const files = {
      'package.json': `{ "name": "mine", "devDependencies": { "webpack": "5" } }`,
      'test/helpers.ts': `import { BUNDLERS } from './list';\nexport const runBundlers = async (config) => { for (const bundler of BUNDLERS) await bundler.run(config); };\nexport const nameBundlers = () => BUNDLERS.map((bundler) => bundler.name);\nexport const runBundlersLater = () => BUNDLERS.length;`,
    };
    const one = (name: string): string => report(inTest(`import { ${name} } from './helpers';`, `await ${name}({});`), { files });
    expect(one('runBundlers')).toContain('runBundlers(…) runs a real build (run) in a fast test');
    expect(one('nameBundlers')).toBe('silent');
    expect(one('runBundlersLater')).toBe('silent');
  });
});

describe('a helper that has its work done', () => {
  const files = {
    'package.json': `{ "name": "mine", "devDependencies": { "webpack": "5", "typescript": "5" } }`,
    'support-helpers/index.ts': `export * from './runners';`,
    'support-helpers/runners.ts': `import { spawnSync } from 'child_process';\nfunction exec(cmd: string, ...args: string[]) { return spawnSync(cmd, args, { cwd: '.' }); }\nexport function execWebpack(...args: string[]) { return exec('npx', 'webpack', ...args); }\nexport function execNode(...args: string[]) { return exec('node', ...args); }\nexport const buildOnce = () => exec('npx', 'tsc');`,
    'test/compiler.js': `import { statsCompiler, getCompiler } from './stats-compiler';\nexport default async (fixture) => { const { stats } = await statsCompiler(fixture); return stats; };\nexport const prepared = async (fixture) => getCompiler(fixture);`,
    'test/stats-compiler.js': `import webpack from 'webpack';\nexport const getCompiler = (entry) => webpack({ entry });\nexport const statsCompiler = (entry) => new Promise((resolve) => { getCompiler(entry).run((error, stats) => resolve({ stats })); });`,
    'test/environment.ts': `import ts from 'typescript';\nexport function createEnvironment(options) {\n  const environment = { createProgram(files) { return ts.createProgram(files, options); }, names: (files) => files.join() };\n  return environment;\n}`,
    'test/shell.js': "import { $ } from 'execa';\nexport const compile = (dir) => $`npx tspc -p ${dir}`;\nexport const clean = (dir) => $`rm -r ${dir}`;",
  };
  const one = (imports: string, body: string): string => report(inTest(imports, body), { files });

  it.each([
    ['by a function of its own file', `import { execWebpack } from '../support-helpers';`, `expect(execWebpack().status).toBe(0);`, 'execWebpack(…) runs a real build (webpack)'],
    ['by one that takes no words', `import { buildOnce } from '../support-helpers';`, `buildOnce();`, 'buildOnce(…) runs a real build (tsc)'],
    ['by one that is called a compiler', `import compiler from './compiler';`, `await compiler('a.njk');`, 'compiler(…) runs a real build (statsCompiler)'],
    ['in what it gives', `import { getCompiler } from './stats-compiler';`, `const compiler = getCompiler('a.js'); compiler.run(() => {});`, 'compiler.run(…) runs a real build (run)'],
    ['in an object that it names first', `import { createEnvironment } from './environment';`, `const { createProgram } = createEnvironment({}); createProgram(['a.ts']);`, 'createProgram(…) compiles for real (createProgram)'],
    ['by a shell', `import { compile } from './shell';`, `await compile('a');`, 'compile(…) runs a real build (tspc)'],
  ])('%s', (_what, imports, body, expected) => {
    expect(one(imports, body)).toContain(expected);
  });

  it.each([
    ['given something else', `import { execNode } from '../support-helpers';`, `execNode('dist/app.js');`],
    ['only preparing', `import { prepared } from './compiler';`, `await prepared('a.njk');`],
    ['with what it gives', `import { getCompiler } from './stats-compiler';`, `const compiler = getCompiler('a.js'); compiler.close(() => {}); expect(compiler.hooks).toBeDefined();`],
    ['with another command', `import { clean } from './shell';`, `await clean('a');`],
  ])('is silent %s', (_what, imports, body) => {
    expect(one(imports, body)).toBe('silent');
  });
});

describe('a command that a helper starts', () => {
  const files = {
    'package.json': `{ "name": "mine", "devDependencies": { "typescript": "5" } }`,
    'test/run.js': `const execa = require('execa');\nexports.run = (args) => execa('tsc', args);`,
  };

  const one = (imports: string, body: string): string => report(inTest(`import { run } from './run.js';\n${imports}`, body), { files });

  it('builds, unless it is a fake or does not understand its words', () => {
    const expects = (args: string, code: number): string => `const { exitCode } = await run([${args}]);\n  expect(exitCode).toBe(${code});`;
    expect(one('', expects(`'-p', '.'`, 0))).toContain('run(…) runs a real build (tsc)');
    expect(one('', expects(`'--nothing'`, 2))).toBe('silent');
    expect(one(`vi.mock('execa');`, expects(`'-p', '.'`, 0))).toBe('silent');
  });
});

it('of two functions that a name may mean, the one whose cost is known counts', () => {
  const files = { 'package.json': `{ "name": "mine" }`, 'src/fast.ts': `export const make = async (options: object) => options;` };
  const both = (tools: string): string => report(`import { it } from 'vitest';\nimport { rollup } from 'rollup';\nimport { make } from '../src/fast';\nfor (const tool of ${tools}) {\n  it('works', async () => {\n    await tool({});\n  });\n}`, { files });
  expect(both('[make, rollup]')).toContain('tool(…) runs a real build');
  expect(both('[make]')).toBe('silent');
});

describe('a library that is asked for by more than its name', () => {
  const files = {
    'package.json': `{ "name": "mine", "devDependencies": { "webpack": "5" } }`,
    'src/make.js': `const { rollup } = require('rollup');\nexports.bundleAll = (options) => rollup(options);`,
  };
  const one = (asked: string, body: string): string => report(inTest(`const path = require('path');\nconst versions = { 5: 'webpack-5' };\n${asked}`, body), { files });

  it.each([
    ['in the folder of some version', `const webpack = require(path.join(__dirname, 'v5', 'node_modules', 'webpack'));`, `webpack({}, () => {});`],
    ['in a folder that is chosen', 'const webpack = require(`${base}/node_modules/webpack`);', `webpack({}, () => {});`],
    ['by a version', `const webpack = require(versions[5]);`, `webpack({}, () => {});`],
    ['where it is resolved', `const tool = require(require.resolve('webpack'));`, `tool({}, () => {});`],
    ['from the folder of the test', `const { bundleAll } = require(path.join(__dirname, '..', 'src', 'make.js'));`, `await bundleAll({});`],
    ['in a template', 'const { bundleAll } = require(`${__dirname}/../src/make.js`);', `await bundleAll({});`],
    ['as a sum', `const { bundleAll } = require(__dirname + '/../src/make.js');`, `await bundleAll({});`],
    ['by its address', `const { bundleAll } = await import(new URL('../src/make.js', import.meta.url));`, `await bundleAll({});`],
  ])('is known %s', (_where, asked, body) => {
    expect(one(asked, body)).toContain('runs a real build');
  });

  it.each([
    ['a variable of another name', `const tool = require(versions[5]);`, `tool({}, () => {});`],
    ['another folder', `const { bundleAll } = require(path.join(__dirname, '..', 'other', 'make.js'));`, `await bundleAll({});`],
    ['a fake', `const webpack = jest.fn();`, `webpack({}, () => {});`],
  ])('is not known by %s', (_what, asked, body) => {
    expect(one(asked, body)).toBe('silent');
  });
});

describe('a class of the test file', () => {
  const one = (kept: string, run: string, body: string): string => report(inTest(`import webpack from 'webpack';\nimport pify from 'pify';\nclass Compiler {\n  ${kept}\n  run() { ${run} }\n}`, body));

  it.each([
    ['in its constructor', `constructor(config) { this.compiler = webpack(config); }`, `return this.compiler.run();`],
    ['and calls it otherwise', `constructor(config) { this.compiler = webpack(config); this.compiler.run = pify(this.compiler.run.bind(this.compiler)); }`, `return this.compiler.run();`],
    ['in a field', `compiler = webpack({});`, `return this.compiler.run();`],
  ])('keeps a compiler %s', (_where, kept, run) => {
    expect(one(kept, run, `await new Compiler({}).run();`)).toContain('this.compiler.run(…) runs a real build');
  });

  it('is silent for what nobody runs, and for what is replaced', () => {
    expect(one(`constructor(config) { this.compiler = webpack(config); }`, `return this.compiler.run();`, `expect(new Compiler({}).compiler).toBeDefined();`)).toBe('silent');
    expect(one(`constructor(config) { this.compiler = webpack(config); this.compiler.run = async () => ({}); }`, `return this.compiler.run();`, `await new Compiler({}).run();`)).toBe('silent');
    expect(one(`constructor(config) { this.compiler = webpack(config); this.compiler.run = async () => { this.compiler.run = undefined; return {}; }; }`, `return this.compiler.run();`, `await new Compiler({}).run();`)).toBe('silent');
    expect(one(`constructor(given) { this.compiler = given.compiler || webpack({}); }`, `return this.compiler.run();`, `await new Compiler({ compiler: { run: async () => ({}) } }).run();`)).toBe('silent');
    expect(one(`constructor(config) { this.compiler = webpack(config); this.compiler = this.compiler || config; }`, `return this.other.run();`, `await new Compiler({}).run();`)).toBe('silent');
  });
});

describe('a package that brings a compiler', () => {
  const files = {
    'package.json': `{ "name": "mine", "dependencies": { "typescript": "5", "node-elm-compiler": "5" } }`,
    'src/emit.ts': `import ts from 'typescript';\nexport const emitFlat = (entry: string) => ts.createProgram([entry], {});\nexport const emitOne = (text: string) => ts.transpileModule(text, {});`,
    'src/loader.js': `const elm = require('node-elm-compiler');\nmodule.exports = function (source) { return compile(source); };\nfunction compile(source) { return elm.compile([source], {}); }`,
  };
  const one = (imports: string, body: string): string => report(inTest(imports, body), { files });

  it('makes a program by whatever name', () => {
    expect(one(`import { emitFlat } from '../src/emit';`, `emitFlat('a.ts');`)).toContain('emitFlat(…) compiles for real (createProgram)');
    expect(one(`import { emitOne } from '../src/emit';`, `emitOne('a.ts');`)).toBe('silent');
    expect(report(inTest(`import { emitFlat } from '../src/emit';`, `emitFlat('a.ts');`), { files: { ...files, 'package.json': `{ "name": "mine", "devDependencies": { "typescript": "5" } }` } })).toBe('silent');
  });

  it('is called with a context', () => {
    expect(one(`const loader = require('../src/loader');`, `loader.call({ async: () => {} }, 'a.elm');`)).toContain('loader.call(…) compiles for real (compile)');
    expect(one(`const loader = require('../src/loader');`, `const bound = loader.bind({}); expect(bound).toBeDefined();`)).toBe('silent');
  });
});

describe('a helper that builds once', () => {
  const one = (helper: string, body: string): string => report(inTest(`import { buildOnce, runCli } from './cli-helpers.js';`, body), {
    files: { 'package.json': `{ "name": "mine", "devDependencies": { "typescript": "5" } }`, 'test/cli-helpers.ts': `import { execSync, spawnSync } from 'child_process';\nlet dist: string | null = null;\nlet cli: string | null = null;\n${helper}\nexport function runCli(args: string[]) {\n  if (!cli) buildOnce();\n  return spawnSync('node', [cli!, ...args]);\n}` },
  });

  it('is paid for by nobody who comes later', () => {
    expect(one(`export function buildOnce() {\n  if (dist && cli) return { dist, cli };\n  dist = 'dist';\n  execSync('tsc -p . --outDir dist');\n  cli = 'dist/cli.js';\n}`, `runCli(['--json']);`)).toBe('silent');
    expect(one(`export function buildOnce() {\n  dist = 'dist';\n  execSync('tsc -p . --outDir dist');\n}`, `buildOnce();`)).toContain('buildOnce(…) runs a real build (tsc)');
  });
});

describe('a task of Hardhat', () => {
  const files = { 'package.json': `{ "name": "mine", "devDependencies": { "hardhat": "2" } }` };
  const one = (task: string): string => report(`import { TASK_CLEAN, TASK_COMPILE } from 'hardhat/builtin-tasks/task-names';\nimport hre from 'hardhat';\ndescribe('plugin', function () {\n  it('works', async function () {\n    await ${task};\n  });\n});`, { files });

  it('compiles, if that is what it is for', () => {
    expect(one(`this.hre.run('compile')`)).toContain('this.hre.run(…) runs a real build (hardhat compile)');
    expect(one(`this.env.run(TASK_COMPILE, { quiet: true })`)).toContain('this.env.run(…) runs a real build (hardhat compile)');
    expect(one(`hre.run('compile')`)).toContain('hre.run(…) runs a real build (hardhat compile)');
    expect(one(`this.env.run(TASK_CLEAN)`)).toBe('silent');
    expect(one(`this.hre.run('accounts')`)).toBe('silent');
    expect(one(`this.hre.run({ scope: 'zkit', task: TASK_CIRCUITS_COMPILE })`)).toContain('this.hre.run(…) runs a real build (hardhat compile)');
    expect(one(`this.hre.run({ scope: 'zkit', task: 'clean' })`)).toBe('silent');
  });

  const ofThree = (body: string, imports = ''): string => report(`import { it } from 'node:test';\nimport { getHre, Project } from './helpers.js';\n${imports}\nit('works', async () => {\n  const project = new Project(await getHre());\n  ${body}\n});`, {
    files: { ...files, 'test/helpers.ts': `export class Project {\n  constructor(private readonly hre) {}\n  async compile() { await this.hre.tasks.getTask(['build']).run({ quiet: true }); }\n  async list() { await this.hre.tasks.getTask('list').run(); }\n}\nexport const getHre = async () => globalThis.hre;` },
  });

  it('is asked for by name in Hardhat 3, wherever that is', () => {
    expect(ofThree(`const hre = await getHre();\n  await hre.tasks.getTask('build').run({ force: true });`)).toContain(`hre.tasks.getTask('build').run(…) runs a real build (hardhat compile)`);
    expect(ofThree(`await project.hre.tasks.getTask('compile').run();`)).toContain('runs a real build (hardhat compile)');
    expect(ofThree('await project.compile();')).toContain('project.compile(…) runs a real build (hardhat compile)');
    expect(ofThree(`const hre = await getHre();\n  await hre.tasks.getTask('clean').run();`)).toBe('silent');
    expect(ofThree('await project.list();')).toBe('silent');
    expect(ofThree(`project.load('${'word'.repeat(50_000)}');`)).toBe('silent');
    expect(ofThree(`const hre = await getHre([overrideTask('build').build()]);\n  await hre.tasks.getTask('build').run();`, `import { overrideTask } from 'hardhat/config';`)).toBe('silent');
  });
});

describe('what a call in the place of the function gives', () => {
  const maker = `function createTest(name) {\n  return function (done) {\n    webpack({ entry: name }, done);\n  };\n}`;

  it('is what the test runs', () => {
    expect(report(`import webpack from 'webpack';\ndescribe('builds', () => {\n  it('one', createTest('one'));\n  it('two', createTest('two'));\n});\n${maker}`)).toContain('webpack(…) runs a real build in 2 fast tests');
    expect(report(`import webpack from 'webpack';\ndescribe('builds', () => {\n  it.skip('one', createTest('one'));\n  it('kept', () => { keep(createTest('two')); });\n});\n${maker}`)).toBe('silent');
  });

  it('is what the hook runs', () => {
    const one = (hook: string): string => report(`import webpack from 'webpack';\ndescribe('builds', () => {\n  ${hook}\n  it('one', () => { look(); });\n});\n${maker}`);
    expect(one(`beforeEach(createTest('one'));`)).toContain('webpack(…) runs a real build in a fast test');
    expect(one(`before(createTest('one'));`)).toBe('silent');
  });

  it('is read where the helper lies next door', () => {
    const files = { 'test/build.ts': `import { rollup } from 'rollup';\nexport const withBundle = (input: string, check: (code: string) => void) => async () => {\n  const bundle = await rollup({ input });\n  check((await bundle.generate({})).output[0].code);\n};` };
    expect(report(`import { describe, it } from 'vitest';\nimport { withBundle } from './build';\ndescribe('bundles', () => {\n  it('one', withBundle('one', (code) => { code.trim(); }));\n});`, { files })).toContain('withBundle(…) runs a real build (rollup) in a fast test');
  });
});

it('a device of the browser that a helper asks for', () => {
  const files = { 'test/device.ts': `export const withDevice = (check: (device: object) => void) => async () => {\n  const adapter = await globalThis?.navigator?.gpu?.requestAdapter();\n  check(await adapter.requestDevice());\n};\nexport const withFake = (check: (device: object) => void) => async () => {\n  check({ navigator: 1 });\n};` };
  const one = (name: string): string => report(`import { it } from 'vitest';\nimport { ${name} } from './device';\nit('draws', ${name}((device) => { draw(device); }));`, { files });
  expect(one('withDevice')).toContain('withDevice(…) creates a real session (requestAdapter) in a fast test');
  expect(one('withFake')).toBe('silent');
});

describe('a macro of AVA', () => {
  it('is paid for by each test that is given it', () => {
    const one = (tests: string): string => report(`import test from 'ava';\nimport { rollup } from 'rollup';\nconst bundles = test.macro({\n  async exec(t, options) { t.truthy(await rollup(options)); },\n  title: (title) => title,\n});\n${tests}`);
    expect(one(`test('one', bundles, {});`)).toContain('rollup(…) runs a real build in a fast test');
    expect(one(`test('one', bundles, {});\ntest('two', bundles, {});`)).toContain('rollup(…) runs a real build in 2 fast tests');
    expect(one(`test.skip('one', bundles, {});`)).toBe('silent');
  });
});

describe('a method that a helper has made by another function', () => {
  it('runs the compiler that one was given', () => {
    const files = {
      'package.json': `{ "name": "mine", "devDependencies": { "webpack": "5" } }`,
      'test/utils.ts': `import { webpack, type Compiler } from 'webpack';\nconst makeCompiler = (options): Compiler => webpack(options);\nconst makeRun = (compiler: Compiler) => () => new Promise((resolve, reject) => { compiler.run((error, stats) => (error ? reject(error) : resolve(stats))); });\nexport function create(options, make = makeCompiler) {\n  const compiler = make(options);\n  return { compiler, run: makeRun(compiler), name: () => options.name };\n}`,
    };
    const one = (body: string): string => report(inTest(`import { create } from './utils';`, body), { files });
    expect(one('const { run } = create({}); await run();')).toContain('run(…) runs a real build (run) in a fast test');
    expect(one('const { name } = create({}); await name();')).toBe('silent');
  });
});

describe('a class that extends one of a library', () => {
  const one = (body: string, members = ''): string => report(inTest(`import { SmartContract } from 'o1js';\nclass Add extends SmartContract { ${members} }\nimport { Other } from './other';`, body));

  it('has its static methods, but for those of its own', () => {
    expect(one('await Add.compile();')).toContain('Add.compile(…) compiles for real in a fast test');
    expect(one('await Add.digest();')).toBe('silent');
    expect(one('await Add.compile();', 'static async compile() { return { verificationKey: fake }; }')).toBe('silent');
  });
});

it('a helper that is called like the compiler that it starts', () => {
  const files = { 'src/solc.js': `const { spawn } = require('child_process');\nmodule.exports = function solc(source, combined = ['abi']) {\n  const child = spawn('solc', [\`--combined-json=\${combined.join(',')}\`]);\n  child.stdin.end(source);\n  return new Promise((resolve) => child.on('close', resolve));\n};` };
  expect(report(`const solc = require('../src/solc');\ntest('default', async () => {\n  expect(await solc('contract A {}')).toMatchSnapshot();\n});`, { files })).toContain('solc(…) runs a real build (solc) in a fast test');
});

describe('a test that a function of the file next door declares', () => {
  it('is read where it ends in Test', () => {
    const files = { 'test/test-utils.ts': `import { test } from 'node:test';\nexport const pluginSnapshotTest = (name: string, getContent: () => Promise<string>) => {\n  test(name, { concurrency: 1 }, async () => { await getContent(); });\n};\nexport const loadTest = async (name: string, load: () => Promise<string>) => load();` };
    const one = (declares: string): string => report(`import { build } from 'vite';\nimport { loadTest, pluginSnapshotTest } from './test-utils';\n${declares}('vite', async () => {\n  await build({ root: 'playground' });\n  return 'css';\n});`, { files });
    expect(one('pluginSnapshotTest')).toContain('build(…) runs a real build in a fast test');
    expect(one('loadTest')).toBe('silent');
  });

  it('is one that ends by a callback in AVA', () => {
    const one = (declares: string): string => report(`import test from 'ava';\nimport webpack from 'webpack';\n${declares}('emits', t => {\n  webpack({}, () => { t.end(); });\n});`);
    expect(one('test.serial.cb')).toContain('webpack(…) runs a real build in a fast test');
    expect(one('test.cb.skip')).toBe('silent');
  });
});

describe('a project that a helper makes', () => {
  const files = {
    'package.json': `{ "name": "mine", "devDependencies": { "vite": "7" } }`,
    'test/helpers/project.ts': `import { build, createServer } from 'vite';\nexport async function createProject(options = {}) {\n  return { build: async () => { await build(options); }, outDir: 'dist' };\n}\nexport async function createServed(options = {}) {\n  const server = await createServer(options);\n  return { server, build: async () => { await build(options); } };\n}`,
  };
  const lines = (text: string): string[] => report(text, { files }).split('\n').filter((line) => /^\d/.test(line)).map((line) => line.replace(/^\d+ \|\s*/, ''));

  it('builds when it is told to', () => {
    expect(lines(`import { beforeEach, it } from 'vitest';\nimport { createProject } from './helpers/project';\nlet project;\nbeforeEach(async () => {\n  project = await createProject();\n});\nit('works', async () => {\n  await project.build();\n});`)).toEqual(['await project.build();']);
  });

  it('is what costs where it does the work itself', () => {
    expect(lines(inTest(`import { createServed } from './helpers/project';`, `const served = await createServed();`))).toEqual(['const served = await createServed();']);
  });
});

it('a check by flow, a language service', () => {
  expect(report(inTest(`import { spawnSync } from 'child_process';\nconst flow = require('flow-bin');`, `spawnSync(flow, ['check', 'a.js', '--json']);`))).toContain('spawnSync(…) runs a real build (flow-bin check)');
  const files = { 'package.json': `{ "name": "mine", "devDependencies": { "typescript": "5" } }`, 'src/language.ts': `import ts from 'typescript';\nexport const createLanguageServices = (host: ts.LanguageServiceHost) => ts.createLanguageService(host);` };
  expect(report(inTest(`import { createLanguageServices } from '../src/language';`, `createLanguageServices({});`), { files })).toContain('createLanguageServices(…) compiles for real (createLanguageService)');
});
