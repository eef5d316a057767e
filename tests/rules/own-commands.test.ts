/** Commands of a package that its own tests start: which of them build, and which launch a browser. */
import { describe, expect, it } from 'vitest';
import { squiggleTester } from '../squiggle.ts';

const report = squiggleTester('no-unmocked-compile', { shows: 'reports' });
const inTest = (imports: string, body: string): string => `import { expect, it } from 'vitest';\n${imports}\nit('works', async () => {\n  ${body}\n});`;

const manifest = (more: object): string => JSON.stringify({ name: '@mine/encore', bin: { encore: './bin/encore.js' }, peerDependencies: { webpack: '5' }, ...more });
const helper = [
  `const path = require('path');`,
  `const BIN = path.resolve(__dirname, '../../bin/encore.js');`,
  `const start = ({ execa, node }, cwd, args, options) => (options.node ? node : execa)(options.bin !== undefined ? options.bin : BIN, args || [], { cwd });`,
  `exports.run = async (cwd, args = [], options = {}) => start(await import('execa'), cwd, args, options);`,
  `exports.cli = { run: (options) => start(require('execa'), options.cwd, options.args, {}) };`,
].join('\n');
const files = { 'package.json': manifest({}), 'test/helpers/run.js': helper };

describe('a command of the package itself', () => {
  it.each([
    ['by its path', `import { execa } from 'execa';`, `await execa('node', ['../bin/encore.js', 'dev', '--json']);`, 'execa(…) runs a real build (encore dev)'],
    ['by a path that is put together', `import { exec } from 'node:child_process';\nimport path from 'node:path';\nconst bin = path.join(import.meta.dirname, '..', 'bin', 'encore.js');`, 'exec(`node ${bin} production --context=${cwd}`, done);', 'exec(…) runs a real build (encore production)'],
    ['by its name', `import { execSync } from 'child_process';`, `execSync('npx encore dev');`, 'execSync(…) runs a real build (encore dev)'],
    ['forked', `import { fork } from 'node:child_process';`, `fork(require.resolve('../bin/encore'), ['watch']);`, 'fork(…) runs a real build (encore watch)'],
    ['through a helper and what that calls', `import { run } from './helpers/run.js';`, `await run(__dirname, ['dev-server']);`, 'run(…) runs a real build (encore dev-server)'],
    ['through a method that takes an object', `import { cli } from './helpers/run.js';`, `await cli.run({ cwd: __dirname, args: ['dev'] });`, 'cli.run(…) runs a real build (encore dev)'],
  ])('%s', (_what, imports, body, expected) => {
    expect(report(inTest(imports, body), { files })).toContain(expected);
    // The same command of a package that needs no bundler, of one that only tests with it, and of another package.
    for (const more of [{ peerDependencies: {} }, { peerDependencies: {}, devDependencies: { webpack: '5' } }, { bin: { other: './lib/other.js' } }]) {
      expect(report(inTest(imports, body), { files: { ...files, 'package.json': manifest(more) } })).toBe('silent');
    }
  });

  it.each([
    ['that only talks', `await execa('node', ['../bin/encore.js', 'dev', '--help']);`],
    ['that does something else', `await execa('node', ['../bin/encore.js', 'lint']);`],
    ['whose words nobody knows', `await execa('node', ['../bin/encore.js', ...words()]);`],
    ['of another file', `await execa('node', ['./fixtures/encore.js', 'dev']);`],
    ['in another place', `await execa('git', ['add', 'encore', 'dev']);`],
  ])('is silent for one %s', (_what, body) => {
    expect(report(inTest(`import { execa } from 'execa';`, body), { files })).toBe('silent');
  });

  it('that is called like a bundler builds without a word, but not when it is asked for help', () => {
    const bundler = {
      'package.json': `{ "name": "root" }`,
      'packages/webpack-cli/package.json': `{ "name": "webpack-cli", "bin": "bin/encore.js" }`,
      'test/helpers/run.js': helper.replace('../../bin', '../../packages/webpack-cli/bin'),
    };
    const one = (body: string): string => report(inTest(`const { run } = require('./helpers/run.js');`, body), { files: bundler });
    expect(one(`await run(__dirname, []);`)).toContain('run(…) runs a real build (webpack-cli)');
    expect(one(`await run(__dirname, ['--mode', 'development']);`)).toContain('run(…) runs a real build (webpack-cli)');
    expect(one(`await run(__dirname, ['--help=verbose']);`)).toBe('silent');
    expect(one(`await run(__dirname, ['version']);`)).toBe('silent');
    expect(one(`await run(__dirname, ['configtest', './webpack.config.js']);`)).toBe('silent');
  });

  it('that drives a browser launches it for what it is given', () => {
    const driver = {
      'package.json': JSON.stringify({ name: '@mine/look', bin: { look: './dist/src/bin/cli.js' }, dependencies: { 'selenium-webdriver': '4' } }),
      'src/testutils/index.ts': `import execa from 'execa';\nimport path from 'path';\nconst NODE = require.resolve('ts-node/dist/bin.js');\nconst CLI = path.resolve(__dirname, '..', 'bin', 'cli.ts');\nconst runCLI = (...args: string[]) => runWith(args, {});\nexport default runCLI;\nexport const runWith = async (args: string[], options: object) => execa(NODE, [CLI, ...args], options);`,
    };
    const one = (body: string): string => report(inTest(`import runCLI from '../testutils/';`, body), { files: driver, filename: 'src/bin/cli.test.ts' });
    expect(one('await runCLI(`file://${PAGE}`, "--exit");')).toContain('runCLI(…) launches a real process (look) in a fast test');
    expect(one(`await runCLI('--version');`)).toBe('silent');
    expect(one(`await runCLI('upload', '--target=https://example.org');`)).toBe('silent');
    expect(one(`await runCLI();`)).toBe('silent');
  });

  it('lies where tests run, in the folder of package.json', () => {
    const one = (script: string): string => report(inTest(`import { execFile } from 'node:child_process';\nimport { promisify } from 'node:util';\nconst run = promisify(execFile);`, `await run(process.execPath, ['${script}', 'http://localhost:1/'], { cwd: root });`), {
      files: { 'package.json': JSON.stringify({ name: 'shoot', bin: { shoot: 'shoot-node.js' }, dependencies: { 'simple-cdp': '1' } }) },
    });
    expect(one('shoot-node.js')).toContain('run(…) launches a real process (shoot) in a fast test');
    expect(one('other.js')).toBe('silent');
  });
});

