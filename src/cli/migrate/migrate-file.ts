/** One file through the codemods: written, run, compared; what does not hold is taken back, byte for byte. */
import type { CodemodDefinition } from '../../host/define-codemod.ts';
import type { ProfiledTest } from '../../timing/profile.ts';
import type { Composed } from './compose.ts';
import { compose, subsetsOf } from './compose.ts';
import type { FileProof } from './prove-file.ts';
import { proveFile, summary } from './prove-file.ts';

export interface FileTask extends FileProof {
  readonly path: string;
  readonly definitions: readonly CodemodDefinition[];
  readonly update: (detail: string) => void;
}

export const FOREIGN = 'Somebody else has changed it meanwhile, so it is left as it is.';

/** `stopped`: by Ctrl-C or a signal; the file has its old bytes again and is still to be done. */
export async function migrateFile(task: FileTask): Promise<'decided' | 'stopped'> {
  const { journal, before, definitions, path, update } = task;
  const { file } = before;
  const isForeign = (): 'decided' => {
    journal.update(file, { state: 'foreign', codemods: [], reasons: [...journal.entry(file).reasons, FOREIGN] });
    return 'decided';
  };
  if (journal.restore(file) === 'foreign') return isForeign();
  const text = journal.original(file).toString('utf8');
  const reasons: string[] = [];
  for (const composed of attempts(definitions, text, path, before.tests)) {
    update(`${file}: ${composed.codemods.join(' + ')}`);
    if (!journal.write(file, composed.output)) return isForeign();
    const proof = await proveFile(task, composed.output);
    if (proof === 'stopped') {
      journal.restore(file);
      return 'stopped';
    }
    if (!journal.isOurs(file)) return isForeign();
    if (proof.problems.length === 0) {
      const { codemods, changed, left } = composed;
      journal.update(file, { state: 'kept', codemods: [...codemods], changed: [...changed], left: [...left], reasons, fastAfter: proof.fastTime });
      return 'decided';
    }
    reasons.push(`${composed.codemods.join(' + ')}: ${summary(proof.problems)}`);
  }
  if (journal.restore(file) === 'foreign') return isForeign();
  journal.update(file, { state: 'restored', codemods: [], changed: [], reasons });
  return 'decided';
}

/** The rewrites to try, the most first; those that come to the same text once. */
export function* attempts(definitions: readonly CodemodDefinition[], text: string, path: string, profiled?: readonly ProfiledTest[]): Generator<Composed> {
  const effective = compose(definitions, text, path, profiled).codemods;
  const seen = new Set([text]);
  for (const subset of subsetsOf(definitions.filter(({ name }) => effective.includes(name)))) {
    const composed = compose(subset, text, path, profiled);
    if (seen.has(composed.output)) continue;
    seen.add(composed.output);
    yield composed;
  }
}
