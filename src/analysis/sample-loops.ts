/** Counted loops that draw or collect samples one by one, or call something very often: `for (let i = 0; i < 10000; i++) samples.push(rng())`. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceModule, Variable } from './module.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { calleeName, contains, enclosingFunction, isFunction, outerUse, unwrap } from './nodes.ts';
import type { Reading } from './reading.ts';
import type { Dimension, SizeSite } from './size-roles.ts';
import { dimensionOf, measure } from './size-roles.ts';
import type { Bindings } from './value.ts';
import { evaluate } from './static-value.ts';
import { numberOf } from './value.ts';

export const DRAWS = /\bMath\.random\b|\brandom\.\w+\s*\(|(?<![A-Za-z])(?:rand(?:om|n|int)?|gauss(?:ian)?|normal|sample|draw|choice|pick|next(?:Value|Int|Float|Double|Gaussian)?|rng|prng)\w*\s*\(/i;
/** `buffer[i] = Math.random()`: data, not samples of anything. */
const FILLS = /\b(\w+)\[\w+\]\s*=[^=]/;
/** `sum += draw()`, `const v = draw(0, 1); sum += v`: an average of draws, whatever they are called. */
const SUMS = /\b(?:sum|total|mean)\w*\s*\+=\s*[\w.]+\(\s*\)|\b(\w+)\s*=\s*[\w.]+\([^()]*\)[^]*\b(?:sum|total|mean)\w*\s*\+=\s*\1\b/;
/** `a[i] = Field.e(i + 1)`, where `a` is a plain array: a thing made by a call for each item. */
const MAKES_EACH = /\b(\w+)\[(\w+)\]\s*=\s*(?:await\s+)?(?!(?:Math|Number|BigInt|String|parse\w+)\b)[\w.]+\([^()]*\b\2\b/;
/** `word += letters[random()]` */
const APPENDS = /(?<![\w$.])(\w+)\s*\+=[^=]/;
const COLLECTS = /(?<!=\s*[\w.]*)\.(?:push|add|insert|update|unshift)\s*\(/;
/** `tree.add(item)`; `x = mx.add(x, y)` is arithmetic. */
const GIVES_ONE = /(?<!=\s*[\w.]*)\.(?:add|insert|update)\s*\(/;

export function sampleLoops(reading: Reading): SizeSite[] {
  const { module } = reading;
  const sites: SizeSite[] = [];
  const { text } = module.file;
  if (!text.includes('for (') && !text.includes('for(')) return sites;
  for (const loop of countedLoops(module)) {
    const bound = loop.test && unwrap(loop.test);
    if (bound?.type !== 'BinaryExpression' || !/^<=?$/.test(bound.operator) || !countsByOne(loop.update)) continue;
    const [start, end] = loop.body.range;
    const body = text.slice(start, end);
    // One that may end early draws as many as it needs.
    if (/\bbreak\b/.test(body)) continue;
    const filled = FILLS.exec(body)?.[1];
    const fills = filled !== undefined;
    // An array that is as long from the start is a size of its own.
    if (fills && new RegExp(`(?<![\\w$.])${filled}\\s*=\\s*new (?:\\w+Array|Array)\\(`).test(text)) continue;
    // So many random letters are one long word.
    const word = APPENDS.exec(body)?.[1];
    if (word !== undefined && new RegExp(`\\b${word}\\s*(?::\\s*string\\s*)?=\\s*['"\`]`).test(text)) continue;
    const draws = !fills && (DRAWS.test(body) || SUMS.test(body));
    // An array keeps what it is given; what a sketch or a tree makes of it, nobody says.
    const givesOne = !draws && GIVES_ONE.test(body);
    const mayCall = !draws && mayBeMany(bound.right) && body.includes('(');
    const keeps = (fills && (DRAWS.test(body) || MAKES_EACH.test(body))) || COLLECTS.test(body);
    if (!draws && !keeps && !mayCall) continue;
    sites.push({
      node: loop,
      callee: 'a loop',
      makes: mayCall && (!keeps || givesOne) ? 'rounds' : givesOne ? 'unknown' : undefined,
      measure(bindings) {
        const value = evaluate(module, bound.right, bindings);
        const count = value && dimensionOf(value);
        if (!count) return undefined;
        if (mayCall && count.value >= MANY_QUESTIONS && count.value >= fewestRounds(reading, loop.body, body)) {
          const fromZero = bound.operator === '<=' && firstValue(module, loop, bindings) === 0;
          const rounds = fromZero ? { ...count, value: count.value + 1 } : count;
          return measure('samples', [rounds], 1, [], rounds);
        }
        if (!draws && !keeps) return undefined;
        // A row in each round of another loop: a table.
        const rounds = collectedTimes(module, loop, bindings);
        if (rounds.length > 0) return measure(draws ? 'samples' : 'buffer', [...rounds, count], 1, [], draws ? count : undefined);
        // Random draws are samples; whatever else is collected only matters as a buffer does.
        return draws ? measure('samples', [count], 1, [], count) : measure('buffer', [count], 1, [], count);
      },
    });
  }
  return sites;
}

/** Rounds of a loop that calls something. */
const MANY_ROUNDS = 50_000;
/** Rounds of one that asks the library under test. */
const MANY_QUESTIONS = 5_000;
const CALLS = /(?<![\w$.])(?!(?:if|for|while|switch|catch|return|typeof|await|function|Math|Number|String|BigInt|parse\w+|[\w$.]+\.(?:push|add|set|has|get)|console)\b)[A-Za-z_$][\w$.]*\s*\(/;

/** Most loops go through a few things, or through a list. */
function mayBeMany(bound: Node): boolean {
  const value = unwrap(bound);
  if (value.type === 'Literal') return typeof value.value === 'number' && value.value >= MANY_QUESTIONS;
  return value.type === 'Identifier' || value.type === 'BinaryExpression';
}

/** From how many rounds on a loop takes long whatever it does in each. */
function fewestRounds({ origins, rows }: Reading, loop: Node, body: string): number {
  if (origins.calls.some(({ node, origin }) => contains(loop, node) && rows.isOwn(origin) && enclosingFunction(node) === enclosingFunction(loop))) return MANY_QUESTIONS;
  return CALLS.test(body) ? MANY_ROUNDS : Infinity;
}

function countsByOne(update: TSESTree.Expression | null): boolean {
  if (update?.type === 'UpdateExpression') return update.operator === '++';
  return update?.type === 'AssignmentExpression' && update.operator === '+=' && update.right.type === 'Literal' && update.right.value === 1;
}

/**
 * How often the counted loops around a node run, when they collect what it makes: `for (…; i < 1000; …) vectors.push(vector(768))`
 * is one table of 1,000 × 768, and so is `Array.from({ length: 1000 }, () => { …; return vector(768); })`.
 */
export function collectedTimes(module: SourceModule, node: Node, bindings: Bindings): Dimension[] {
  const counts: Dimension[] = [];
  for (let current = node.parent; current; current = current.parent) {
    if (isFunction(current)) {
      const made = madeEach(current);
      const count = made && (current.body.type !== 'BlockStatement' || fillsRows(module, current)) ? lengthOf(module, made, bindings) : undefined;
      if (!count) break;
      counts.push(count);
      continue;
    }
    if (current.type !== 'ForStatement' || !countsByOne(current.update)) continue;
    const test = current.test && unwrap(current.test);
    if (test?.type !== 'BinaryExpression' || test.operator !== '<') continue;
    const body = module.file.text.slice(current.body.range[0], current.body.range[1]);
    if (!KEEPS.test(body)) continue;
    const end = evaluate(module, test.right, bindings);
    const start = firstValue(module, current, bindings);
    const count = end && dimensionOf(end);
    if (count && start !== undefined && count.value > start) counts.push({ ...count, value: count.value - start });
  }
  return counts;
}

const KEEPS = /\.(?:push|add|insert|upsert)\s*\(|\w\[\w+\]\s*=[^=]/;

/** Zeros that nobody looks at take no time. */
export function fillsRows({ file: { text } }: SourceModule, { body }: FunctionNode): boolean {
  return /\bfor\s*\(|\.(?:map|from)\s*\(|\.fill\s*\((?!0?\))/.test(text.slice(body.range[0], body.range[1]));
}

/** `{ length: 1000 }` of `Array.from({ length: 1000 }, callback)`. */
function madeEach(callback: FunctionNode): Node | undefined {
  const { child, parent } = outerUse(callback);
  if (parent?.type !== 'CallExpression' || parent.arguments[1] !== child || calleeName(parent) !== 'from') return undefined;
  const [source] = parent.arguments;
  return source?.type === 'ObjectExpression' ? source : undefined;
}

export function lengthOf(module: SourceModule, source: Node, bindings: Bindings): Dimension | undefined {
  const value = evaluate(module, source, bindings);
  const length = value?.type === 'dictionary' ? value.entries.get('length') : undefined;
  return length && dimensionOf(length);
}

function firstValue(module: SourceModule, loop: TSESTree.ForStatement, bindings: Bindings): number | undefined {
  const declarator = loop.init?.type === 'VariableDeclaration' ? loop.init.declarations[0] : undefined;
  return declarator?.init ? numberOf(evaluate(module, declarator.init, bindings)) : undefined;
}

/** `for (i = 0; …)` */
const COUNTS_OUTSIDE = /\bfor\s*\(\s*\w+\s*=[^=]/;

/** Loops whose counter has a scope of its own or is declared before, and loops whose bound is a named number. */
function countedLoops(module: SourceModule): Set<TSESTree.ForStatement> {
  const loops = new Set<TSESTree.ForStatement>();
  const mayCountOutside = module.says(COUNTS_OUTSIDE);
  for (const scope of module.ownScopes) {
    if (scope.type === 'for' && scope.block.type === 'ForStatement') loops.add(scope.block);
    for (const variable of scope.variables) {
      if (mayCountOutside) for (const loop of loopsThatStartWith(variable)) loops.add(loop);
      const definition = variable.defs[0];
      if (definition?.type !== 'Variable' || definition.node.init?.type !== 'Literal') continue;
      // `for (var i = 0; …)` has no scope.
      const around = definition.parent.parent;
      if (around?.type === 'ForStatement' && around.init === definition.parent) loops.add(around);
      if (typeof definition.node.init.value !== 'number' || definition.node.init.value < 500) continue;
      for (const { identifier } of variable.references) {
        const comparison: Node | undefined = identifier.parent;
        const loop = comparison?.parent;
        if (loop?.type === 'ForStatement' && loop.test === comparison) loops.add(loop);
      }
    }
  }
  return loops;
}

/** `let i; … for (i = 0; …)` */
function* loopsThatStartWith(variable: Variable): Generator<TSESTree.ForStatement> {
  for (const { identifier } of variable.references) {
    const assignment: Node | undefined = identifier.parent;
    const loop = assignment?.type === 'AssignmentExpression' ? assignment.parent : undefined;
    if (loop?.type === 'ForStatement' && loop.init === assignment) yield loop;
  }
}
