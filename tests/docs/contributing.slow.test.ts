// What CONTRIBUTING.md and the recipe of a runner tell, done literally in a copy of the repository. Takes minutes: `npm run test:long`.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CodeBlock } from '../../scripts/docs/markdown.ts';
import { readCodeBlocks } from '../../scripts/docs/markdown.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const STEPS = [
  ['CONTRIBUTING.md', 'Add a rule'],
  ['CONTRIBUTING.md', 'Add a cost row'],
  ['docs/recipes/runner-file.md', 'A runner file'],
] as const;

function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'slow-tests-contributing-'));
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);
  for (const file of files.filter((name) => existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

function follow({ language, text, attributes: { file, before, replace } }: CodeBlock, copy: string): void {
  if (language === 'sh') {
    for (const line of text.split('\n').filter(Boolean)) run(line, copy);
    return;
  }
  if (typeof file !== 'string') return;
  const path = join(copy, file);
  if (before === undefined && replace === undefined) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  const old = readFileSync(path, 'utf8');
  const place = String(before ?? replace);
  if (old.split(place).length !== 2) throw new Error(`${file} should hold once: ${place}`);
  writeFileSync(path, old.replace(place, () => (before === undefined ? text.replace(/\n$/, '') : `${text}${place}`)));
}

function run(line: string, cwd: string): void {
  const { VITEST: _vitest, NODE_OPTIONS: _options, ...env } = process.env;
  try {
    execFileSync('bash', ['-c', line], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, NO_COLOR: '1', VITEST: undefined } });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${line}\n${stdout.slice(-6000)}${stderr.slice(-2000)}`, { cause: error });
  }
}

describe('followed literally', () => {
  it.each(STEPS)('%s: %s', (page, heading) => {
    const blocks = readCodeBlocks(readFileSync(page, 'utf8')).filter(({ headings }) => headings.includes(heading));
    expect(blocks.length).toBeGreaterThan(4);
    const copy = copyRepository();
    try {
      for (const block of blocks) follow(block, copy);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }, 1_200_000);
});
