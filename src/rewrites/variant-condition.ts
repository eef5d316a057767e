/**
 * Which text, written at a place inside a loop or table, holds for the chosen variants and no other? `dtype === 'float32'` where
 * the file tells the values, `dtype === ALL[0]` where it only tells the list.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Variable } from '../analysis/module.ts';
import type { IdentifierNode, Node } from '../analysis/nodes.ts';
import { isFunction, staticName, unwrap } from '../analysis/nodes.ts';
import type { Value } from '../analysis/value.ts';
import { memberOf } from '../analysis/value.ts';
import type { Axis } from '../analysis/variants.ts';
import { evaluate } from '../analysis/static-value.ts';
import { quoted, styleOf } from './source-style.ts';

/** Places of the variants that stay in the fast run: the essential ones, else the first. */
export function chosenOf({ labels }: Axis, essential: readonly string[]): readonly number[] {
  const chosen = [...labels.keys()].filter((index) => essential.includes(labels[index] ?? ''));
  return chosen.length > 0 ? chosen : [0];
}

/** Undefined when nothing that is visible at the place tells the chosen variants from the others. */
export function conditionFor(analysis: Analysis, axis: Axis, chosen: readonly number[], at: Node, inside: Declaration): string | undefined {
  const places = axis.repeat.type === 'table' ? namesOfTable(axis) : axis.repeat.item ? namesIn(axis.repeat.item) : [];
  const names = places.flatMap((place) => {
    const visible = visibleName(analysis, place.node, at, inside);
    return visible === undefined ? [] : [{ ...place, name: visible }];
  });
  for (const { name, pick } of names) {
    const text = comparison(analysis, name, axis.values.map((value) => value && pick(value)), chosen);
    if (text !== undefined) return text;
  }
  const index = indexOf(axis);
  const counter = index && visibleName(analysis, index, at, inside);
  if (counter !== undefined) return chosen.map((place) => `${counter} === ${place}`).join(' || ');
  const list = itemOfList(analysis, axis, at);
  if (list === undefined) return undefined;
  const part = names.find(({ path }) => path === '') ?? names.find(({ path }) => path !== undefined);
  return part && chosen.map((place) => `${part.name} === ${list(place, part.path ?? '')}`).join(' || ');
}

interface PatternName {
  readonly node: IdentifierNode;
  /** From the item to what the name holds: `.mode`, `[0]`. */
  readonly path: string | undefined;
  pick(value: Value): Value | undefined;
}

function namesIn(pattern: Node, path: string | undefined = '', pick: (value: Value) => Value | undefined = (value) => value): PatternName[] {
  const member = (key: string) => (value: Value) => {
    const picked = pick(value);
    return picked && memberOf(picked, key);
  };
  switch (pattern.type) {
    case 'Identifier':
      return [{ node: pattern, path, pick }];
    case 'AssignmentPattern':
      // What the default gives is not what the list holds.
      return namesIn(pattern.left, undefined, pick);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element, index) => (element && element.type !== 'RestElement' ? namesIn(element, path === undefined ? undefined : `${path}[${index}]`, member(String(index))) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => {
        const key = property.type === 'Property' ? staticName(property) : undefined;
        if (property.type !== 'Property' || key === undefined) return [];
        return namesIn(property.value, path === undefined || !/^[\w$]+$/.test(key) ? undefined : `${path}.${key}`, member(key));
      });
    default:
      return [];
  }
}

/** Rows that are lists are spread over the parameters, unless the table is `test.for`. */
function namesOfTable({ repeat, values }: Axis): PatternName[] {
  const [first, ...more] = repeat.callback?.params ?? [];
  if (!first || !repeat.declaration) return [];
  const isSpread = !takesRowsWhole(repeat.declaration) && values.length > 0 && values.every((value) => value?.type === 'list');
  if (!isSpread) return namesIn(first);
  return [first, ...more].flatMap((parameter, index) => namesIn(parameter, `[${index}]`, (row) => memberOf(row, String(index))));
}