it('a compiler whose path a function of the file makes', () => {
  const one = (made: string): string => report(inTest(`import { execSync } from 'node:child_process';\nconst bin = (version: number) => ${made};`, 'execSync(`node ${bin(3)} -c rollup.config.js`);'));
  expect(one('`node_modules/rollupV${version}/dist/bin/rollup`')).toContain('execSync(…) runs a real build (rollup) in a fast test');
  expect(one('`node_modules/rollupV${version}/dist/bin/list`')).toBe('silent');
});

it('a compiler by its place in node_modules', () => {
  const one = (path: string): string => report(inTest(`import { execa } from 'execa';\nimport path from 'node:path';\nconst bin = path.resolve('${path}');`, 'await execa(bin, { cwd });'));
  expect(one('node_modules/webpack-cli/bin/cli.js')).toContain('execa(…) runs a real build (webpack-cli) in a fast test');
  expect(one('node_modules/list-cli/bin/cli.js')).toBe('silent');
  expect(one('fixtures/webpack/cli.js')).toBe('silent');
});

describe('a script of the tests', () => {
  const one = (script: string, body = `await execa('node', [RUNNER, '--plugin']);`): string =>
    report(inTest(`import path from 'node:path';\nimport { execa } from 'execa';\nconst RUNNER = path.resolve(__dirname, './helpers/runner.js');`, body), { files: { 'package.json': '{ "name": "mine" }', 'test/helpers/runner.js': script } });

  it('builds where it calls a bundler', () => {
    expect(one(`const webpack = require('webpack');\nwebpack(require('./config'), done);`)).toContain('execa(…) runs a real build (runner.js) in a fast test');
    expect(one(`const webpack = require('webpack');\nwebpack(require('./config'), done);`, 'await execa(RUNNER);')).toContain('execa(…) runs a real build (runner.js) in a fast test');
  });

  it('does not where it calls none, and where it is missing', () => {
    expect(one(`const webpack = require('webpack');\nconsole.log(webpack.version);`)).toBe('silent');
    expect(one(`console.log('started');`)).toBe('silent');
    expect(one(`require('webpack')(config, done);`, `await execa('node', ['./missing.js']);`)).toBe('silent');
  });
});

