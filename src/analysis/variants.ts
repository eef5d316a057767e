/**
 * Loops and tables that run every variant of something through expensive work. Three signs together: the list is categorical,
 * it has several items, and what runs for each item is expensive. A loop count alone says nothing: 15,000 generated tests of
 * one public suite take 1 ms each.
 */
import { mayBeBound } from './bound-names.ts';
import { TABLE_NAME, TRAIN_NAME, VARIANTS_NAME, WORK_NAME } from '../knowledge/vocabulary.ts';
import type { ExpensiveCall } from './expensive-calls.ts';
import { mayBeFound } from './expensive-calls.ts';
import type { TestFact, VariantFact } from './facts.ts';
import { nameTest } from './name-test.ts';
import { NOTICEABLE_MS } from './expense.ts';
import { calleeName, chainRoot, isCall, staticName, unwrap, unwrapAwait } from './nodes.ts';
import type { CallNode, Node } from './nodes.ts';
import { mayBeRepeated } from './may-repeat.ts';
import { callsKnown } from './known-calls.ts';
import type { Origin } from './origin.ts';
import type { Payer, PayerReader } from './payers.ts';
import { carriesMarker } from './payers.ts';
import type { Reading } from './reading.ts';
import type { MeasuredSize } from './sizes.ts';
import { mayMakeWork } from './sizes.ts';
import type { SourceModule } from './module.ts';
import { evaluate } from './static-value.ts';
import type { Value } from './value.ts';
import { numberOf } from './value.ts';
import { labelOf, nameOf } from './variant-labels.ts';
import { evaluateRows } from './tagged-table.ts';
import type { Repeat } from './tests.ts';

interface Work {
  readonly label: string;
  readonly payers: readonly Payer[];
  readonly elements: number | undefined;
  readonly milliseconds: number | undefined;
  /** A cost row or a look into the called function says that it is expensive. */
  readonly isSure: boolean;
}

/** A loop with the variants it goes through, and the first expensive work found in it. */
export interface VariantLoop {
  readonly fact: VariantFact;
  readonly axis: Axis;
  readonly payers: readonly PayingTest[];
  /** ms of the work for one combination of variants, an order of magnitude; undefined when some of it is unknown. */
  readonly milliseconds: number | undefined;
}

/** One of the lists whose product a test goes through. */
export interface Axis {
  readonly repeat: Repeat;
  /** How the variants are called; one that says what they all are when the list is only known when it runs. */
  readonly labels: readonly string[];
  /** None when the list is only known when it runs, or is mapped or filtered on its way. */
  readonly values: readonly (Value | undefined)[];
  readonly isOpen: boolean;
}

export interface PayingTest {
  readonly payer: Payer;
  /** The lists of variants around the test, outermost first. */
  readonly around: readonly Axis[];
  /** Those inside it. */
  readonly inside: readonly Axis[];
}

/** Elements of a tensor from which work inside a variant loop counts as expensive. */
export const WORK_ELEMENTS = 4_096;

/** Creating an element, computing with it and comparing the result: 65,536 of them take some 10 ms in plain JavaScript. */
const MS_PER_ELEMENT = 10 / 65_536;

/** What expensive work is made of, found when asked for. */
interface Expensive {
  readonly sizes: readonly MeasuredSize[];
  readonly calls: readonly ExpensiveCall[];
}

export function variantLoops(reading: Reading, payers: PayerReader, expensive: Expensive): VariantLoop[] {
  const works: Work[] = [];
  for (const { fact, payers: paying } of mayMakeWork(reading, WORK_ELEMENTS, mayBeRepeated) ? expensive.sizes : []) {
    if (fact.kind !== 'buffer' && fact.elements >= WORK_ELEMENTS) works.push({ label: fact.callee, payers: paying, elements: fact.elements, milliseconds: fact.elements * MS_PER_ELEMENT, isSure: false });
  }
  const known = new Set<Node>();
  for (const { fact, node, payers: paying } of mayBeFound(reading, false, (node) => isAwaited(node) && mayBeRepeated(node)) ? expensive.calls : []) {
    known.add(node);
    if (fact.evidence !== 'name' || isAwaited(node)) works.push({ label: fact.callee, payers: paying, elements: undefined, milliseconds: fact.milliseconds, isSure: fact.evidence !== 'name' && (fact.milliseconds ?? Infinity) >= NOTICEABLE_MS });
  }
  works.push(...workByName(reading, payers, known));

  const byLoop = new Map<Node, VariantLoop>();
  for (const work of works) for (const payer of work.payers) addLoops(reading, work, payer, byLoop);
  return outermost([...byLoop.values()]);
}