/** `test.for(rows)`: the callback is given the row as it is. */
export function takesRowsWhole({ call }: Declaration): boolean {
  const callee = unwrap(call.callee);
  const member = callee.type === 'CallExpression' ? unwrap(callee.callee) : undefined;
  return member?.type === 'MemberExpression' && staticName(member) === 'for';
}

/** What the variable of a name is called at a place: its name, or the parameter of the helper that is given it. */
function visibleName({ reading }: Analysis, node: IdentifierNode, at: Node, inside: Declaration): string | undefined {
  const { module, executions } = reading;
  const variable = module.variableOf(node);
  if (!variable || isWritten(variable)) return undefined;
  if (module.resolve(node.name, at) === variable) return node.name;
  const [around, ...others] = executions.executionsOf(inside.call);
  const { via, helper } = around ?? {};
  if (!via || !helper || others.length > 0 || executions.callsOf(helper).length !== 1) return undefined;
  const place = via.arguments.findIndex((argument) => argument.type === 'Identifier' && module.variableOf(argument) === variable);
  const parameter = helper.params[place];
  const given = parameter?.type === 'Identifier' ? module.variableOf(parameter) : undefined;
  return parameter?.type === 'Identifier' && given && !isWritten(given) && module.resolve(parameter.name, at) === given ? parameter.name : undefined;
}

function isWritten(variable: Variable): boolean {
  const update = (node: Node | undefined): boolean => node?.parent?.type === 'ForStatement' && node.parent.update === node;
  return variable.references.some((reference) => reference.isWrite() && !variable.identifiers.includes(reference.identifier as never) && !update(reference.identifier.parent));
}

/** `name === 'a' || name === 'b'`, by the value itself or by one of its members. */
function comparison(analysis: Analysis, name: string, values: readonly (Value | undefined)[], chosen: readonly number[]): string | undefined {
  const direct = compared(analysis, name, values, chosen);
  if (direct !== undefined) return direct;
  const [example] = chosen.map((index) => values[index]);
  if (example?.type === 'list') {
    for (const index of example.items.keys()) {
      const text = compared(analysis, `${name}[${index}]`, values.map((value) => (value?.type === 'list' ? value.items[index] : undefined)), chosen);
      if (text !== undefined) return text;
    }
  }
  const keys = example?.type === 'dictionary' && !example.isOpen ? [...example.entries.keys()] : [];
  for (const key of keys.filter((key) => /^[A-Za-z_$][\w$]*$/.test(key)).sort((a, b) => rank(a) - rank(b))) {
    const text = compared(analysis, `${name}.${key}`, values.map((value) => (value?.type === 'dictionary' && !value.isOpen ? value.entries.get(key) : undefined)), chosen);
    if (text !== undefined) return text;
  }
  return undefined;
}

const LABELS = ['name', 'label', 'title'];

function rank(key: string): number {
  const place = LABELS.indexOf(key);
  return place < 0 ? LABELS.length : place;
}

function compared(analysis: Analysis, name: string, values: readonly (Value | undefined)[], chosen: readonly number[]): string | undefined {
  const texts = values.map((value) => textOf(analysis, value));
  const mine = chosen.map((index) => texts[index]);
  if (mine.length === 0 || mine.includes(undefined)) return undefined;
  const isApart = values.every((value, index) => chosen.includes(index) || (texts[index] === undefined ? isObject(value) : !mine.includes(texts[index])));
  if (!isApart) return undefined;
  const isFlag = values.every((value) => value?.type === 'scalar' && typeof value.value === 'boolean');
  return [...new Set(mine)].map((text) => (isFlag ? (text === 'true' ? name : `!${name}`) : `${name} === ${text ?? ''}`)).join(' || ');
}

