/** Numbers of a test that multiply to another one, as dimensions do to the length of their data: they still must at the small sizes. */
import type { SourceModule } from '../analysis/module.ts';
import type { Node } from '../analysis/nodes.ts';
import { contains, isCall, unwrap } from '../analysis/nodes.ts';
import { evaluate } from '../analysis/static-value.ts';
import { numberOf } from '../analysis/value.ts';
import { walk } from '../analysis/walk.ts';
import { LARGE } from './size-targets.ts';
import type { SizeVariable, UnitReading } from './size-variables.ts';

export interface Resized {
  readonly changed: readonly SizeVariable[];
  readonly target: (old: number) => number;
  /** Literals that become names. */
  readonly followed: ReadonlySet<Node>;
}

/** A number, and what it is in the fast run. */
interface Resizing {
  readonly node: Node;
  readonly before: number;
  readonly after: number;
}

/** From here on, that a number equals a product is no chance. */
const LEAST = 1_024;

/** What no longer gives what it did, as a reason why the sizes cannot change. */
export interface Broken {
  readonly node: Node;
  readonly reason: string;
}

export function brokenFactor(module: SourceModule, unit: UnitReading, resized: Resized): Broken | undefined {
  return brokenProduct(module, unit, resized) ?? brokenTerm(module, unit, resized);
}

/** Factors that no longer give their product. */
function brokenProduct(module: SourceModule, { scan, bodies, holders }: UnitReading, resized: Resized): Broken | undefined {
  const values = resized.changed.flatMap(({ constants }) => constants.map(({ value }) => value));
  const isValue = (node: Node): boolean => values.some((value) => contains(value, node));
  const totals = totalsOf(scan.numbers.filter((literal) => !isValue(literal)), resized);
  if (totals.length === 0) return undefined;
  for (const body of [...bodies, ...holders]) {
    for (const group of groupsIn(body)) {
      const numbers = group.map((node) => (isValue(node) ? undefined : resizing(module, node, resized)));
      for (const { node, before, after } of totals) {
        const factors = factorsOf(before, numbers).filter((run) => !run.some((factor) => contains(factor.node, node)));
        const broken = factors.find((run) => run.reduce((product, factor) => product * factor.after, 1) !== after);
        if (broken?.[0]) return { node: broken[0].node, reason: `${before} is ${broken.map((factor) => factor.before).join(' × ')} too` };
      }
    }
  }
  return undefined;
}

/** What is reckoned with a size and was another size, and will not be it any longer: `batch * 2` beside a length of twice the batch. */
function brokenTerm(module: SourceModule, { bodies }: UnitReading, resized: Resized): Broken | undefined {
  const { changed, target } = resized;
  if (changed.length < 2) return undefined;
  for (const body of bodies) {
    for (const node of termsIn(body)) {
      const term = resizing(module, node, resized);
      if (!term || term.before === term.after || term.before < LARGE || !changed.some(({ old }) => old === term.before)) continue;
      if (term.after !== target(term.before)) return { node, reason: `${module.file.text.slice(...node.range)} is ${term.before} too` };
    }
  }
  return undefined;
}

/** The outermost ones. */
function termsIn(body: Node): Node[] {
  const terms: Node[] = [];
  walk(body, (node) => {
    if (node.type === 'BinaryExpression' && /^[-+*/]$/.test(node.operator) && node.parent?.type !== 'BinaryExpression') terms.push(node);
  });
  return terms;
}

/** Large numbers as they were and as they will be, each once. */
function totalsOf(literals: readonly Node[], { changed, target, followed }: Resized): Resizing[] {
  const totals = new Map<string, Resizing>();
  const add = (total: Resizing) => totals.set(`${total.before} ${total.after}`, total);
  for (const { old, constants } of changed) if (old >= LEAST) for (const { value } of constants) add({ node: value, before: old, after: target(old) });
  for (const node of literals) {
    if (node.type !== 'Literal' || typeof node.value !== 'number' || node.value < LEAST) continue;
    const isSize = changed.some(({ old }) => old === node.value);
    // Another text than a name takes the place of the others that are followed.
    if (followed.has(node) && !isSize) continue;
    add({ node, before: node.value, after: followed.has(node) ? target(node.value) : node.value });
  }
  return [...totals.values()];
}

/** Items of an array, arguments, values of an object, constants of a block, bounds of nested loops. */
function groupsIn(body: Node): (readonly Node[])[] {
  const groups: (readonly Node[])[] = [];
  walk(body, (node) => {
    if (node.type === 'ArrayExpression') groups.push(node.elements.flatMap((element) => element ?? []));
    else if (isCall(node)) groups.push(node.arguments);
    else if (node.type === 'ObjectExpression') groups.push(node.properties.flatMap((property) => (property.type === 'Property' ? [property.value] : [])));
    else if (node.type === 'BlockStatement') groups.push(node.body.flatMap((statement) => (statement.type === 'VariableDeclaration' ? statement.declarations.flatMap(({ init }) => init ?? []) : [])));
    else if (node.type === 'ForStatement') groups.push(boundsOf(node));
  });
  return groups.filter(({ length }) => length > 1);
}

function boundsOf(loop: Node): Node[] {
  const bounds: Node[] = [];
  walk(loop, (node) => {
    const test = node.type === 'ForStatement' && node.test ? unwrap(node.test) : undefined;
    if (test?.type === 'BinaryExpression') bounds.push(test.right);
  });
  return bounds;
}

/** Neighbours among the numbers, two or more of them larger than 1, that multiply to the total. */
function factorsOf(total: number, numbers: readonly (Resizing | undefined)[]): (readonly Resizing[])[] {
  const found: (readonly Resizing[])[] = [];
  for (let start = 0; start < numbers.length; start++) {
    const run: Resizing[] = [];
    let product = 1;
    for (const number of numbers.slice(start)) {
      if (!number || number.before < 1 || product > total) break;
      run.push(number);
      product *= number.before;
      if (product === total && run.filter(({ before }) => before > 1).length > 1) found.push([...run]);
    }
  }
  return found;
}

function resizing(module: SourceModule, node: Node, resized: Resized): Resizing | undefined {
  const inner = unwrap(node);
  const before = numberOf(evaluate(module, inner));
  if (before === undefined) return undefined;
  return { node: inner, before, after: after(module, inner, before, resized) };
}

function after(module: SourceModule, node: Node, before: number, resized: Resized): number {
  const { changed, target, followed } = resized;
  if (node.type === 'Literal') return followed.has(node) ? target(before) : before;
  if (node.type === 'Identifier') return changed.some(({ old, constants }) => old === before && constants.some(({ name }) => name === node.name)) ? target(before) : before;
  if (node.type !== 'BinaryExpression' || node.left.type === 'PrivateIdentifier') return before;
  const left = resizing(module, node.left, resized)?.after ?? Number.NaN;
  const right = resizing(module, node.right, resized)?.after ?? Number.NaN;
  return node.operator === '*' ? left * right : node.operator === '/' ? left / right : node.operator === '+' ? left + right : node.operator === '-' ? left - right : before;
}
