/** Which combinations of variants stay in the fast run, and what text tells them? */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Node } from '../analysis/nodes.ts';
import type { Axis } from '../analysis/variants.ts';
import { chosenOf, conditionFor } from './variant-condition.ts';

export interface MarkOptions {
  /** Variants that stay in the fast run; the first one otherwise. */
  readonly essential: readonly string[];
  readonly marker: string;
  /** Tests whose snapshots go by the title too; somebody has to update the snapshots then. */
  readonly renamesSnapshots: boolean;
  /** Native tags as well, where the runner needs no declaration of them. */
  readonly addsTags?: boolean;
}

/** ms that all variants of one generated test may take together in the fast run: the budget of one fast test. */
const AFFORDABLE_MS = 1_000;
/** More of them are hard to read in a title. */
const MAX_COVERED = 8;

/**
 * Of one list the essential variants; of a product every variant of every list once, where that is affordable, else the cell
 * of the essential ones. `milliseconds` is what one combination takes. Undefined when nothing tells any list apart.
 */
export function essentialCondition(analysis: Analysis, axes: readonly Axis[], essential: readonly string[], milliseconds: number | undefined, at: Node, inside: Declaration): string | undefined {
  const isChosen = axes.some(({ labels }) => labels.some((label) => essential.includes(label)));
  const cover = isChosen || milliseconds === undefined ? undefined : coverOf(analysis, axes, milliseconds, at, inside);
  if (cover !== undefined) return cover;
  // A list of which all variants stay decides nothing beside another one.
  const deciding = axes.filter((axis) => axis.values.length === 0 || chosenOf(axis, essential).length < axis.values.length);
  const conditions = (deciding.length > 0 ? deciding : axes).flatMap((axis) => conditionFor(analysis, axis, chosenOf(axis, essential), at, inside) ?? []);
  if (conditions.length === 0) return undefined;
  return conditions.length === 1 ? conditions[0] : conditions.map((text) => (text.includes(' || ') ? `(${text})` : text)).join(' && ');
}

/** The longest list decides: its second variant goes with the second of each other list, and so on; the rest with the first. */
function coverOf(analysis: Analysis, axes: readonly Axis[], milliseconds: number, at: Node, inside: Declaration): string | undefined {
  const [longest, ...others] = [...axes].sort((a, b) => b.values.length - a.values.length);
  if (!longest || others.length === 0) return undefined;
  const cells = longest.values.length;
  if (cells * milliseconds > AFFORDABLE_MS || cells > MAX_COVERED || axes.some(({ values }) => values.length < 2)) return undefined;
  const terms = others.flatMap((axis) => axis.values.slice(1).map((_value, index) => ({ axis, index: index + 1 })));
  if (terms.length > 2) return undefined;
  const texts = terms.map(({ axis, index }) => {
    const [left, right] = [conditionFor(analysis, axis, [index], at, inside), conditionFor(analysis, longest, [index], at, inside)];
    return left !== undefined && right !== undefined ? equivalence(left, right) : undefined;
  });
  return texts.includes(undefined) ? undefined : texts.join(' && ');
}

/** Both or neither: `minify === (format === 'cjs')`. */
function equivalence(left: string, right: string): string {
  const [negated, negatedRight] = [nameOf(left), nameOf(right)];
  if (negated !== undefined && negatedRight !== undefined) return `${negated} === ${negatedRight}`;
  if (negated !== undefined) return `${negated} === ${bracketed(inverse(right))}`;
  if (negatedRight !== undefined) return `${negatedRight} === ${bracketed(inverse(left))}`;
  return `${bracketed(left)} === ${bracketed(right)}`;
}

function nameOf(condition: string): string | undefined {
  return /^!([\w$.]+)$/.exec(condition)?.[1];
}

function bracketed(condition: string): string {
  return /^[\w$.]+$/.test(condition) ? condition : `(${condition})`;
}

/** The same condition the other way round. */
export function inverse(condition: string): string {
  const negated = nameOf(condition);
  if (negated !== undefined) return negated;
  if (/^[\w$.]+$/.test(condition)) return `!${condition}`;
  return / (?:\|\||&&) /.test(condition) || !condition.includes(' === ') ? `!(${condition})` : condition.replace(' === ', ' !== ');
}