/** Written in place: it is equal to nothing else. */
function isObject(value: Value | undefined): boolean {
  return value?.type === 'list' || value?.type === 'dictionary' || (value?.type === 'opaque' && isFunction(value.node));
}

/** A variant as source text, in the file's own quotes. */
function textOf({ reading }: Analysis, value: Value | undefined): string | undefined {
  const { module } = reading;
  if (value?.type === 'scalar') {
    const [leaf] = value.leaves;
    const raw = value.leaves.length === 1 && typeof value.value === typeof leaf?.node.value && leaf?.node.value === value.value ? leaf.node.raw : undefined;
    if (value.leaves.some(({ node }) => typeof node.value === 'bigint')) return value.leaves.length === 1 && leaf?.node.raw === `${String(value.value)}n` ? leaf.node.raw : undefined;
    if (typeof value.value === 'string') return raw !== undefined && leaf?.module === module ? raw : quoted(value.value, styleOf(module));
    return Number.isNaN(value.value) ? undefined : (raw ?? String(value.value));
  }
  if (value?.type !== 'opaque' || (value.node.type !== 'Identifier' && value.node.type !== 'MemberExpression')) return undefined;
  // A name of the file next door means nothing here.
  let root: Node = value.node;
  while (root.parent) root = root.parent;
  return root === module.file.ast ? module.file.text.slice(value.node.range[0], value.node.range[1]) : undefined;
}

/** `(format, index) =>` of `forEach`; `i` of a loop that counts from 0. */
function indexOf({ repeat: { node } }: Axis): IdentifierNode | undefined {
  if (node.type === 'ForStatement') {
    const declared = node.init?.type === 'VariableDeclaration' ? node.init.declarations[0] : undefined;
    return declared?.id.type === 'Identifier' && declared.init?.type === 'Literal' && declared.init.value === 0 ? declared.id : undefined;
  }
  const [callback] = node.type === 'CallExpression' ? node.arguments : [];
  const index = isFunction(callback) ? callback.params[1] : undefined;
  return index?.type === 'Identifier' ? index : undefined;
}

/** A member of a list that a name tells, as text: `ALL[0]`, `Object.keys(ALL)[0]`. */
function itemOfList({ reading }: Analysis, { repeat }: Axis, at: Node): ((place: number, path: string) => string) | undefined {
  const { module } = reading;
  const list = repeat.list && unwrap(repeat.list);
  if (!list || repeat.node.type === 'ForInStatement') return undefined;
  const root = list.type === 'CallExpression' ? objectListed(list) : list.type === 'Identifier' ? list : undefined;
  const variable = root && module.variableOf(root);
  if (!root || !variable || isWritten(variable) || module.resolve(root.name, at) !== variable) return undefined;
  if (list.type === 'Identifier') {
    const value = evaluate(module, list);
    if (value?.type !== 'list' || value.node.type !== 'ArrayExpression') return undefined;
  }
  const text = module.file.text.slice(list.range[0], list.range[1]);
  const isTyped = /\.[cm]?tsx?$/.test(module.file.path);
  return (place, path) => {
    const isEntry = list.type === 'CallExpression' && /^\[[01]\]$/.test(path) && text.startsWith('Object.entries');
    if (isEntry) return `${text.replace('entries', path === '[0]' ? 'keys' : 'values')}[${place}]`;
    // A list may be empty, as far as its type tells.
    return `${text}[${place}]${path === '' || !isTyped ? path : path.startsWith('[') ? `?.${path}` : `?${path}`}`;
  };
}

/** `Object.keys(ENUM)`: the object. */
function objectListed(call: Node): IdentifierNode | undefined {
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  const { object } = call.callee;
  const [argument] = call.arguments;
  if (object.type !== 'Identifier' || object.name !== 'Object' || !/^(?:keys|values|entries)$/.test(staticName(call.callee) ?? '')) return undefined;
  return argument?.type === 'Identifier' ? argument : undefined;
}