describe('a command of a compiler', () => {
  const compiler = (name: string, command: string, body: string, imports = `import { exec } from 'child_process';`): string =>
    report(inTest(imports, body), { files: { 'package.json': JSON.stringify({ name, bin: { [command]: './dist/cli.js' } }) } });

  it('compiles whatever it is given, whoever starts it', () => {
    expect(compiler('tsd', 'tsd', `await execa('../dist/cli.js', { cwd: 'fixtures/one' });`, `import { execa } from 'execa';`)).toContain('execa(…) runs a real build (tsd) in a fast test');
    expect(compiler('@11ty/eleventy', 'eleventy', `exec('node ./cli.js --input=stubs', (error) => { done(error); });`)).toContain('exec(…) runs a real build (eleventy) in a fast test');
    expect(compiler('solc', 'solcjs', `spawn(t, './cli.js --bin fixture.sol');`, `import spawn from 'tape-spawn';`)).toContain('spawn(…) runs a real build (solcjs) in a fast test');
    expect(compiler('rtfeldman', 'elm-test', `exec('node ' + path.join(root, 'bin', 'elm-test'), done);`)).toContain('exec(…) runs a real build (elm-test) in a fast test');
  });

  it('is silent where it only talks, where its words are unknown, and for a package that compiles nothing', () => {
    expect(compiler('tsd', 'tsd', `await execa('../dist/cli.js', ['--help']);`, `import { execa } from 'execa';`)).toBe('silent');
    expect(compiler('tsd', 'tsd', `await execa('../dist/cli.js', words);`, `import { execa } from 'execa';\nimport { words } from './words';`)).toBe('silent');
    expect(compiler('mine', 'mine', `await execa('../dist/cli.js', { cwd: 'fixtures/one' });`, `import { execa } from 'execa';`)).toBe('silent');
    expect(compiler('rtfeldman', 'elm-test', `exec('node bin/elm-test install elm/html', done);`)).toBe('silent');
  });

  it('compiles also where it is expected to fail', () => {
    expect(compiler('tsd', 'tsd', `expect(() => execSync('../dist/cli.js ' + '--files one.test-d.ts')).toThrow();`, `import { execSync } from 'child_process';`)).toContain('execSync(…) runs a real build (tsd) in a fast test');
    expect(compiler('tsd', 'tsd', `const { exitCode } = await execa('../dist/cli.js', ['--files']);\n  expect(exitCode).toBe(2);`, `import { execa } from 'execa';`)).toBe('silent');
  });

  it('is that of a bundler around another one, by what its package says of itself', () => {
    const one = (more: object, words = `['--minify']`): string =>
      report(inTest(`import { pack } from './pack';`, `await pack(${words});`), {
        files: {
          'package.json': JSON.stringify({ name: 'packer', bin: './dist/cli.mjs', dependencies: { rollup: '4' }, description: 'Zero-config rollup bundler', ...more }),
          'test/pack.ts': `import path from 'node:path';\nimport { execaNode } from 'execa';\nconst bin = path.resolve('./dist/cli.mjs');\nexport const pack = async (words: string[]) => await execaNode(bin, words, { env: {} });`,
        },
      });
    expect(one({})).toContain('pack(…) runs a real build (packer) in a fast test');
    expect(one({ description: 'Tools', keywords: ['bundler'] })).toContain('pack(…) runs a real build (packer) in a fast test');
    expect(one({}, `['--version']`)).toBe('silent');
    expect(one({ description: 'Lists files' })).toBe('silent');
    expect(one({ dependencies: {} })).toBe('silent');
  });

  it('takes as long as TypeScript, where that comes with it, for whatever file it is given', () => {
    const one = (words: string, more: object = { dependencies: { typescript: '5' } }): string =>
      report(inTest(`import { execSync } from 'child_process';\nimport path from 'path';\nconst BIN = path.resolve(__dirname, '../dist/to-schema.js');\nconst INPUT = path.resolve(__dirname, './input.ts');`, 'execSync(`node ${BIN} ' + words + '`);'), {
        files: { 'package.json': JSON.stringify({ name: 'to-schema', bin: { 'to-schema': 'bin/to-schema.js' }, ...more }) },
      });
    expect(one('-p ${INPUT}')).toContain('execSync(…) runs a real build (to-schema) in a fast test');
    expect(one('--help')).toBe('silent');
    expect(one('list')).toBe('silent');
    expect(one('-p ${INPUT}', { devDependencies: { typescript: '5' } })).toBe('silent');
  });

  it('may have its path in a constant of a helper', () => {
    const one = (imports: string): string => report(inTest(imports, `await exec(CLI, 'componentize', 'a.js', '-o', out);`), {
      files: {
        'package.json': JSON.stringify({ name: '@bytecodealliance/jco', bin: { jco: 'dist/jco.js' } }),
        'test/paths.js': `import { fileURLToPath } from 'node:url';\nexport const CLI = fileURLToPath(new URL('../dist/jco.js', import.meta.url));\nexport const LINTER = fileURLToPath(new URL('../dist/lint.js', import.meta.url));`,
        'test/helpers.js': `import { spawn } from 'node:child_process';\nimport { argv } from 'node:process';\nexport { CLI, LINTER } from './paths.js';\nexport function exec(script, ...args) { return new Promise((resolve) => { spawn(argv[0], ['--no-warnings', script, ...args]).on('close', resolve); }); }`,
      },
    });
    expect(one(`import { CLI, exec } from './helpers.js';`)).toContain('exec(…) runs a real build (jco) in a fast test');
    expect(one(`const { CLI, exec } = require('./helpers.js');`)).toContain('exec(…) runs a real build (jco) in a fast test');
    expect(one(`import { LINTER as CLI, exec } from './helpers.js';`)).toBe('silent');
  });

  it('may have its path in a constant', () => {
    expect(compiler('@vercel/ncc', 'ncc', `exec('node ' + join(root, file) + ' a.js', () => {});`, `import { exec } from 'child_process';\nimport { join } from 'path';\nconst file = global.coverage ? '/../src/other.js' : '/../dist/cli.js';`)).toContain('exec(…) runs a real build (ncc) in a fast test');
  });
});
