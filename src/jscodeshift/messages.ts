/** What jscodeshift's side and the thread say to each other. */
import type { CodemodResult } from '../host/apply-codemod.ts';

export interface Request {
  readonly codemod: string;
  readonly path: string;
  readonly source: string;
  /** Everything that stands on jscodeshift's command line. */
  readonly options: Readonly<Record<string, unknown>>;
}

export type Response = CodemodResult;

/** What the thread is started with: `signal` holds 1 when a response is there. */
export interface ThreadData {
  readonly port: import('node:worker_threads').MessagePort;
  readonly signal: Int32Array;
}
