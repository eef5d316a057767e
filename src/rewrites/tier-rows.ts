/**
 * One test or group -> one body over two tiers: a small row for the fast run, and a slow row with the original values. As a table
 * where the runner has `each` and the callback takes nothing, else as a loop around the call. What has such rows gets more keys.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Node } from '../analysis/nodes.ts';
import { contains } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit, Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { needsGate, takesGate } from './gate-slow.ts';
import { addKeys, findRows } from './tier-keys.ts';
import { loopForm } from './tier-loop.ts';
import { tableForm } from './tier-table.ts';
import type { TierParameter, Titles } from './tier-text.ts';

export type { TierParameter } from './tier-text.ts';

export interface TierOptions {
  /** What new rows are called; by default `small` and `full @slow`. The second must carry the slow marker. */
  readonly titles?: Titles;
  /** Edits inside the test that belong to this: literals that become names, declarations that go. */
  readonly edits?: readonly Edit[];
  /** Names from outside that the rows shall hide in the body. */
  readonly hides?: readonly string[];
  readonly isProven?: boolean;
  readonly description: string;
}

/** `declaration` is a test or a group; where it stands in a group over rows, that group's rows get the keys. */
export function tierRows(analysis: Analysis, declaration: Declaration, parameters: readonly TierParameter[], options: TierOptions): Rewrite {
  const rows = findRows(analysis, declaration);
  const tiered = rows?.declaration ?? declaration;
  const obstacle = obstacleTo(analysis, tiered) ?? clashIn(analysis, tiered, rows ? parameters.filter(({ name }) => !rows.names.has(name)) : parameters, options);
  if (obstacle !== undefined) return refuse(obstacle);
  const titles = options.titles ?? ['small', `full ${analysis.reading.settings.marker.slow}`];
  const inner = options.edits ?? [];
  const edits = rows
    ? addKeys(analysis, rows, parameters, inner)
    : (tableForm(analysis, tiered, parameters, titles, inner) ?? loopForm(analysis, tiered, parameters, titles, inner));
  if (typeof edits === 'string') return refuse(edits);
  return {
    type: 'edits',
    edits: [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]),
    isProven: options.isProven ?? false,
    description: options.description,
  };
}

/** Why a body cannot run twice under two titles. */
function obstacleTo({ reading }: Analysis, declaration: Declaration): string | undefined {
  const { kind, callback, title, call, runner } = declaration;
  if (kind === 'hook') return 'A hook has no rows.';
  if (!callback || !contains(call, callback)) return 'The body of the test stands elsewhere.';
  if (!title) return 'The test has no title.';
  if (needsGate(runner, reading.settings) && !takesGate(declaration)) return `${runner.name} cannot leave tests out by title.`;
  let keyed: string | undefined;
  walk(callback, (node) => {
    if (node.type === 'Identifier' && /snapshot|^toHaveScreenshot$|^currentTestName$/i.test(node.name)) keyed ??= node.name;
  });
  return keyed === undefined ? undefined : `${keyed} goes by the title, or holds one result.`;
}

/** A name that the body already uses for something else. */
function clashIn({ reading }: Analysis, { callback, call }: Declaration, parameters: readonly TierParameter[], { edits = [], hides = [] }: TierOptions): string | undefined {
  if (!callback) return undefined;
  const isRemoved = (node: Node) => edits.some((edit) => contains(edit, node));
  for (const { name } of parameters) {
    const own = reading.module.scopeAt(callback.body)?.set.get(name);
    if (own && !own.defs.every((definition) => isRemoved(definition.name))) return `The test declares a ${name} of its own.`;
    if (own || hides.includes(name)) continue;
    const outer = reading.module.resolve(name, call);
    const uses = (outer?.references.map(({ identifier }) => identifier as Node) ?? reading.module.globalUses(name)).filter((use) => contains(call, use) && !isRemoved(use));
    if (uses.length > 0) return `${name} means something else in the test.`;
  }
  return undefined;
}
