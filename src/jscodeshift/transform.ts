/**
 * The door for jscodeshift. It compiles by Babel whatever a transform requires, which takes seconds and breaks modules that are
 * published for import only, oxc-parser among them. So the work is done in a thread of its own, and waited for. `--parser` makes
 * no difference: the text is read and rewritten by us.
 */
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Request, Response, ThreadData } from './messages.ts';

interface SourceFile {
  readonly path: string;
  readonly source: string;
}

/** What a transform is given; `stats` counts in dry runs only. */
interface Api {
  readonly report: (message: string) => void;
  readonly stats: (name: string, quantity?: number) => void;
}

type Transform = (file: SourceFile, api: Api, options?: Readonly<Record<string, unknown>>) => string | undefined;

/** No file takes this long; a thread that does not answer has ended. */
const PATIENCE_MS = 60_000;

let thread: ((request: Request) => Response) | undefined;

export function transformOf(codemod: string): Transform {
  return ({ path, source }, api, options = {}) => {
    thread ??= startThread();
    const result = thread({ codemod, path, source, options: plain(options) });
    // jscodeshift counts a thrown error for this file, prints its message and goes on.
    if (result.type === 'error') throw new Error(result.message);
    if (result.type === 'no tests') return undefined;
    for (const { line, column, reason } of result.left) {
      api.report(`${line}:${column} left alone: ${reason}`);
      api.stats(`left alone: ${reason}`);
    }
    for (const { description } of result.changed) api.stats(description);
    // The same text counts as unmodified.
    return result.output ?? source;
  };
}

function startThread(): (request: Request) => Response {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const workerData: ThreadData = { port: port2, signal };
  const worker = new Worker(join(__dirname, 'jscodeshift-thread.cjs'), { workerData, transferList: [port2], execArgv: [] });
  worker.unref();
  return (request) => {
    Atomics.store(signal, 0, 0);
    port1.postMessage(request);
    Atomics.wait(signal, 0, 0, PATIENCE_MS);
    const answer = receiveMessageOnPort(port1) as { readonly message: Response } | undefined;
    if (!answer) throw new Error('The thread that rewrites has ended without an answer.');
    return answer.message;
  };
}

/** Only what can be sent to a thread: values of the command line, no functions. */
function plain(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value)));
}
