/**
 * Runs a codemod on one text: analyses it, applies the planned changes that do not touch each other, and looks again, until
 * nothing changes; so a second run has nothing to do. The text is rewritten wholly or not at all.
 */
import { extname } from 'node:path';
import { analyzeFile } from '../analysis/analyze.ts';
import { parseText } from '../analysis/parse.ts';
import { mayHoldTests } from '../analysis/test-words.ts';
import type { Settings } from '../analysis/settings.ts';
import type { ProfiledTest } from '../timing/profile.ts';
import type { Edit } from '../rewrites/edit.ts';
import type { ChangeOwner } from './change-owner.ts';
import { ownerOf } from './change-owner.ts';
import type { CodemodDefinition, PlanInput, PlannedChange } from './define-codemod.ts';
import type { Measured, MeasuredVariant } from './measured.ts';
import { measuredBy, measuredIn } from './measured.ts';
import type { OptionValue } from './options.ts';

export interface CodemodInput {
  readonly text: string;
  readonly path: string;
}

export interface CodemodContext {
  readonly settings: Settings;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** The folder that file patterns of the settings are relative to. */
  readonly root?: string | undefined;
  /** What was just measured of the file's tests; without it, what the project has recorded. */
  readonly profiled?: readonly ProfiledTest[] | undefined;
  /** Changes that are not wanted are left out without a word. */
  readonly isWanted?: ((owner: ChangeOwner) => boolean) | undefined;
  /** Which variants stay in the fast run, where their tests were measured; undefined for the usual choice. */
  readonly chooseVariants?: ChooseVariants | undefined;
}

export type ChooseVariants = (variants: readonly MeasuredVariant[]) => readonly string[] | undefined;

export interface Changed {
  readonly line: number;
  readonly description: string;
  /** Where somebody asks whether it is wanted. */
  readonly owner?: ChangeOwner;
}

