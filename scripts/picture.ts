/**
 * `npm run picture`: migrates a copy of the example and photographs the report's page, before and after, for the README. Needs Chromium,
 * named by CHROME_BIN or in its usual place; the figures are those of this machine, so let it do nothing else.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { copyExample } from './demo/copy-example.ts';

const CHECKOUT = path.resolve(import.meta.dirname, '..');
const CLI = path.join(CHECKOUT, 'dist/cli.cjs');
const IMAGES = path.join(CHECKOUT, 'docs/images');
/** px. */
const SIZE = '1120,500';

const folder = await copyExample(CHECKOUT, path.join(CHECKOUT, 'examples/attention-suite'));
const slowTests = (...words: string[]): void => {
  execFileSync(process.execPath, [CLI, ...words], { cwd: folder, stdio: 'inherit' });
};
slowTests('profile', '--output', 'before.json', '--', 'npx', 'vitest', 'run');
const started = performance.now();
slowTests('migrate');
process.stdout.write(`The migration took ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
slowTests('profile', '--', 'npx', 'vitest', 'run', '-t', '^(?!.*@slow)');
slowTests('report', '--html', 'report.html', '--before', 'before.json');
mkdirSync(IMAGES, { recursive: true });
for (const [name, flags] of Object.entries({ light: [], dark: ['--blink-settings=preferredColorScheme=0'] })) {
  const picture = path.join(folder, `${name}.png`);
  execFileSync(process.env['CHROME_BIN'] ?? '/usr/bin/chromium', ['--headless', '--no-sandbox', '--hide-scrollbars', '--virtual-time-budget=5000', `--window-size=${SIZE}`, ...flags, `--screenshot=${picture}`, path.join(folder, 'report.html')], { stdio: 'ignore' });
  renameSync(picture, path.join(IMAGES, `report-${name}.png`));
}
process.stdout.write(`${IMAGES}\n`);
