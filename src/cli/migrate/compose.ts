/** What do several codemods make of one text, one after the other, and which of them could be left out? */
import type { Changed, Left } from '../../host/apply-codemod.ts';
import { applyCodemod } from '../../host/apply-codemod.ts';
import type { CodemodDefinition } from '../../host/define-codemod.ts';
import { defaultsOf } from '../../host/options.ts';
import { projectSettings } from '../../host/project-settings.ts';
import type { ProfiledTest } from '../../timing/profile.ts';

export interface Composed {
  /** Those that changed something. */
  readonly codemods: readonly string[];
  readonly output: string;
  readonly changed: readonly (Changed & { readonly codemod: string })[];
  readonly left: readonly (Left & { readonly codemod: string })[];
  /** Codemods that could not be run on it, with the reason. */
  readonly errors: readonly string[];
}

/** Tests that were measured far under their budget are left alone. */
export function compose(definitions: readonly CodemodDefinition[], text: string, path: string, profiled?: readonly ProfiledTest[]): Composed {
  const { settings, root } = projectSettings(path);
  let output = text;
  const codemods: string[] = [];
  const changed: (Changed & { readonly codemod: string })[] = [];
  const left: (Left & { readonly codemod: string })[] = [];
  const errors: string[] = [];
  for (const definition of definitions) {
    const codemod = definition.name;
    const result = applyCodemod(definition, { text: output, path }, { settings, root, options: defaultsOf(definition.options), profiled });
    if (result.type === 'error') errors.push(`${codemod}: ${result.message}`);
    if (result.type !== 'done') continue;
    left.push(...result.left.map((item) => ({ ...item, codemod })));
    if (result.output === undefined) continue;
    output = result.output;
    codemods.push(codemod);
    changed.push(...result.changed.map((item) => ({ ...item, codemod })));
  }
  return { codemods, output, changed, left, errors };
}

/** All of them, then without the last, without the one before …, down to each alone: what is tried until the proofs hold. */
export function subsetsOf<T>(items: readonly T[]): T[][] {
  const subsets = Array.from({ length: 2 ** items.length - 1 }, (_, index) => {
    // The first item is the highest bit, so that a higher number keeps earlier ones.
    const bits = 2 ** items.length - 1 - index;
    return { bits, subset: items.filter((_item, place) => (bits & (2 ** (items.length - 1 - place))) > 0) };
  });
  return subsets.sort((a, b) => b.subset.length - a.subset.length || b.bits - a.bits).map(({ subset }) => subset);
}
