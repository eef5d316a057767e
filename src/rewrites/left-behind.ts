/**
 * Does a test leave something behind that tests outside it take up? `results.set(name, …)` in one, `results.get(name)` in the
 * next: without the first one, the next one fails.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Variable } from '../analysis/module.ts';
import type { Node } from '../analysis/nodes.ts';
import { chainRoot, contains, isCall, outerUse, staticName } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';

const CHANGES = /^(?:set|add|push|unshift|append|insert|register|store|put|write|save|delete|clear|pop|shift|splice)$/;

/** The name of what a declaration leaves behind for a test that is not marked with it. */
export function findLeftBehind(analysis: Analysis, { call }: Declaration, marked: readonly Declaration[]): string | undefined {
  const given = findGivenBack(analysis, call);
  if (given !== undefined) return given;
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

/**
 * `module.exports = (state) => { it('starts', () => start(state)); }`: what others gave is changed, or handed on by a test that looks at
 * nothing, and the tests that take it up may stand in other files.
 */
function findGivenBack({ reading }: Analysis, test: Node): string | undefined {
  const { module } = reading;
  let isChecking = false;
  const handed: Node[] = [];
  const changed: Node[] = [];
  walk(test, (node) => {
    if (node.type === 'Identifier' && isChange(node)) changed.push(node);
    if (!isCall(node) || node === test) return;
    handed.push(...node.arguments.map((argument) => chainRoot(argument)));
    const root = chainRoot(node.callee);
    if (root.type === 'Identifier' && /^(?:expect\w*|assert\w*|should|t)$/.test(root.name)) isChecking = true;
  });
  const found = [...changed, ...(isChecking ? [] : handed)].find((node) => {
    const definition = node.type === 'Identifier' ? module.variableOf(node)?.defs[0] : undefined;
    if (definition?.type !== 'Parameter' || contains(test, definition.node)) return false;
    return isForOthers(definition.node);
  });
  return found?.type === 'Identifier' ? found.name : undefined;
}

/** `module.exports = (state) => {}`, `export function steps(state) {}`. */
function isForOthers(node: Node): boolean {
  const { parent } = outerUse(node);
  if (parent?.type === 'AssignmentExpression') return chainRoot(parent.left).type === 'Identifier' && /^(?:module\.)?exports\b/.test(pathText(parent.left));
  return parent?.type === 'ExportDefaultDeclaration' || parent?.type === 'ExportNamedDeclaration' || (parent?.type === 'VariableDeclarator' && parent.parent.parent.type === 'ExportNamedDeclaration');
}

function pathText(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? `${pathText(node.object)}.${staticName(node) ?? ''}` : '';
}

/** The name of what a second run of a test would find as the first one left it: `calls++` outside, and `calls` is compared with 1. */
export function findCarriedOver(analysis: Analysis, { call }: Declaration): string | undefined {
  const changed = changedOutside(analysis, call);
  if (changed.size === 0) return undefined;
  const hooks = analysis.reading.declarations.filter(({ hook }) => hook === 'beforeEach');
  for (const variable of changed) {
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