const isWork = nameTest(WORK_NAME);
const isTableName = nameTest(TABLE_NAME);
const isTraining = nameTest(TRAIN_NAME);

function nameOfWork({ path }: Origin): string | undefined {
  const name = path.at(-1) ?? '';
  return isWork(name) || isTraining(name) ? name : undefined;
}

/** Awaited calls whose name says work: `await trainer.train(…)`. */
function workByName(reading: Reading, payers: PayerReader, known: ReadonlySet<Node>): Work[] {
  const works: Work[] = [];
  for (const { node, origin, known: name } of callsKnown(reading.origins, nameOfWork)) {
    if (node.type === 'TaggedTemplateExpression') continue;
    if (!(isAwaited(node) ? isWork : isTraining)(name) || known.has(node) || !mayBeRepeated(node) || reading.rows.find(origin) || reading.mocks.replaces(origin, node)) continue;
    const paying = payers.payersOf(node).filter(({ execution }) => !execution.expectsError);
    if (paying.length > 0) works.push({ label: calleeName(node) ?? name, payers: paying, elements: undefined, milliseconds: undefined, isSure: false });
  }
  return works;
}

function isAwaited(node: CallNode): boolean {
  const parent = node.parent;
  return parent.type === 'AwaitExpression' || (parent.type === 'ArrowFunctionExpression' && parent.body === node) || parent.type === 'ReturnStatement';
}

function addLoops(reading: Reading, work: Work, payer: Payer, byLoop: Map<Node, VariantLoop>): void {
  const { execution, placed, fact } = payer;
  if (placed?.isPartlyMarked || execution.kind === 'group' || execution.kind === 'module') return;
  const inside = [...execution.loops].reverse().map((loop): Repeat => ({
    type: 'loop', node: loop.node, list: loop.list, item: loop.item, callback: undefined, declaration: undefined,
  }));
  const around = placed?.repeats ?? [];
  const axes = [...around, ...inside].flatMap((repeat) => axisOf(reading, repeat, work.isSure, around.includes(repeat)) ?? []);
  const combinations = axes.reduce((product, { labels }) => product * labels.length, 1);
  // Further in, a loop generates tests from a list that only an outer loop knows.
  const unknown = work.isSure ? around.findLastIndex((repeat) => goesThrough(repeat) && !axes.some((axis) => axis.repeat === repeat)) : -1;
  const paying: PayingTest = { payer, around: axes.filter(({ repeat }) => around.includes(repeat)), inside: axes.filter(({ repeat }) => !around.includes(repeat)) };
  for (const axis of axes) {
    const { repeat, labels } = axis;
    const isOpen = axis.isOpen || (around.includes(repeat) && around.indexOf(repeat) < unknown);
    const known = byLoop.get(repeat.node);
    if (known) {
      byLoop.set(repeat.node, withPayer(known, paying, work));
      continue;
    }
    byLoop.set(repeat.node, {
      fact: {
        range: headRange(repeat),
        tests: [fact] satisfies TestFact[],
        form: around.includes(repeat) ? 'tests' : 'inside',
        variants: labels,
        isOpen,
        combinations,
        work: work.elements === undefined ? work.label : `${work.label} of ${work.elements.toLocaleString('en-US')} elements`,
      },
      axis,
      payers: [paying],
      milliseconds: work.milliseconds,
    });
  }
}

