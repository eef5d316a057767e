/** How is coverage kept, for a migration that is broken off and taken up again? */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Covered, CoveredFunction } from './covered.ts';
import { functionKey } from './covered.ts';
import type { RunCoverage } from './read-v8.ts';

/** `[name, start, end, of, ran]` */
const functionSchema = v.tuple([v.string(), v.number(), v.number(), v.number(), v.array(v.number())]);
const coveredSchema = v.record(v.string(), v.array(functionSchema));
const schema = v.object({ whole: coveredSchema, byTest: v.record(v.string(), coveredSchema) });

export function coverageAsText({ whole, byTest }: RunCoverage): string {
  return JSON.stringify({ whole: rowsOf(whole), byTest: Object.fromEntries([...byTest].map(([file, covered]) => [file, rowsOf(covered)])) });
}

/** Undefined where there is none, or none that can be read. */
export function readCoverage(path: string): RunCoverage | undefined {
  try {
    const { whole, byTest } = v.parse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return { whole: coveredOf(whole), byTest: new Map(Object.entries(byTest).map(([file, rows]) => [file, coveredOf(rows)])) };
  } catch {
    return undefined;
  }
}

function rowsOf(covered: Covered): v.InferOutput<typeof coveredSchema> {
  return Object.fromEntries([...covered].map(([file, functions]) => [file, [...functions.values()].map(({ name, start, end, of, ran }) => [name, start, end, of, [...ran]])]));
}

function coveredOf(rows: v.InferOutput<typeof coveredSchema>): Covered {
  return new Map(
    Object.entries(rows).map(([file, functions]) => [file, new Map(functions.map(([name, start, end, of, ran]): readonly [string, CoveredFunction] => [functionKey({ name, start, end, of }), { name, start, end, of, ran }]))]),
  );
}
