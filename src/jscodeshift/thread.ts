/** The thread that rewrites for jscodeshift: one request after the other, each answered. */
import { readFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { allCodemods } from '../../codemods/all.ts';
import { applyCodemod } from '../host/apply-codemod.ts';
import { textOfBytes } from '../host/file-text.ts';
import { readOptions } from '../host/options.ts';
import { projectSettings } from '../host/project-settings.ts';
import type { Request, Response, ThreadData } from './messages.ts';

const { port, signal } = workerData as ThreadData;

port.on('message', (request: Request) => {
  port.postMessage(answer(request));
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});

function answer({ codemod, path, source, options }: Request): Response {
  try {
    const definition = allCodemods.find(({ name }) => name === codemod);
    if (!definition) return { type: 'error', cause: 'text', message: `there is no codemod ${codemod}` };
    // jscodeshift has read the file as UTF-8, whatever it is.
    if (source.includes('\uFFFD') && textOfBytes(readFileSync(path)) === undefined) return { type: 'error', cause: 'text', message: 'is not UTF-8' };
    const { settings, root } = projectSettings(path);
    return applyCodemod(definition, { text: source, path }, { settings, root, options: readOptions(definition.options, options) });
  } catch (error) {
    return { type: 'error', cause: 'text', message: error instanceof Error ? error.message : String(error) };
  }
}
