/** What Jest tells of a file and its tests. An entry of its own: Jest loads reporters by path. */
import type { Outcome } from '../profile.ts';
import type { MeasuredTest } from './sink.ts';
import { claimedWriter } from './sink.ts';

interface CaseResult {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
  readonly duration?: number | null;
  readonly location?: { readonly line: number } | null;
}

interface FileResult {
  readonly testFilePath: string;
  readonly testResults: readonly CaseResult[];
  readonly perfStats: {
    readonly runtime: number;
    /** Jest 30. */
    readonly loadTestEnvironmentStart?: number;
    readonly loadTestEnvironmentEnd?: number;
    readonly setupFilesStart?: number;
    readonly setupFilesEnd?: number;
  };
}

export default class JestReporter {
  readonly #write = claimedWriter();
  /** How often a test was told while its file ran, and is not in the result of the file yet. */
  readonly #told = new Map<string, number>();

  /** While the file runs: what is known when it is broken off. */
  onTestCaseResult({ path: file }: { readonly path: string }, result: CaseResult): void {
    this.#count(file, result, 1);
    this.#write?.({ type: 'test', file, ...measured(result) });
  }

  onTestResult(_test: unknown, { testFilePath: file, testResults, perfStats }: FileResult): void {
    for (const result of testResults) if (this.#count(file, result, -1) < 0) this.onTestCaseResult({ path: file }, result);
    const inTests = testResults.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
    const environment = between(perfStats.loadTestEnvironmentStart, perfStats.loadTestEnvironmentEnd);
    const setup = between(perfStats.setupFilesStart, perfStats.setupFilesEnd);
    // Jest does not tell import, transform and hooks apart; environments are loaded before the clock of the file starts in 30.
    const rest = Math.max(0, perfStats.runtime - inTests - environment - setup);
    this.#write?.({ type: 'file', file, outside: { ...(environment > 0 ? { environment } : {}), ...(setup > 0 ? { setup } : {}), import: rest } });
  }

  #count(file: string, { ancestorTitles, title }: CaseResult, change: 1 | -1): number {
    const key = JSON.stringify([file, ancestorTitles, title]);
    const count = (this.#told.get(key) ?? 0) + change;
    if (count === 0) this.#told.delete(key);
    else this.#told.set(key, count);
    return count;
  }
}

function between(start = 0, end = 0): number {
  return Math.max(0, end - start);
}

function measured({ ancestorTitles, title, status, duration, location }: CaseResult): MeasuredTest {
  const outcome: Outcome = status === 'passed' || status === 'failed' ? status : 'skipped';
  return { title: [...ancestorTitles, title], outcome, duration: outcome === 'skipped' ? undefined : (duration ?? undefined), line: location?.line };
}
