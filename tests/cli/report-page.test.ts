// The page of a report in a real browser. Needs a Chromium:
//   npm run build && CHROME_BIN=/usr/bin/chromium npx vitest run tests/cli/report-page.test.ts
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src/timing/profile.ts';
import { aProfile, aTest } from '../timing/profiles.ts';
import { call } from './call.ts';
import { folderWith } from './probe.ts';

const browser = process.env['CHROME_BIN'];

/** What the page's visitor does, and what there is to see afterwards; runs in the page, by the names of its controls. */
const VISITOR = `
const rows = () => [...document.querySelectorAll('section[aria-label=Tests] tbody tr')].map((row) => row.querySelector('.title').textContent);
const button = (name) => [...document.querySelectorAll('button')].find((one) => one.textContent === name);
const status = () => document.querySelector('[role=status]').textContent;
const sorted = () => [...document.querySelectorAll('th[aria-sort]')].map((head) => head.textContent + ' ' + head.getAttribute('aria-sort')).join();
const choose = (id, label) => { const select = document.getElementById(id); select.value = [...select.options].find((option) => option.textContent === label).value; select.dispatchEvent(new Event('change')); };
const type = async (words) => { const field = document.getElementById('words'); field.value = words; field.dispatchEvent(new Event('input')); await new Promise((resolve) => setTimeout(resolve, 300)); };
const focusable = () => [...document.querySelectorAll('button:not(:disabled), input, select, [tabindex="0"]')].filter((one) => { one.focus(); return document.activeElement === one; }).length;
const painted = (canvas) => new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size > 4;
`;

async function visit(profile: Profile, script: string, ...words: string[]): Promise<unknown> {
  if (browser === undefined) throw new Error('There is no browser.');
  const folder = folderWith({ 'package.json': '{ "name": "own" }', '.slow-tests/profile.json': JSON.stringify(profile) });
  await call(folder, ['report', '--html', 'page.html', ...words]);
  const path = join(folder, 'page.html');
  const told = `<script>const errors = []; addEventListener('error', ({ message }) => errors.push(message));</script>`;
  const visitor = `<script>(async () => { ${VISITOR} await new Promise((resolve) => setTimeout(resolve, 500)); const seen = await (async () => { ${script} })(); document.documentElement.innerHTML = ''; document.documentElement.append(JSON.stringify({ errors, seen })); })();</script>`;
  writeFileSync(path, readFileSync(path, 'utf8').replace('<main', () => `${told}<main`).replace('</body>', () => `${visitor}</body>`));
  const { stdout } = await promisify(execFile)(browser, ['--headless=new', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=20000', '--dump-dom', pathToFileURL(path).href], { maxBuffer: 1 << 28 });
  const text = /\{.*\}/s.exec(stdout)?.[0].replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') ?? stdout;
  const { errors, seen } = JSON.parse(text) as { errors: unknown; seen: unknown };
  expect(errors).toEqual([]);
  return seen;
}

const NASTY = '<img src=x onerror="window.pwned = 1"></script><script>window.pwned = 2</script>';

const suite = aProfile({
  files: [
    { file: 'test/a.test.ts', tests: Array.from({ length: 250 }, (_, index) => aTest(['many', `case ${String(index).padStart(3, '0')}`], { duration: index })) },
    { file: 'test/b.test.ts', tests: [aTest([NASTY], { duration: 900 }), aTest(['__proto__', 'constructor'], { duration: 800 }), aTest(['trains @slow'], { tier: 'comprehensive', duration: 6000 })] },
  ],
});

describe.skipIf(browser === undefined)('the page of a report, in a browser', () => {
  it('shows the longest first, a hundred at a time, and sorts by any column', async () => {
    expect(await visit(suite, `
      const steps = [[rows().length, rows()[0], sorted(), status()]];
      button('Next').click(); button('Next').click();
      steps.push([rows().length, button('Next').disabled, button('Previous').disabled]);
      button('Test').click();
      steps.push([rows().slice(0, 2), sorted()]);
      button('Test').click();
      steps.push([rows()[0], sorted()]);
      return steps;
    `)).toEqual([
      [100, 'trains @slow', 'Took descending', '253 of 253 tests, 38.8 s together'],
      [53, true, false],
      [[NASTY, '__proto__ › constructor'], 'Test ascending'],
      ['trains @slow', 'Test descending'],
    ]);
  });

  it('is narrowed by words, tier, cause and budget', async () => {
    expect(await visit(suite, `
      await type('CASE 24');
      const steps = [rows().length];
      await type('b.test trains');
      steps.push(rows());
      await type('');
      choose('tier', 'comprehensive');
      steps.push(rows());
      choose('tier', 'all');
      document.getElementById('over').click();
      steps.push(status());
      choose('cause', 'unknown');
      steps.push(status());
      return steps;
    `)).toEqual([13, ['trains @slow'], ['trains @slow'], '152 of 253 tests, 33.8 s together', '151 of 253 tests, 27.8 s together']);
  });

  it('lets no title become a part of it', async () => {
    expect(await visit(suite, `return [window.pwned ?? null, document.images.length, rows().includes(${JSON.stringify(NASTY).replaceAll('</', '<\\/')}), {}.polluted ?? null];`)).toEqual([null, 0, true, null]);
  });

  it('is reached by the keyboard, and draws its charts', async () => {
    // Both panels and the table scroll; two selects, words, a box, three heads, one page on.
    expect(await visit(suite, 'return [focusable(), [...document.querySelectorAll("canvas")].map(painted), [...document.querySelectorAll("canvas")].every((canvas) => canvas.getAttribute("aria-label"))];')).toEqual([11, [true, true], true]);
  });

  it('stays usable with 100,000 tests @slow', async () => {
    const files = Array.from({ length: 1000 }, (_, file) => ({ file: `test/${file}.test.ts`, tests: Array.from({ length: 100 }, (_unused, test) => aTest([`group ${file}`, `case ${test}`], { duration: (file * 7919 + test * 104_729) % 100 })) }));
    expect(await visit(aProfile({ files }), `
      button('Test').click();
      button('Took').click();
      button('Next').click();
      await type('test/999.');
      return [rows().length, status().split(',').slice(0, 2).join()];
    `)).toEqual([100, '100 of 100,000 tests']);
  }, 60_000);
});
