/** Runs a command once, with everything as its user has it, and reads what the runner in it measured. */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quoteWords, shellOf } from '../../timing/quote-words.ts';
import { readEvents } from '../../timing/read-events.ts';
import type { RecordedRun } from '../../timing/recorded-run.ts';
import type { Listening } from './listening.ts';
import { listeningTo } from './listening.ts';

export interface Execution {
  readonly exitCode: number;
  /** Somebody stopped it. */
  readonly isStopped: boolean;
}

export type MeasuredRun<E extends Execution = Execution> = E & {
  /** Undefined when no runner was heard. */
  readonly recorded: RecordedRun | undefined;
};

/** How the command is run: on the terminal of whoever asked, or in another way. */
export type Execute<E extends Execution = Execution> = (listening: Listening, cwd: string) => Promise<E>;

export interface Measurement {
  readonly words: readonly string[];
  readonly cwd: string;
  /** Of the project; names of files are relative to it. */
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Where what the command prints goes, when the output is for something else. */
export type PrintsTo = 'errors' | undefined;

export async function measureRun(measurement: Measurement & { readonly printsTo?: PrintsTo }): Promise<MeasuredRun> {
  return measureWith((listening, cwd) => runCommand(listening, cwd, measurement.printsTo), measurement);
}

export async function measureWith<E extends Execution>(execute: Execute<E>, { words, cwd, root, environment }: Measurement): Promise<MeasuredRun<E>> {
  const folder = mkdtempSync(join(tmpdir(), 'slow-tests-'));
  try {
    const listening = listeningTo(words, { cwd, environment, folder });
    const start = performance.now();
    const execution = await execute(listening, cwd);
    const wall = performance.now() - start;
    return { ...execution, recorded: (await listening.report?.(root, wall)) ?? readEvents(readIfThere(listening.events), root, wall) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How long a runner may take to stop, in ms, before it is told so more firmly. */
const PATIENCE = [8000, 2000] as const;

/** ms in which a runner that is told to stop by the terminal ends after the process that started it. */
const SETTLE = 300;

async function runCommand({ words, environment }: Listening, cwd: string, printsTo: PrintsTo): Promise<Execution> {
  const [program = '', ...args] = words;
  const isWindows = process.platform === 'win32';
  // With a terminal, Ctrl-C reaches all processes of its group, and only these may read from it. Without, there is a group to signal.
  const ownGroup = !isWindows && !process.stdin.isTTY;
  const options = { cwd, env: environment, stdio: printsTo === 'errors' ? ['inherit', process.stderr, 'inherit'] : 'inherit', detached: ownGroup } satisfies SpawnOptions;
  // Programs of packages are scripts of a shell there.
  const child = isWindows ? spawn(quoteWords(words, shellOf(process.platform)), { ...options, shell: true }) : spawn(program, args, options);
  let stoppedBy: (typeof STOP_SIGNALS)[number] | undefined;
  const timers: NodeJS.Timeout[] = [];
  const stop = (signal: (typeof STOP_SIGNALS)[number]): void => {
    const isFirst = stoppedBy === undefined;
    stoppedBy ??= signal;
    if (ownGroup || signal !== 'SIGINT') send(child, signal, ownGroup);
    if (!isFirst) return;
    timers.push(
      setTimeout(() => send(child, 'SIGTERM', ownGroup), PATIENCE[0]),
      setTimeout(() => send(child, 'SIGKILL', ownGroup), PATIENCE[0] + PATIENCE[1]),
    );
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  try {
    const { code, signal } = await ended(child);
    // npm does not wait for what it started, which may still be writing.
    if (stoppedBy) await groupEnded(child, ownGroup);
    const exitCode = stoppedBy ? codeOf(stoppedBy) : (code ?? codeOf(signal ?? 'SIGTERM'));
    return { exitCode, isStopped: stoppedBy !== undefined || signal !== null };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    for (const signal of STOP_SIGNALS) process.off(signal, stop);
  }
}

function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
}

/** As far as it can be known; what is there after some seconds is ended. */
async function groupEnded({ pid = 0 }: ChildProcess, ownGroup: boolean): Promise<void> {
  if (!ownGroup) return sleep(SETTLE);
  try {
    for (const end = performance.now() + PATIENCE[1]; performance.now() < end; await sleep(50)) process.kill(-pid, 0);
    process.kill(-pid, 'SIGKILL');
  } catch {
    // There is nobody left.
  }
}

function send({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals, toGroup: boolean): void {
  if (pid === undefined || (!toGroup && (exitCode !== null || signalCode !== null))) return;
  try {
    process.kill(toGroup ? -pid : pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** As shells say it: 130 for Ctrl-C. */
function codeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
