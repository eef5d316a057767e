/** A list of variants in a test -> a name of the rows: the list itself where it is short, else how many of it are taken. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Variable } from '../analysis/module.ts';
import type { IdentifierNode, Node, Range } from '../analysis/nodes.ts';
import { contains, staticName, unwrap } from '../analysis/nodes.ts';
import type { Axis } from '../analysis/variants.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit } from './edit.ts';
import { wholeLines } from './source-style.ts';
import type { TierParameter } from './tier-rows.ts';
import { chosenOf } from './variant-condition.ts';

export interface ListPart {
  readonly parameter: TierParameter;
  readonly edits: readonly Edit[];
  /** Text that is the number of variants in either row. */
  readonly count: string | undefined;
}

/** Lists up to this long stand in the rows. */
const MAX_TEXT = 60;
const ONLY_WHEN_IT_RUNS = 'The list is only known when it runs.';

/** What the rows hold for one list of a test, or the reason why they cannot. */
export function listPart(analysis: Analysis, declaration: Declaration, axis: Axis, essential: readonly string[], taken: ReadonlySet<string>): ListPart | string {
  const { module } = analysis.reading;
  const { list, node } = axis.repeat;
  const { callback } = declaration;
  if (!list || !callback || !contains(callback, node) || !contains(declaration.call, callback)) return 'The loop stands in a helper.';
  const inner = unwrap(list);
  const whole = textAt(module.file.text, list);
  const names = new Names(analysis, declaration, taken);
  if (inner.type === 'ArrayExpression') {
    const small = isShort(whole) ? elementsText(analysis, inner, list, axis, essential) : undefined;
    if (small === undefined || usesLocals(analysis, list, callback)) return limited(analysis, list, axis, essential, names);
    const name = names.ofList(axis);
    return { parameter: { name, small, full: whole }, edits: [{ range: list.range, text: name }], count: `${name}.length` };
  }
  if (inner.type === 'Identifier') return namedList(analysis, declaration, axis, inner, essential, names);
  if (inner.type === 'CallExpression' && /^Object\.(?:keys|values|entries)\(/.test(whole) && !usesLocals(analysis, inner, callback)) {
    const name = names.ofList(axis);
    return { parameter: { name, small: `${whole}.slice(0, 1)`, full: whole }, edits: [{ range: list.range, text: name }], count: `${name}.length` };
  }
  return ONLY_WHEN_IT_RUNS;
}

/** A list with a name: declared in the test, it moves into the rows; declared outside, the rows hold a part of it. */
function namedList(analysis: Analysis, declaration: Declaration, axis: Axis, list: IdentifierNode, essential: readonly string[], names: Names): ListPart | string {
  const { module } = analysis.reading;
  const variable = module.variableOf(list);
  const definition = variable?.defs[0];
  const { callback, call } = declaration;
  if (!callback || !variable || !definition) return ONLY_WHEN_IT_RUNS;
  if (definition.type === 'Variable' && contains(callback, definition.node)) {
    const { init, id } = definition.node;
    const array = init && unwrap(init);
    const declared = definition.node.parent;
    if (!init || array?.type !== 'ArrayExpression') return ONLY_WHEN_IT_RUNS;
    const full = textAt(module.file.text, init);
    const canMove = id.type === 'Identifier' && !id.typeAnnotation && declared.declarations.length === 1 && declared.parent === callback.body && isShort(full) && !usesLocals(analysis, init, callback);
    const small = canMove ? elementsText(analysis, array, init, axis, essential) : undefined;
    if (small === undefined) {
      if (id.type !== 'Identifier' || !id.typeAnnotation) return limited(analysis, init, axis, essential, names, `${list.name}.length`);
      // Its declared type is that of the whole list, as it is written.
      return lengthsIn(callback, variable).some((use) => use !== list) ? 'The list has a declared type.' : limited(analysis, list, axis, essential, names);
    }
    return { parameter: { name: list.name, small, full }, edits: [{ range: movedLines(module.file.text, declared, callback.body), text: '' }], count: `${list.name}.length` };
  }
  // A row is put together before the test runs.
  if (definition.type === 'Parameter' || (definition.type === 'Variable' && definition.name.range[0] > call.range[0])) return ONLY_WHEN_IT_RUNS;
  const name = names.ofList(axis);
  const edits = [list, ...lengthsIn(callback, variable).filter((use) => use !== list)].map((use): Edit => ({ range: use.range, text: name }));
  return { parameter: { name, small: partOf(axis, list.name, essential), full: list.name }, edits, count: `${name}.length` };
}

/** `formats` of `formats.length`: whatever else the test does with the list, it does with all of it. */
function lengthsIn(callback: Node, variable: Variable): Node[] {
  return variable.references.flatMap(({ identifier }) => {
    const member: Node | undefined = identifier.parent;
    return contains(callback, identifier) && member?.type === 'MemberExpression' && member.object === identifier && staticName(member) === 'length' ? [identifier as Node] : [];
  });
}

/** A long list stays where it is, comments and all: `[…].slice(0, limit)`. */
function limited({ reading }: Analysis, list: Node, axis: Axis, essential: readonly string[], names: Names, count?: string): ListPart | string {
  const chosen = chosenOf(axis, essential);
  if (!chosen.every((place, index) => place === index)) return 'The essential variants are not the first of a long list.';
  const name = names.ofLimit(axis);
  const isBare = unwrap(list) === list;
  const { text } = reading.module.file;
  const isBracketed = text[list.range[0] - 1] === '(' && text[list.range[1]] === ')';
  const end = list.range[1] + (isBracketed ? 1 : 0);
  const slice: Edit = { range: [end, end], text: `${isBare || isBracketed ? '' : ')'}.slice(0, ${name})` };
  const edits = isBare || isBracketed ? [slice] : [{ range: [list.range[0], list.range[0]] as const, text: '(' }, slice];
  return { parameter: { name, small: String(chosen.length), full: 'Infinity' }, edits, count };
}

/** `FORMATS.slice(0, 1)`, or the essential ones by their places. */
function partOf(axis: Axis, list: string, essential: readonly string[]): string {
  const chosen = chosenOf(axis, essential);
  const first = Math.min(...chosen);
  const isRun = chosen.every((place, index) => place === first + index);
  return isRun ? `${list}.slice(${first}, ${first + chosen.length})` : `[${chosen.map((place) => `${list}[${place}]`).join(', ')}]`;
}

/** The essential elements of a list as it is written, `as const` included. */
function elementsText({ reading }: Analysis, array: Node, whole: Node, axis: Axis, essential: readonly string[]): string | undefined {
  if (array.type !== 'ArrayExpression' || array.elements.some((element) => !element || element.type === 'SpreadElement')) return undefined;
  const { text } = reading.module.file;
  const chosen = chosenOf(axis, essential).flatMap((place) => array.elements[place] ?? []);
  const items = chosen.map((element) => textAt(text, element)).join(', ');
  return chosen.length === 0 ? undefined : `${text.slice(whole.range[0], array.range[0])}[${items}]${text.slice(array.range[1], whole.range[1])}`;
}

function isShort(text: string): boolean {
  return text.length <= MAX_TEXT && !text.includes('\n');
}

function textAt(text: string, { range }: Node): string {
  return text.slice(range[0], range[1]);
}

/** The lines of a declaration that goes, with the empty one below it when it opens the body. */
function movedLines(text: string, declared: Node, body: Node): Range {
  const [start, end] = wholeLines(text, declared.range);
  const opens = body.type === 'BlockStatement' && body.body[0] === declared && /^\s*$/.test(text.slice(body.range[0] + 1, start));
  const blank = opens ? (/^[^\S\r\n]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return [start, end + blank];
}

function usesLocals({ reading }: Analysis, node: Node, callback: Node): boolean {
  let found = false;
  walk(node, (inner) => {
    const definition = inner.type === 'Identifier' ? reading.module.variableOf(inner)?.defs[0] : undefined;
    if (definition && contains(callback, definition.name) && !contains(node, definition.name)) found = true;
    if (inner.type === 'ThisExpression' || inner.type === 'AwaitExpression') found = true;
  });
  return found;
}

/** Names that stand for nothing yet around a test and in it. */
class Names {
  readonly #isFree: (name: string) => boolean;

  constructor({ reading: { module } }: Analysis, { call }: Declaration, taken: ReadonlySet<string>) {
    const used = new Set(taken);
    walk(call, (node) => {
      if (node.type === 'Identifier') used.add(node.name);
    });
    this.#isFree = (name) => !used.has(name) && !module.resolve(name, call) && module.globalUses(name).length === 0;
  }

  /** `pattern` -> `patterns`, `FORMATS` -> `formats`. */
  ofList({ repeat: { item, list } }: Axis): string {
    const inner = list && unwrap(list);
    const own = inner?.type === 'Identifier' ? camelCase(inner.name) : undefined;
    const plural = pluralOf(item);
    return [own, plural, own && `${own}ToRun`, plural && `${plural}ToRun`, 'variants'].find((name) => name !== undefined && this.#isFree(name)) ?? 'variantsToRun';
  }

  ofLimit({ repeat: { item } }: Axis): string {
    const first = firstName(item);
    return ['limit', first && `${first}Limit`, 'variantLimit'].find((name) => name !== undefined && this.#isFree(name)) ?? 'limitOfVariants';
  }
}

function camelCase(name: string): string {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return name.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  return name.toLowerCase().replace(/_+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function firstName(item: Node | undefined): string | undefined {
  const [first] = item?.type === 'ArrayPattern' ? item.elements : [item];
  return first?.type === 'Identifier' && first.name.length > 1 ? first.name : undefined;
}

function pluralOf(item: Node | undefined): string | undefined {
  const name = firstName(item);
  if (name === undefined) return undefined;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
