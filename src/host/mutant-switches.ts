/**
 * A text that Stryker has instrumented holds every mutant behind a switch, and counts at every switch: a loop over numbers runs a
 * hundred times as long. What remains of it when one mutant is active, and when it only tells which mutants are reached?
 */
import { childrenOf } from '../analysis/walk.ts';
import type { Node } from '../analysis/nodes.ts';
import { parseText } from '../analysis/parse.ts';
import type { Edit } from '../rewrites/edit.ts';
import { applyEdits } from './apply-codemod.ts';

/** Names the file to which the ids of reached mutants are added, one a line. */
export const REACHED = 'SLOW_TESTS_REACHED';

const HEADER = /^stry(?:NS|Cov|MutAct)_9fa48$/;
const TELL = 'slowTestsReach_9fa48';
/** A declaration, since circular imports call what has not been evaluated yet. Written at once: nobody knows how a test's process will end. */
const TELLER =
  `function ${TELL}(n, ids) { var seen = ${TELL}.seen; if (!seen) { seen = ${TELL}.seen = []; var p = globalThis.process; ${TELL}.to = p && p.env && p.env.${REACHED}; } ` +
  `if (seen[n]) return; seen[n] = true; if (${TELL}.to) globalThis.process.getBuiltinModule('node:fs').appendFileSync(${TELL}.to, ids + '\\n'); } `;

/** With one mutant in it, and no switch; undefined when the text cannot be read. */
export function withMutant(text: string, path: string, id: string): string | undefined {
  return resolved(text, path, { active: id });
}

/** Without mutants; whoever runs it tells which ones it would have met. */
export function tellingReached(text: string, path: string): string | undefined {
  return resolved(text, path, { active: undefined });
}

interface Wanted {
  /** Undefined: none, and tell. */
  readonly active: string | undefined;
}

function resolved(text: string, path: string, { active }: Wanted): string | undefined {
  const parsed = parseText(text, path);
  if (parsed.type === 'error') return undefined;
  const edits: Edit[] = [];
  let told = 0;
  let hasTeller = active !== undefined;
  const tell = (call: Node): string => (active === undefined ? `${TELL}(${told++}, ${JSON.stringify(idsOf(call).join('\n'))})` : '');
  const stack: Node[] = [parsed.file.ast];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const { range } = node;
    if (isHeader(node)) {
      edits.push({ range, text: hasTeller ? '' : TELLER });
      hasTeller = true;
      continue;
    }
    const found = switchIn(node, active);
    if (!found) {
      stack.push(...childrenOf(node));
      continue;
    }
    const { kept, call } = found;
    const [before, after] = node.type === 'ConditionalExpression' ? (call && active === undefined ? [`(${tell(call)}, `, ')'] : ['(', ')']) : ['', ''];
    edits.push({ range: [range[0], kept.range[0]], text: before }, { range: [kept.range[1], range[1]], text: after });
    if (kept.type === 'BlockStatement' && call) {
      const [first, ...statements] = kept.body;
      if (first) edits.push({ range: first.range, text: active === undefined ? `${tell(call)};` : '' });
      stack.push(...statements);
    } else if (call) stack.push(kept);
  }
  return applyEdits(text, edits);
}

interface Kept {
  readonly kept: Node;
  /** What counts there; undefined for the mutant itself, which holds no switches. */
  readonly call: Node | undefined;
}

/** `stryMutAct("1") ? mutant : stryMutAct("2") ? other : (stryCov("1", "2"), original)`, or the same as statements. */
function switchIn(node: Node, active: string | undefined): Kept | undefined {
  if (node.type !== 'ConditionalExpression' && node.type !== 'IfStatement') return undefined;
  const { test, consequent, alternate } = node;
  if (nameOf(test) !== 'stryMutAct_9fa48' || !alternate) return undefined;
  if (active !== undefined && idsOf(test).includes(active)) return { kept: consequent, call: undefined };
  if (alternate.type === 'SequenceExpression') {
    const [call, ...rest] = alternate.expressions;
    const [first, last] = [rest[0], rest.at(-1)];
    return call && first && last === first ? { kept: first, call } : undefined;
  }
  if (alternate.type === 'BlockStatement') {
    const [first] = alternate.body;
    return first?.type === 'ExpressionStatement' ? { kept: alternate, call: first.expression } : undefined;
  }
  return switchIn(alternate, active);
}

function isHeader(node: Node): boolean {
  if (node.type === 'FunctionDeclaration') return HEADER.test(node.id?.name ?? '');
  return node.type === 'ExpressionStatement' && nameOf(node.expression) === 'stryNS_9fa48';
}

function nameOf(node: Node): string | undefined {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' ? node.callee.name : undefined;
}

function idsOf(call: Node): string[] {
  return call.type === 'CallExpression' ? call.arguments.flatMap((argument) => (argument.type === 'Literal' ? [String(argument.value)] : [])) : [];
}