/** A finding that stays as it is; lines and columns count from 1, in the text that comes out. */
export interface Left {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

export type CodemodResult =
  /** `output` is undefined when nothing changes. */
  | { readonly type: 'done'; readonly output: string | undefined; readonly changed: readonly Changed[]; readonly left: readonly Left[] }
  | { readonly type: 'no tests' }
  /** The text cannot be read, or a rewrite would have spoilt it; it stays as it is either way. */
  | { readonly type: 'error'; readonly cause: 'text' | 'rewrite'; readonly message: string };

/** What the parser tells apart; components of Vue and Svelte hold more than a script. */
export const EXTENSIONS: readonly string[] = ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'];
/** A rewrite may make room for another one, which then makes room for a third; more than that is a circle. */
const MAX_PASSES = 10;
const BOM = '\uFEFF';

export function applyCodemod(definition: CodemodDefinition, { text: given, path }: CodemodInput, context: CodemodContext): CodemodResult {
  if (!EXTENSIONS.includes(extname(path).slice(1))) {
    return { type: 'error', cause: 'text', message: `cannot be read: only ${EXTENSIONS.map((extension) => `.${extension}`).join(', ')} can` };
  }
  const bom = given.startsWith(BOM) ? BOM : '';
  const original = given.slice(bom.length);
  if (!mayHoldTests(original)) return { type: 'no tests' };
  const changed: Changed[] = [];
  let current = original;
  for (let pass = 0; pass <= MAX_PASSES; pass++) {
    const parsed = parseText(current, path);
    if (parsed.type === 'error') {
      const place = placesIn(current)(parsed.offset);
      const cause = current === original ? 'text' : 'rewrite';
      const what = cause === 'text' ? 'cannot be parsed' : 'would not parse after the rewrite, so it stays as it is';
      return { type: 'error', cause, message: `${what}: ${parsed.message} (${place.line}:${place.column})` };
    }
    const analysis = analyzeFile(parsed.file, context.settings, context.root);
    if (!analysis) return current === original ? { type: 'no tests' } : { type: 'error', cause: 'rewrite', message: 'no test would be left after the rewrite, so it stays as it is' };
    const text = current;
    const asked = (): Measured => (context.profiled ? measuredBy(analysis, context.settings, context.profiled) : measuredIn(analysis, context.settings, context.root ?? process.cwd()));
    const essentialOf: PlanInput['measured']['essentialOf'] = (loop, wished) => {
      const variants = context.chooseVariants && asked().variantsOf(loop, wished);
      return (variants && context.chooseVariants?.(variants)) ?? asked().essentialOf(loop, wished);
    };
    const measured: PlanInput['measured'] = { verdictOn: (tests) => asked().verdictOn(tests), areQuick: (tests) => asked().areQuick(tests), essentialOf };
    const planned = definition.plan({ analysis, settings: context.settings, options: context.options, measured }).map((change) => unlessMinified(text, change));
    const { isWanted } = context;
    const owned = new Map(isWanted ? planned.map((change) => [change, ownerOf(analysis, change.range)]) : []);
    const isLeftOut = (change: PlannedChange): boolean => {
      const owner = owned.get(change);
      return owner !== undefined && isWanted?.(owner) === false;
    };
    const accepted = withoutConflicts(planned.filter((change) => !isLeftOut(change)));
    const next = applyEdits(current, accepted.flatMap(({ edits }) => edits));
    if (next === current) {
      return { type: 'done', output: current === original ? undefined : bom + current, changed, left: leftOf(current, planned) };
    }
    const placeOf = placesIn(current);
    changed.push(
      ...accepted.map(({ change, description }) => {
        const owner = owned.get(change);
        return { line: placeOf(change.range[0]).line, description, ...(owner ? { owner } : {}) };
      }),
    );
    current = next;
  }
  return { type: 'error', cause: 'rewrite', message: `still changes after ${MAX_PASSES} passes, so it stays as it is` };
}

/** Nobody writes such lines by hand, nor would read what became of them. */
const MAX_LINE = 1_000;

function unlessMinified(text: string, change: PlannedChange): PlannedChange {
  if (change.rewrite.type !== 'edits' || !change.rewrite.edits.some(({ range }) => lineLength(text, range[0]) > MAX_LINE)) return change;
  return { range: change.range, rewrite: { type: 'refusal', reason: 'The code looks minified.' } };
}

function lineLength(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return (end === -1 ? text.length : end) - (text.lastIndexOf('\n', offset - 1) + 1);
}

interface Accepted {
  readonly change: PlannedChange;
  readonly edits: readonly Edit[];
  readonly description: string;
}

/** Each change is taken whole or waits for the next pass. Insertions at one place are in each other's way too. */
function withoutConflicts(planned: readonly PlannedChange[]): Accepted[] {
  const taken: Edit[] = [];
  return planned.flatMap((change) => {
    const { rewrite } = change;
    if (rewrite.type !== 'edits' || rewrite.edits.some((edit) => taken.some((other) => touch(edit, other)))) return [];
    taken.push(...rewrite.edits);
    return [{ change, edits: rewrite.edits, description: rewrite.description }];
  });
}

function touch(a: Edit, b: Edit): boolean {
  return a.range[0] <= b.range[1] && b.range[0] <= a.range[1];
}

/** Edits in offsets of the text, in any order; they may not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])) {
    if (edit.range[0] < at) throw new RangeError(`An edit at ${edit.range[0]} overlaps the one before it, which ends at ${at}.`);
    result += text.slice(at, edit.range[0]) + edit.text;
    at = edit.range[1];
  }
  return result + text.slice(at);
}

function leftOf(text: string, planned: readonly PlannedChange[]): Left[] {
  const placeOf = placesIn(text);
  return planned.flatMap(({ range, rewrite }) => (rewrite.type === 'refusal' ? [{ ...placeOf(range[0]), reason: rewrite.reason }] : []));
}

/** Many are asked for of one text. */
function placesIn(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0, ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map(({ 0: end, index }) => index + end.length)];
  return (offset) => {
    let low = 0;
    for (let high = starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
