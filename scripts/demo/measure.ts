/** Runs the tests of a folder with Vitest and measures them. */

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FINISHED } from './progress-reporter.ts';
import { readTestReport, type TestReport } from './test-report.ts';

/** Which tests to run: those without the marker, or those with it. */
export type Run = 'fast' | 'slow';

export interface Measurement {
  readonly report: TestReport;
  /** Of the whole command, from its start to its end. */
  readonly seconds: number;
}

const TITLES: Record<Run, string> = { fast: '^(?!.*@slow)', slow: '@slow' };
const REPORTER = fileURLToPath(new URL('progress-reporter.ts', import.meta.url));

export interface MeasureOptions {
  /** Leave out what comes after the first failing test. */
  readonly bail?: boolean;
  /** Ends Vitest when it is aborted. */
  readonly signal?: AbortSignal;
}

/** Throws an Error with the end of the output when Vitest gives no report. */
export async function measure(folder: string, run: Run, onTest: (finished: number) => void, { bail = false, signal }: MeasureOptions = {}): Promise<Measurement> {
  const reportFolder = await mkdtemp(path.join(tmpdir(), 'slow-tests-report-'));
  const reportFile = path.join(reportFolder, 'report.json');
  const vitest = path.join(folder, 'node_modules', 'vitest', 'vitest.mjs');
  const options = ['run', '-t', TITLES[run], `--reporter=${REPORTER}`, '--reporter=json', `--outputFile=${reportFile}`, ...(bail ? ['--bail=1'] : [])];
  try {
    const start = performance.now();
    const output = await runNode([vitest, ...options], folder, onTest, signal);
    const seconds = (performance.now() - start) / 1000;
    const json = await readFile(reportFile, 'utf8').catch(() => {
      throw new Error(`Vitest gave no report for ${folder}:\n${output.slice(-2000)}`);
    });
    return { report: readTestReport(json, folder), seconds };
  } finally {
    await rm(reportFolder, { recursive: true, force: true });
  }
}

function runNode(parameters: readonly string[], folder: string, onTest: (finished: number) => void, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' }, signal });
    let output = '';
    let rest = '';
    let finished = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith(FINISHED)) onTest(++finished);
        else output += `${line}\n`;
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', () => {
      resolve(output + rest);
    });
  });
}
