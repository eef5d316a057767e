// The built entries in a real browser, with and without a content policy that forbids WebAssembly. Needs a Chromium:
//   npm run build && CHROME_BIN=/usr/bin/chromium npx vitest run tests/kernel/browser.test.ts
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTensors } from '../../src/fixtures/index.ts';

const browser = process.env['CHROME_BIN'];
const DIST = join(import.meta.dirname, '../../dist');

const SCRIPT = `
import { attention, attentionImplementations, attentionReference } from './kernel.mjs';
import { createTensors } from './fixtures.mjs';
const inputs = createTensors('small', { seed: 42 });
const implementations = attentionImplementations();
const errors = ['full', 'causal', 'sliding_window', 'dilated'].flatMap((pattern) => {
  const expected = attentionReference({ ...inputs, pattern });
  return implementations.map((implementation) => attention({ ...inputs, pattern, implementation }).reduce((most, x, i) => Math.max(most, Math.abs(x - expected[i])), 0));
});
document.body.textContent = JSON.stringify({ implementations, error: Math.max(...errors), values: [...inputs.value.subarray(0, 8)] });
`;

const page = (policy: string): string => `<!doctype html>${policy}<body>nothing yet</body><script type="module" src="page.js"></script>`;
const PAGES: Readonly<Record<string, string>> = {
  '/favicon.ico': '',
  '/free.html': page(''),
  '/strict.html': page(`<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`),
  '/page.js': SCRIPT,
};

interface Visit {
  readonly implementations: readonly string[];
  readonly error: number;
  readonly values: readonly number[];
}

describe.skipIf(browser === undefined)('in a browser', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      response.setHeader('content-type', url.endsWith('.html') ? 'text/html' : 'text/javascript');
      response.end(PAGES[url] ?? readFileSync(join(DIST, url)));
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
  afterAll(() => server.close());

  async function visit(path: string): Promise<Visit> {
    const address = server.address();
    if (browser === undefined || address === null || typeof address === 'string') throw new Error('There is no browser or no server.');
    const { stdout } = await promisify(execFile)(browser, ['--headless=new', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=20000', '--dump-dom', `http://localhost:${address.port}${path}`]);
    return JSON.parse(/<body>([^]*?)<\/body>/.exec(stdout)?.[1] ?? stdout) as Visit;
  }

  it.each([
    ['free.html', ['simd128', 'javascript']],
    ['strict.html', ['javascript']],
  ])('%s computes by what the page may use', async (path, expected) => {
    const { implementations, error, values } = await visit(`/${path}`);
    expect(implementations.filter((name) => name !== 'relaxed')).toEqual(expected);
    expect(error).toBeLessThan(1e-6);
    expect(values).toEqual([...createTensors('small', { seed: 42 }).value.subarray(0, 8)]);
  }, 60_000);
});
