// What the page says to work is what ran: each cell of the matrix has a result, and no result is of a cell that is gone.
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { compatibilityTable, layoutsTable, lintersTable, runnerCellsTable, typescriptTable } from '../../scripts/docs/compatibility.ts';
import { lintCells, nameOf, runnerCells } from '../../scripts/matrix/cells.ts';
import { readResults } from '../../scripts/matrix/results.ts';
import { RUNNERS } from '../runners/all.ts';

const { cells, install } = readResults();
const names = [...lintCells, ...runnerCells].map(nameOf);

describe('the matrix', () => {
  it('has a name for each cell', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it('was run: `npm run test:matrix`', () => {
    expect(Object.keys(cells).sort()).toEqual([...names].sort());
    expect(Object.entries(cells).filter(([, { outcome }]) => outcome !== 'ran')).toEqual([]);
    expect(install?.packages.map(({ name }) => name)).toContain('eslint-plugin-slow-tests');
  });

  it('takes every runner that is executed here, and every major version of ESLint that package.json promises', () => {
    expect([...new Set(runnerCells.map(({ runner }) => runner))].sort()).toEqual(Object.keys(RUNNERS).sort());
    const majors = [...packageJson.peerDependencies.eslint.matchAll(/\^(\d+)\./g)].map(([, major]) => major);
    for (const major of majors) expect(lintCells.some(({ packages }) => packages[0]?.startsWith(`eslint@${major}.`)), major).toBe(true);
  });
});

describe('the tables', () => {
  const tables = { lintersTable, typescriptTable, layoutsTable, runnerCellsTable, compatibilityTable };

  it.each(Object.entries(tables))('%s claims nothing that did not run', (_name, tableOf) => {
    const rows = (text: string): number => text.split('\n').length - 2;
    expect(rows(tableOf(readResults()))).toBeGreaterThan(1);
    const empty = tableOf({ cells: {} });
    expect(empty).not.toMatch(/\d+\.\d+/);
    const failed = tableOf({ cells: Object.fromEntries(names.map((name) => [name, { outcome: 'failed', reason: 'no' } as const])) });
    expect(failed).toBe(empty);
  });
});
