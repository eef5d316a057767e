/** Native tags stand beside the token in the title: where Vitest's configuration declares them, elsewhere when asked for. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import splitSlow from '../../codemods/split-slow/codemod.ts';
import { installRunners, SUITES } from '../runners/install.ts';
import { compareSuites } from './run-suite.ts';
import { transformTester } from './transform.ts';

const transform = transformTester(splitSlow, { settings: { costs: [{ module: './train.mjs', export: 'train', kind: 'compile', milliseconds: 2000 }] }, filename: 'a.test.mjs' });
const CONFIG = "export default { test: { tags: [{ name: 'slow', timeout: 30_000 }] } };\n";
const TRAIN = { 'train.mjs': 'export function train() {}\n' };

beforeAll(installRunners, 240_000);

describe('tags of Vitest', () => {
  const text = `import { describe, it } from 'vitest';
import { train } from './train.mjs';
for (const format of ['esm', 'cjs', 'iife']) {
  it(\`trains \${format}\`, () => { train(format); });
  it(\`trains \${format} with options\`, { retry: 1 }, () => { train(format); });
  it(\`trains \${format} for long\`, () => { train(format); }, 9000);
}
it('waits', async () => { await new Promise((done) => setTimeout(done, 10)); }, 60_000);
describe('Performance', () => { it('is cheap', () => {}); });
`;

  it('are written where the configuration declares them, and filter the same tests @slow', () => {
    const { output } = transform(text, { files: { ...TRAIN, 'vitest.config.mjs': CONFIG } });
    expect(output).toBe(`import { describe, it } from 'vitest';
import { train } from './train.mjs';
for (const format of ['esm', 'cjs', 'iife']) {
  it(\`trains \${format}\${format === 'esm' ? '' : ' @slow'}\`, { tags: format === 'esm' ? [] : ['slow'] }, () => { train(format); });
  it(\`trains \${format} with options\${format === 'esm' ? '' : ' @slow'}\`, { tags: format === 'esm' ? [] : ['slow'], retry: 1 }, () => { train(format); });
  it(\`trains \${format} for long\${format === 'esm' ? '' : ' @slow'}\`, { tags: format === 'esm' ? [] : ['slow'], timeout: 9000 }, () => { train(format); });
}
it('waits @slow', { tags: ['slow'], timeout: 60_000 }, async () => { await new Promise((done) => setTimeout(done, 10)); });
describe('Performance @slow', { tags: ['slow'] }, () => { it('is cheap', () => {}); });
`);
    const folder = mkdtempSync(join(SUITES, 'tags-'));
    try {
      for (const [name, content] of Object.entries({ ...TRAIN, 'a.test.mjs': output, 'vitest.config.mjs': CONFIG })) writeFileSync(join(folder, name), content);
      const passed = (...filter: string[]): string[] => {
        execFileSync(process.execPath, [resolve('node_modules/vitest/vitest.mjs'), 'run', '--root', folder, '--reporter=json', '--outputFile=report.json', ...filter], { stdio: 'pipe' });
        const { testResults } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as { testResults: { assertionResults: { fullName: string; status: string }[] }[] };
        return testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'passed').map(({ fullName }) => fullName);
      };
      expect(passed('--tags-filter=!slow')).toEqual(passed('-t', '^(?!.*@slow)'));
      expect(passed('--tags-filter=slow')).toEqual(passed('-t', '@slow'));
      expect(passed()).toHaveLength(11);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it('are not written without a declaration, which would be an error', () => {
    expect(transform(text, { files: TRAIN, options: { marker: 'tags' } }).output).not.toContain('tags:');
    expect(transform(text, { files: { ...TRAIN, 'vitest.config.mjs': "export default { test: { tags: [{ name: 'db' }] } };\n" } }).output).not.toContain('tags:');
  });
});

describe('tags of others', () => {
  const loop = (head: string, callback: string): string => `${head}import { train } from './train.mjs';\nfor (const format of ['esm', 'cjs', 'iife']) {\n  test(\`trains \${format}\`, ${callback} => { train(format); });\n}\n`;

  it('are written when asked for, and run @slow', async () => {
    const text = loop("import { test } from '@playwright/test';\n", 'async () ').replaceAll('  =>', ' =>');
    const { output } = transform(text, { files: TRAIN, options: { marker: 'tags' } });
    expect(output).toContain("test(`trains ${format}${format === 'esm' ? '' : ' @slow'}`, { tag: format === 'esm' ? [] : '@slow' }, async () => { train(format); });");
    const { fast, slow } = await compareSuites('playwright', { 'a.test.mjs': text, ...TRAIN }, { 'a.test.mjs': output, ...TRAIN });
    expect(fast).toEqual(['trains esm: passed']);
    expect(slow).toEqual(['trains cjs @slow: passed', 'trains iife @slow: passed']);
  }, 60_000);

  it('are lists with node:test', () => {
    const text = loop("import test from 'node:test';\n", '()').replaceAll(')=>', ') =>');
    expect(transform(text, { files: TRAIN, options: { marker: 'tags' } }).output).toContain("{ tags: format === 'esm' ? [] : ['slow'] }, ()");
    expect(transform(text, { files: TRAIN }).output).not.toContain('tags');
  });
});
