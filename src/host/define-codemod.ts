/** What a codemod is, as a value: options, and the planned changes of one analysed file. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Range } from '../analysis/nodes.ts';
import type { Settings } from '../analysis/settings.ts';
import type { Rewrite } from '../rewrites/edit.ts';
import type { Measured } from './measured.ts';
import type { Option, OptionsOf } from './options.ts';

export interface PlannedChange {
  /** Where to report. */
  readonly range: Range;
  readonly rewrite: Rewrite;
}

export interface PlanInput<O extends Record<string, Option> = Record<string, Option>> {
  readonly analysis: Analysis;
  readonly settings: Settings;
  readonly options: OptionsOf<O>;
  /** What a profile says about the tests of this file; it is read when something is asked. */
  readonly measured: Pick<Measured, 'verdictOn' | 'areQuick' | 'essentialOf'>;
}

export interface CodemodDefinition<O extends Record<string, Option> = Record<string, Option>> {
  readonly name: string;
  /** One sentence, as the command's help shows it. */
  readonly description: string;
  readonly options: O;
  /** Every finding of the file, with its rewrite, or the reason why it stays. Earlier entries win when edits overlap. */
  plan(input: PlanInput<O>): readonly PlannedChange[];
}

/** Infers what the options hold; whoever runs a codemod need not know. */
export function defineCodemod<const O extends Record<string, Option>>(definition: CodemodDefinition<O>): CodemodDefinition {
  return definition as unknown as CodemodDefinition;
}
