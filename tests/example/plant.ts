/** Copies of the example: as it is, migrated as the demo does it, and with a bug in them. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyExample } from '../../scripts/demo/copy-example.ts';
import { measure, type Run } from '../../scripts/demo/measure.ts';
import { rewriteTests } from '../../scripts/demo/rewrite-tests.ts';
import type { TestReport } from '../../scripts/demo/test-report.ts';
import type { Bug } from './bugs.ts';

const CHECKOUT = path.resolve(import.meta.dirname, '../..');

/** The suite as its maintainers wrote it. */
export const ORIGINAL = path.join(CHECKOUT, 'examples', 'attention-suite');

/** A copy whose tests went through every codemod, in a folder that the caller removes with `removeCopy`. */
export async function migrateExample(): Promise<string> {
  const copy = await copyExample(CHECKOUT, ORIGINAL);
  await rewriteTests(copy, 'test', () => undefined);
  return copy;
}

export async function removeCopy(copy: string): Promise<void> {
  await rm(path.dirname(copy), { recursive: true });
}

/** The text with the bug in it; throws an Error when the bug has no single place in it. */
export function withBug(text: string, { name, file, from, to }: Bug): string {
  const [before, after, ...more] = text.split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    const times = more.length > 0 ? `${more.length + 1} times` : 'nowhere';
    throw new Error(`The bug "${name}" replaces a text that src/${file} of the example has ${times}, not once: ${from}`);
  }
  return before + to + after;
}

/** Runs a copy of the suite with the bug in it until a test fails; returns the names of those that did. */
export async function testsThatFail(suite: string, bug: Bug, run: Run, signal: AbortSignal): Promise<string[]> {
  const copy = await copyExample(CHECKOUT, suite);
  try {
    const source = path.join(copy, 'src', bug.file);
    await writeFile(source, withBug(await readFile(source, 'utf8'), bug));
    const { report } = await measure(copy, run, () => undefined, { bail: true, signal });
    return report.failed.map(({ name }) => name);
  } finally {
    await removeCopy(copy);
  }
}

/** All tests of the run, without a bug. */
export async function runSuite(suite: string, run: Run, signal: AbortSignal): Promise<TestReport> {
  const copy = await copyExample(CHECKOUT, suite);
  try {
    return (await measure(copy, run, () => undefined, { signal })).report;
  } finally {
    await removeCopy(copy);
  }
}
