/** What do several codemods make of one text, one after the other, all of them or only their changes of some tests? */
import type { Changed, ChooseVariants, Left } from '../../host/apply-codemod.ts';
import { applyCodemod } from '../../host/apply-codemod.ts';
import type { ChangeOwner } from '../../host/change-owner.ts';
import type { CodemodDefinition } from '../../host/define-codemod.ts';
import { defaultsOf } from '../../host/options.ts';
import { projectSettings } from '../../host/project-settings.ts';
import type { ProfiledTest } from '../../timing/profile.ts';
import type { Grown } from './fit-sizes.ts';

export interface Composed {
  /** Those that changed something. */
  readonly codemods: readonly string[];
  readonly output: string;
  readonly changed: readonly (Changed & { readonly codemod: string })[];
  readonly left: readonly (Left & { readonly codemod: string })[];
  /** Codemods that could not be run on it, with the reason. */
  readonly errors: readonly string[];
}

export interface Choice {
  /** Changes that are not wanted are left out. */
  readonly isWanted?: (codemod: string, owner: ChangeOwner) => boolean;
  readonly grown?: readonly Grown[];
  readonly chooseVariants?: ChooseVariants | undefined;
}

/** Tests that were measured far under their budget are left alone. */
export function compose(definitions: readonly CodemodDefinition[], text: string, path: string, profiled?: readonly ProfiledTest[], { isWanted = () => true, grown = [], chooseVariants }: Choice = {}): Composed {
  const { settings, root } = projectSettings(path);
  let output = text;
  const codemods: string[] = [];
  const changed: (Changed & { readonly codemod: string })[] = [];
  const left: (Left & { readonly codemod: string })[] = [];
  const errors: string[] = [];
  const isGrown = (owner: ChangeOwner): boolean => grown.some(({ isFor }) => isFor(owner));
  const rounds = [...grown.map(({ sizes, isFor }) => ({ settings: { ...settings, sizes }, isFor })), { settings, isFor: (owner: ChangeOwner) => !isGrown(owner) }];
  for (const definition of definitions) {
    const codemod = definition.name;
    for (const [index, round] of rounds.entries()) {
      const result = applyCodemod(definition, { text: output, path }, { settings: round.settings, root, options: defaultsOf(definition.options), profiled, isWanted: (owner) => isWanted(codemod, owner) && round.isFor(owner), chooseVariants });
      if (result.type === 'error') errors.push(`${codemod}: ${result.message}`);
      if (result.type !== 'done') continue;
      // Each round says of all tests why they stay.
      if (index === rounds.length - 1) left.push(...result.left.map((item) => ({ ...item, codemod })));
      if (result.output === undefined) continue;
      output = result.output;
      if (codemods.at(-1) !== codemod) codemods.push(codemod);
      changed.push(...result.changed.map((item) => ({ ...item, codemod })));
    }
  }
  return { codemods, output, changed, left, errors };
}
