/** Times of one tool over all texts, warm; and of the command from a fresh process. */
import { spawnSync } from 'node:child_process';
import type { Source, Work } from './peers.ts';

export interface Times {
  readonly name: string;
  /** ms per file of the fastest pass: others differ by what else the machine was doing. */
  readonly best: number;
  readonly passes: readonly number[];
  /** Files that it could not read; their time counts. */
  readonly failed: number;
}

/** The passes of all tools take turns, so that what else the machine does hits all alike. The first one warms up. */
export function timeAll(tools: Readonly<Record<string, Work>>, sources: readonly Source[], passes: number): Times[] {
  const times = Object.keys(tools).map((name) => ({ name, passes: [] as number[], failed: 0 }));
  for (let pass = 0; pass <= passes; pass++) {
    for (const entry of times) {
      const work = tools[entry.name];
      if (!work) continue;
      const start = performance.now();
      entry.failed = sources.filter((source) => !succeeds(work, source)).length;
      if (pass > 0) entry.passes.push((performance.now() - start) / sources.length);
    }
  }
  return times.map((entry) => ({ ...entry, best: Math.min(...entry.passes) }));
}

function succeeds(work: Work, source: Source): boolean {
  try {
    work(source);
    return true;
  } catch {
    return false;
  }
}

/** ms of a fresh process; the median of several. */
export function timeProcess(args: readonly string[], cwd: string, runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${String(status)}: ${stderr}`);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? NaN;
}
