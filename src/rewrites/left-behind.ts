/**
 * Does a test leave something behind that tests outside it take up? `results.set(name, …)` in one, `results.get(name)` in the
 * next: without the first one, the next one fails.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Variable } from '../analysis/module.ts';
import type { Node } from '../analysis/nodes.ts';
import { contains, isCall, staticName } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';

const CHANGES = /^(?:set|add|push|unshift|append|insert|register|store|put|write|save|delete|clear|pop|shift|splice)$/;

/** The name of what a declaration leaves behind for a test that is not marked with it. */
export function findLeftBehind(analysis: Analysis, { call }: Declaration, marked: readonly Declaration[]): string | undefined {
  const { declarations } = analysis.reading;
  const isMarked = (node: Node) => marked.some((other) => contains(other.call, node));
  const changed = changedOutside(analysis, call);
  if (changed.size === 0) return undefined;
  const others = declarations.filter((other) => other.kind === 'test' && !isMarked(other.call));
  const hooks = declarations.filter(({ hook }) => hook === 'beforeEach');
  for (const variable of changed) {
    const uses = variable.references.map(({ identifier }) => identifier as Node).sort((a, b) => a.range[0] - b.range[0]);
    // Made anew for each test.
    if (hooks.some((hook) => uses.some((use) => contains(hook.call, use) && isAssigned(use)))) continue;
    const isTaken = others.some((other) => {
      const first = uses.find((use) => contains(other.call, use));
      return first !== undefined && !isAssigned(first);
    });
    if (isTaken) return variable.name;
  }
  return undefined;
}

/** The name of what a second run of a test would find as the first one left it: `calls++` outside, and `calls` is compared with 1. */
export function findCarriedOver(analysis: Analysis, { call }: Declaration): string | undefined {
  const hooks = analysis.reading.declarations.filter(({ hook }) => hook === 'beforeEach');
  for (const variable of changedOutside(analysis, call)) {
    const uses = variable.references.map(({ identifier }) => identifier as Node).sort((a, b) => a.range[0] - b.range[0]);
    const first = uses.find((use) => contains(call, use));
    const isMadeAnew = hooks.some((hook) => uses.some((use) => contains(hook.call, use) && isAssigned(use)));
    if (!isMadeAnew && first && !isAssigned(first)) return variable.name;
  }
  return undefined;
}

/** Variables from outside a test that the test changes. */
export function changedOutside({ reading }: Analysis, test: Node): ReadonlySet<Variable> {
  const changed = new Set<Variable>();
  walk(test, (node) => {
    const variable = node.type === 'Identifier' && isChange(node) ? reading.module.variableOf(node) : undefined;
    if (variable?.defs[0]?.type === 'Variable' && !contains(test, variable.defs[0].name)) changed.add(variable);
  });
  return changed;
}

function isAssigned(node: Node): boolean {
  return node.parent?.type === 'AssignmentExpression' && node.parent.left === node && node.parent.operator === '=';
}

/** Written, or something in it is. */
function isChange(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'AssignmentExpression') return parent.left === node;
  if (parent?.type === 'UpdateExpression') return true;
  if (parent?.type !== 'MemberExpression' || parent.object !== node) return false;
  const outer = parent.parent;
  if (outer.type === 'AssignmentExpression' || outer.type === 'UpdateExpression') return outer.type === 'UpdateExpression' || outer.left === parent;
  return isCall(outer) && outer.callee === parent && CHANGES.test(staticName(parent) ?? '');
}
