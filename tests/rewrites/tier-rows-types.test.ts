/** TypeScript agrees with rows as a table and as a loop, by the types that Vitest and Node really have. */
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tierRows } from '../../src/rewrites/tier-rows.ts';
import { writeProject } from '../squiggle.ts';
import { rewriteText } from './rewriting.ts';

const CHECKOUT = resolve(import.meta.dirname, '../..');

/** Every test of a file over rows: `const n = 512;` becomes a key. */
function tierAll(text: string, settings: object = {}): string {
  let output = text;
  for (let at = output.indexOf('const n = 512;'); at >= 0; at = output.indexOf('const n = 512;')) {
    const range = [output.lastIndexOf('\n', at) + 1, output.indexOf('\n', at) + 1] as const;
    output = rewriteText(output, (analysis) => {
      const declaration = analysis.reading.declarations.filter(({ call }) => call.range[0] < at && at < call.range[1]).at(-1);
      if (!declaration) throw new Error('Not in a test.');
      return tierRows(analysis, declaration, [{ name: 'n', small: '64', full: '512' }], { description: '', edits: [{ range, text: '' }] });
    }, { settings });
  }
  return output;
}

const VITEST = tierAll(`import { describe, expect, it, test } from 'vitest';

describe('group', () => {
  it('is 100% plain', { timeout: 500 }, () => {
    const n = 512;
    expect([1, n]).toContain(n);
  });

  test.concurrent('has a %d', async () => {
    const n = 512;
    let total = n;
    total += 1;
    expect(total).toBeGreaterThan(n);
  }, 5000);

  it('has a context', ({ task }) => {
    const n = 512;
    expect(task.name).toContain(n === 512 ? 'slow' : 'small');
  });

  it.each(['a', 'b'] as const)('has a table, %s', (letter) => {
    const n = 512;
    expect(letter.repeat(n)).toHaveLength(n);
  });
});

describe.skipIf(false)('tiered as a whole', () => {
  const n = 512;

  it('sees them', () => {
    expect(new Array<number>(n)).toHaveLength(n);
  });
});
`);

describe('rows', () => {
  it('keep their types @slow', () => {
    const loop = tierAll(`import { it } from 'node:test';
it('adds', (t) => {
  const n = 512;
  const shape: [number, number] = [n, 2];
  let total = n;
  total += shape[0];
  t.diagnostic(String(total));
});
`);
    const options = { strict: true, noUnusedLocals: true, noUnusedParameters: true, noUncheckedIndexedAccess: true, noEmit: true, module: 'NodeNext', target: 'ES2022', skipLibCheck: true, types: ['node'] };
    const folder = writeProject({ 'a.test.mts': VITEST, 'b.test.mts': loop, 'tsconfig.json': JSON.stringify({ compilerOptions: options }) });
    symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
    expect(execFileSync(process.execPath, [join(CHECKOUT, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' })).toBe('');
  });
});
