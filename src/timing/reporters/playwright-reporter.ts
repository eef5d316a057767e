/** What Playwright tells, beside the reporters of its configuration. An entry of its own: Playwright loads reporters by path. */
import { claim } from './sink.ts';

interface TestCase {
  readonly title: string;
  readonly location: { readonly file: string; readonly line: number };
  readonly parent: Suite;
  readonly retries: number;
}

interface Suite {
  readonly type: 'root' | 'project' | 'file' | 'describe';
  readonly title: string;
  readonly parent?: Suite;
}

interface TestResult {
  readonly status: string;
  readonly duration: number;
  readonly retry: number;
}

export default class PlaywrightReporter {
  #write = claim('playwright');

  /** Playwright adds a reporter of its own where none prints; this one must not keep it from that. */
  printsToStdio(): boolean {
    return false;
  }

  onTestEnd({ title, location, parent, retries }: TestCase, { status, duration, retry }: TestResult): void {
    const isFailed = status === 'failed' || status === 'timedOut';
    // The last try counts.
    if (isFailed && retry < retries) return;
    const path = [title];
    for (let around: Suite | undefined = parent; around?.type === 'describe'; around = around.parent) path.unshift(around.title);
    const outcome = status === 'passed' ? 'passed' : isFailed ? 'failed' : 'skipped';
    this.#write?.({ type: 'test', file: location.file, title: path, outcome, duration: outcome === 'skipped' ? undefined : duration, line: location.line });
  }
}
