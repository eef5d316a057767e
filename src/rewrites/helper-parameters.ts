/** A function of the file that holds sizes gets them as parameters, the original ones as defaults; the tiered test passes its own. */
import type { Analysis } from '../analysis/analyze.ts';
import type { FunctionNode, Node, Range } from '../analysis/nodes.ts';
import { contains, isCall } from '../analysis/nodes.ts';
import type { Edit } from './edit.ts';
import { braced, styleOf } from './source-style.ts';
import { propertyText } from './tier-text.ts';

export interface HelperSize {
  /** In the helper. */
  readonly name: string;
  /** What the test passes for it. */
  readonly given: string;
  /** Source text of the original size. */
  readonly full: string;
  /** The helper has the parameter already. */
  readonly isThere: boolean;
}

/** Positions are told apart up to here. */
const MAX_POSITIONS = 2;

/** The edits of its parameters and of its calls in a test; or why it cannot be done. */
export function helperParameters(analysis: Analysis, helper: FunctionNode, call: Node, sizes: readonly HelperSize[]): Edit[] | string {
  const { module, executions } = analysis.reading;
  const { text } = module.file;
  const style = styleOf(module);
  const name = nameOf(helper);
  const refused = `${name} holds the size, and cannot take it as a parameter`;
  const calls = executions.callsOf(helper).filter((item) => contains(call, item));
  const isThere = sizes.every((size) => size.isThere);
  const isObject = isThere ? endsInObject(helper) : sizes.length > MAX_POSITIONS;
  const missing = !isThere ? 0 : isObject ? 1 : sizes.length;
  const isPlain = (isThere || sizes.every((size) => !size.isThere)) && helper.params.every(({ type }) => type !== 'RestElement');
  const isCalled = calls.every((item) => item.callee.type === 'Identifier' && item.callee.name === name && item.arguments.length === helper.params.length - missing && item.arguments.every(({ type }) => type !== 'SpreadElement'));
  if (!isPlain || !isCalled || calls.length === 0) return refused;
  const passed = isObject ? braced(sizes.map((size) => propertyText(size.name, size.given)), style) : sizes.map(({ given }) => given).join(', ');
  const edits = calls.map((item) => appendTo(listOf(text, item.callee.range[1], item), passed));
  if (!isThere) {
    const defaults = sizes.map((size) => `${size.name} = ${size.full}`);
    edits.push(appendTo(listOf(text, startOf(text, helper), helper), isObject ? `${braced(defaults, style)} = {}` : defaults.join(', ')));
  }
  return edits.some((edit) => !edit) ? refused : edits.flatMap((edit) => edit ?? []);
}

function endsInObject({ params }: FunctionNode): boolean {
  const last = params.at(-1);
  return last?.type === 'AssignmentPattern' && last.left.type === 'ObjectPattern';
}

function nameOf(helper: FunctionNode): string {
  if (helper.id) return helper.id.name;
  const { parent } = helper;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : 'A function';
}

/** Where the parentheses of the parameters begin. */
function startOf(text: string, { range, typeParameters, id, async }: FunctionNode): number {
  if (typeParameters) return typeParameters.range[1];
  if (id) return id.range[1];
  return range[0] + (async ? (/^async\b\s*/.exec(text.slice(range[0], range[1]))?.[0].length ?? 0) : 0);
}

/** From the opening to the closing parenthesis of a list that holds these items. */
function listOf(text: string, from: number, owner: FunctionNode | Extract<Node, { type: 'CallExpression' | 'NewExpression' }>): { readonly range: Range; readonly last: Node | undefined } | undefined {
  const items: readonly Node[] = isCall(owner) ? owner.arguments : owner.params;
  const open = text.indexOf('(', from);
  const last = items.at(-1);
  const close = text.indexOf(')', last ? last.range[1] : open);
  const between = open < 0 ? 'x' : text.slice(from, open) + (last ? text.slice(last.range[1], close) : text.slice(open + 1, close));
  // A comment or a parameter without parentheses: somebody else's syntax.
  if (open < 0 || close < 0 || !/^(?:function|\s|\*|,)*$/.test(between)) return undefined;
  return { range: [open, close + 1], last };
}

function appendTo(list: ReturnType<typeof listOf>, item: string): Edit | undefined {
  if (!list) return undefined;
  if (!list.last) return { range: list.range, text: `(${item})` };
  return { range: [list.last.range[1], list.last.range[1]], text: `, ${item}` };
}