function withPayer(known: VariantLoop, paying: PayingTest, work: Work): VariantLoop {
  const milliseconds = known.milliseconds === undefined || work.milliseconds === undefined ? undefined : Math.max(known.milliseconds, work.milliseconds);
  const { fact } = paying.payer;
  if (known.fact.tests.includes(fact)) return { ...known, milliseconds };
  return { ...known, milliseconds, fact: { ...known.fact, tests: [...known.fact.tests, fact] }, payers: [...known.payers, paying] };
}

/** `Object.keys(values)`, `values[type]`: a part of what another loop goes through. */
function goesThrough({ list }: Repeat): boolean {
  const source = list && sourceOf(list).source;
  return source?.type === 'MemberExpression' || (isCall(source) && /^(?:keys|values|entries)$/.test(calleeName(source) ?? ''));
}

/** The head of a loop or table, not its whole body. */
function headRange({ node, list }: Repeat): readonly [number, number] {
  const end = list ? Math.max(list.range[1], node.range[0] + 1) : node.range[0] + 3;
  return [node.range[0], Math.min(end, node.range[1])];
}

/** A source and its build, ESM and CommonJS: a pair around a longer list is not to blame for it. */
const PAIR = 2;

/** Nested variant loops are one cause: the outermost is reported. */
function outermost(loops: readonly VariantLoop[]): VariantLoop[] {
  return loops
    .filter(({ axis: { repeat, labels, isOpen } }) => !loops.some(({ axis: other, fact }) => other.repeat.node !== repeat.node && isAround(other.repeat.node, repeat.node) && (fact.isOpen || fact.combinations > PAIR || (!isOpen && labels.length <= PAIR))))
    .sort((a, b) => a.fact.range[0] - b.fact.range[0]);
}

