// `slow-tests migrate --cover-variants` keeps in the fast run the cheapest variants that cover what all of them cover.
import { describe, expect, it } from 'vitest';
import { migrateIn, repositoryWith, VITEST } from './migration.ts';
import { read } from './probe.ts';

const LIMIT = 240_000;

/** Two variants go the same way, two have code of their own. */
const LIBRARY = `const MS = { full: 500, causal: 900, sliding_window: 150, dilated: 450 };
function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
export function randn(shape) {
  return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
}
export function attention(query, { pattern }) {
  sleep(MS[pattern]);
  if (pattern === 'full') return [1];
  const size = pattern === 'dilated' ? 2 : 3;
  return [size];
}
`;
const QUANTIZED = `export function quantized(query, { pattern, dtype }) {
  sleep({ fp32: 300, fp16: 200, int8: 100 }[dtype]);
  let scale = 1;
  if (dtype === 'int8') scale = 2;
  return attention(query, { pattern }).map((size) => size * scale);
}
`;
const SUITE = `import { expect, it } from 'vitest';
import { attention, randn } from '../src/index.js';

for (const pattern of ['full', 'causal', 'sliding_window', 'dilated']) {
  it(\`attends \${pattern}\`, () => {
    const query = randn([1, 4, 200, 32]);
    expect(attention(query, { pattern })).toHaveLength(1);
  });
}
`;

/** All dtypes but one go the same way; each pattern has code of its own. */
const PRODUCT = `import { expect, it } from 'vitest';
import { quantized, randn } from '../src/index.js';

for (const pattern of ['full', 'causal']) {
  for (const dtype of ['fp32', 'fp16', 'int8']) {
    it(\`attends \${pattern} in \${dtype}\`, () => {
      const query = randn([1, 4, 200, 32]);
      expect(quantized(query, { pattern, dtype })).toHaveLength(1);
    });
  }
}
`;
const TABLE = `import { expect, it } from 'vitest';
import { attention, randn } from '../src/index.js';

it.each(['full', 'causal', 'sliding_window', 'dilated'])('attends %s', (pattern) => {
  const query = randn([1, 4, 200, 32]);
  expect(attention(query, { pattern })).toHaveLength(1);
});
`;

describe('variants of a list', () => {
  it('stay, as far as the fast run needs them to cover what all cover, the cheaper of two that cover the same @slow', { timeout: LIMIT }, async () => {
    const folder = repositoryWith({ 'src/index.js': LIBRARY, 'test/compile.test.js': SUITE }, 'vitest run', [VITEST]);
    const { exitCode, printed } = await migrateIn(folder, ['--cover-variants']);
    expect(exitCode, printed).toBe(0);
    const text = read(folder, 'test/compile.test.js');
    expect(text, printed).toContain("`attends ${pattern}${pattern === 'full' || pattern === 'sliding_window' || pattern === 'dilated' ? '' : ' @slow'}`");
  });

  it('stay of nested lists and of tables too @slow', { timeout: LIMIT }, async () => {
    const folder = repositoryWith({ 'src/index.js': `${LIBRARY}${QUANTIZED}`, 'test/product.test.js': PRODUCT, 'test/table.test.js': TABLE }, 'vitest run', [VITEST]);
    const { exitCode, printed } = await migrateIn(folder, ['--cover-variants']);
    expect(exitCode, printed).toBe(0);
    expect(read(folder, 'test/product.test.js'), printed).toContain("`attends ${pattern} in ${dtype}${dtype === 'int8' ? '' : ' @slow'}`");
    const rows = read(folder, 'test/table.test.js');
    expect(rows.match(/@slow/g), rows + printed).toHaveLength(1);
    expect(rows).toMatch(/'causal', ' @slow'|' @slow', 'causal'/);
  });
});
