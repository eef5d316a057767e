/** What a real runner is to the tests: how it is called with a filter, and how its report is read. */

export type Selection = 'all' | 'fast' | 'slow';

export interface Outcome {
  /** Titles of the groups around and of the test, joined by ` > `. */
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'skipped';
}

export interface Call {
  /** The folder that the suite lies in, and that the runner is called in. */
  readonly folder: string;
  /** Paths of the test files in it. */
  readonly tests: readonly string[];
  readonly selection: Selection;
}

export interface RealRunner {
  /** Files that it needs beside the tests: a configuration, a reporter. */
  readonly files: Readonly<Record<string, string>>;
  command(call: Call): { readonly program?: string; readonly args: readonly string[] };
  read(printed: string, folder: string): readonly Outcome[];
}

/** Either filter of runners that take one pattern for titles. */
export function titlePattern(selection: Selection): string | undefined {
  return selection === 'all' ? undefined : selection === 'fast' ? '^(?!.*@slow)' : '@slow';
}