function isAround(outer: Node, inner: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** The categories a list goes through; undefined when it is data, or when nobody can tell. */
function axisOf(reading: Reading, repeat: Repeat, isSure: boolean, makesTests: boolean): Axis | undefined {
  const { list } = repeat;
  if (!list) return undefined;
  const names = [nameOf(list), repeat.item && nameOf(repeat.item), repeat.callback?.params[0] && nameOf(repeat.callback.params[0])];
  const isNamed = names.some((name) => name !== undefined && VARIANTS_NAME.test(name));
  const { source, isChanged, parts } = sourceOf(list);
  const found = evaluateRows(reading.module, source);
  const value = found?.type === 'opaque' ? undefined : found;
  const enumerated = value ? undefined : (enumName(source) ?? (isSure ? (directoryListed(source) ?? listName(reading, source) ?? (makesTests ? tableName(reading, source) : undefined) ?? directoryHeld(reading, source)) : undefined));
  if (enumerated !== undefined) return { repeat, labels: [`every member of ${enumerated}`], values: [], isOpen: true };
  const values = value?.type === 'list' ? slicesOf(reading.module, value.items, parts) : value?.type === 'dictionary' && repeat.node.type === 'ForInStatement' ? keysOf(value) : undefined;
  const rows = values?.filter((item) => !(item && carriesMarker(item, reading.settings.marker.slow)));
  if (!values || !rows || values.length < 2 || values.length > 64 || rows.length < values.length) return undefined;
  const labels = values.map((item) => labelOf(item, { isNamed, isSure, makesTests }));
  if (labels.some((label) => label === undefined)) return undefined;
  return { repeat, labels: labels as string[], values: isChanged ? [] : values, isOpen: false };
}

function keysOf(value: Extract<Value, { type: 'dictionary' }>): Value[] {
  return [...value.entries.keys()].map((key): Value => ({ type: 'scalar', value: key, leaves: [] }));
}

/** Looks through `.map(…)`, `.filter(…)` and `as const` to the list itself; `parts` are the bounds of each `slice`, innermost first. */
function sourceOf(list: Node): { source: Node; isChanged: boolean; parts: readonly (readonly Node[])[] } {
  let source = unwrapAwait(list);
  let isChanged = false;
  const parts: (readonly Node[])[] = [];
  while (source.type === 'CallExpression') {
    const callee = unwrap(source.callee);
    const name = callee.type === 'MemberExpression' ? staticName(callee) : undefined;
    if (callee.type !== 'MemberExpression' || !/^(?:map|filter|slice|sort|concat|entries|values)$/.test(name ?? '')) break;
    if (callee.object.type === 'Identifier' && callee.object.name === 'Object') break;
    if (name === 'slice') parts.unshift(source.arguments);
    source = unwrapAwait(callee.object);
    isChanged = true;
  }
  return { source, isChanged, parts };
}

/** A part of a list; undefined when a bound is only known when it runs: somebody has chosen how many there are. */
function slicesOf(module: SourceModule, values: readonly (Value | undefined)[], parts: readonly (readonly Node[])[]): readonly (Value | undefined)[] | undefined {
  let rest = values;
  for (const bounds of parts) {
    const [start, end] = bounds.map((bound) => numberOf(evaluate(module, bound)));
    if (bounds.length > 0 && (start === undefined || (bounds.length > 1 && end === undefined))) return undefined;
    rest = rest.slice(start, end);
  }
  return rest;
}

/** `readdirSync(…)`, `glob.sync(…)`: a build for every fixture there is. */
function directoryListed(source: Node): string | undefined {
  if (!isCall(source)) return undefined;
  const name = calleeName(source);
  return name !== undefined && /^(?:readdir(?:Sync)?|glob(?:Sync)?|globbySync|globby|sync)$/.test(name) ? 'the listed folder' : undefined;
}

/** `const styles = readdirSync('fixtures').filter(…)`, and what is filtered of those. */
function directoryHeld(reading: Reading, source: Node, hops = 2): string | undefined {
  const { module } = reading;
  const definition = source.type === 'Identifier' ? module.variableOf(source)?.defs[0] : undefined;
  const init = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.init : undefined;
  if (!init || hops === 0) return undefined;
  const inner = sourceOf(init).source;
  return directoryListed(inner) ?? directoryHeld(reading, inner, hops - 1);
}

/** `implementations` that a helper collects: the name says that it lists variants. Devices are whatever the machine has, mostly one. */
function listName({ module }: Reading, source: Node): string | undefined {
  // What a row or a caller hands over is known there.
  const name = isCall(source) || mayBeBound(module, source) || isPartOfList(module, source) ? undefined : nameOf(source);
  return name !== undefined && VARIANTS_NAME.test(name) && !/device|backend/i.test(name) ? name : undefined;
}

/** A table that generates tests and that another file, a folder or a function fills: each of its rows pays. */
function tableName({ module }: Reading, source: Node): string | undefined {
  const name = isCall(source) ? undefined : nameOf(source);
  if (name === undefined || !isTableName(name)) return undefined;
  const root = chainRoot(source);
  if (root.type !== 'Identifier' || mayBeBound(module, source) || isPartOfList(module, source)) return undefined;
  const definition = module.variableOf(root)?.defs[0];
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  const isFilledElsewhere = definition?.type === 'ImportBinding' || (init && isCall(unwrapAwait(init)));
  return isFilledElsewhere ? name : undefined;
}

/** `const configs = […].slice(0, limit)`, where a row says how many. */
function isPartOfList(module: SourceModule, source: Node): boolean {
  const definition = source.type === 'Identifier' ? module.variableOf(source)?.defs[0] : undefined;
  if (definition?.type !== 'Variable' || !definition.node.init) return false;
  return sourceOf(definition.node.init).parts.some((bounds) => bounds.some((bound) => mayBeBound(module, bound)));
}

/** `Object.keys(Enum)` of an imported enumeration: its members are all there are, however many. */
function enumName(source: Node): string | undefined {
  if (source.type !== 'CallExpression') return undefined;
  const callee = unwrap(source.callee);
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || callee.object.name !== 'Object') return undefined;
  const [argument] = source.arguments;
  const name = argument && nameOf(argument);
  return name !== undefined && (/^[A-Z]/.test(name) || VARIANTS_NAME.test(name)) ? name : undefined;
}
