/** Sizes that fast tests pay for, one fact per cause: the literal that makes a tensor, layer or sample large. */
import { mayBeBound } from './bound-names.ts';
import { EXPECTED_NAME, SIZE_IS_SUBJECT } from '../knowledge/vocabulary.ts';
import { isInsideAssertion } from './execution.ts';
import type { SizeFact, TestFact } from './facts.ts';
import type { Node, Range } from './nodes.ts';
import { enclosingFunction, isCall, isFunction, outerUse } from './nodes.ts';
import type { Payer, PayerReader } from './payers.ts';
import { bindingsAt } from './payers.ts';
import type { Reading } from './reading.ts';
import type { Dimension, Measure, SizeSite } from './size-roles.ts';
import { fillsRows } from './sample-loops.ts';
import { collected, largest, sizeSites } from './size-sites.ts';
import type { Leaf } from './value.ts';
import { NO_BINDINGS } from './value.ts';
import { SAMPLES_NAME } from '../knowledge/vocabulary.ts';

/** Below these no option can make a size interesting; they only keep the list of facts short. */
const FLOOR = { elements: 2_048, sequence: 64, samples: 500, row: 64 };

/** From which on a size is production size. */
export interface SizeLimits {
  readonly maxElements: number;
  readonly maxSequence: number;
  readonly maxWeights: number;
  readonly maxSamples: number;
}

/** A fact together with the syntax it was read from, for the rewrites. */
export interface MeasuredSize {
  readonly fact: SizeFact;
  readonly measure: Measure;
  readonly site: SizeSite;
  readonly leaf: Leaf | undefined;
  readonly payers: readonly Payer[];
}

export function measureSizes(reading: Reading, payers: PayerReader): MeasuredSize[] {
  const byCause = new Map<Node, MeasuredSize>();
  for (const site of sizeSites(reading)) {
    for (const found of measureSite(reading, payers, site)) {
      const cause = found.leaf?.node ?? site.node;
      const known = byCause.get(cause);
      byCause.set(cause, known ? merge(known, found) : found);
    }
  }
  return [...byCause.values()].sort((a, b) => a.fact.range[0] - b.fact.range[0]);
}

/** May a size of the file be over a limit, whoever pays for it? Asked before anybody reads who declares tests. */
export function mayExceed(reading: Reading, limits: SizeLimits): boolean {
  return mayHold(reading, ({ kind, elements, sequence, samples }) => {
    if (kind === 'layer' || kind === 'model') return elements >= limits.maxWeights;
    return elements >= limits.maxElements || (sequence?.value ?? 0) >= limits.maxSequence || (samples?.value ?? 0) >= limits.maxSamples;
  });
}

/** May the file make something to compute with, of so many elements, at such a place? */
export function mayMakeWork(reading: Reading, minElements: number, isPlace: (node: Node) => boolean): boolean {
  return mayHold(reading, (measured) => measured.elements >= minElements && (measured.kind !== 'buffer' || isSampleCount(measured)), isPlace);
}

/** Whatever cannot be measured without knowing who runs it may be meant. */
function mayHold(reading: Reading, isMeant: (measured: Measure) => boolean, isPlace: (node: Node) => boolean = () => true): boolean {
  return sizeSites(reading).some((site) => {
    const alone = site.measure(NO_BINDINGS);
    if (alone && isKnown(alone) && !mayBeCollected(reading, site, alone)) return isMeant(alone) && isWorthALook(alone) && (!isThreshold(alone) || site.makes === 'rounds') && isPlace(site.node);
    return isPlace(site.node) && ((alone && (isWorthALook(alone) || isKnown(alone))) === true || readsBoundNames(reading, site.node));
  });
}

/** One size for each cause: a helper that twelve tests call with their own literals gives twelve. */
function measureSite(reading: Reading, payers: PayerReader, site: SizeSite): MeasuredSize[] {
  // Cheap guards first: most calls are small whoever executes them.
  const alone = site.measure(NO_BINDINGS);
  const isRow = alone !== undefined && mayBeCollected(reading, site, alone);
  if (alone && isKnown(alone) && !isWorthALook(alone) && !isRow) return [];
  if (isExpectedValue(site)) return [];
  if ((!alone || !isWorthALook(alone)) && !isRow && !readsBoundNames(reading, site.node)) return [];
  const byCause = new Map<Node, { measure: Measure; leaf: Leaf | undefined; payers: Payer[] }>();
  for (const payer of payers.payersOf(site.node)) {
    const { execution } = payer;
    if (execution.expectsError || execution.expectsRejection || execution.isIndirect === true || isAboutItsSize(payer)) continue;
    const inside = alone && isKnown(alone) ? alone : largest(bindingsAt(reading, payer).flatMap((bindings) => site.measure(bindings) ?? []));
    const measured = inside && execution.via && execution.helper && fillsRows(reading.module, execution.helper) ? collected(reading.module, execution.via, inside) : inside;
    // A loop through all 65,536 characters is no limit.
    if (!measured || !isWorthALook(measured) || (isThreshold(measured) && site.makes !== 'rounds')) continue;
    const leaf = causeOf(measured, reading);
    const cause = leaf?.node ?? site.node;
    const known = byCause.get(cause);
    if (!known) byCause.set(cause, { measure: measured, leaf, payers: [payer] });
    else byCause.set(cause, { ...known, measure: largest([known.measure, measured]) ?? measured, payers: [...known.payers, payer] });
  }
  return [...byCause.values()].map(({ measure, leaf, payers: paying }) => ({
    fact: factOf(site, measure, leaf, paying), measure, site, leaf, payers: paying,
  }));
}

const COLLECTS_ROWS = /\.from\(\s*\{\s*length|\.(?:push|add|insert|upsert)\s*\(|\w\[\w+\]\s*=[^=]/;

/** A row that a function with a name makes, whose calls may be collected: `rows.push(vector(768))`. */
function mayBeCollected({ module }: Reading, { node }: SizeSite, { kind, elements }: Measure): boolean {
  if (elements < FLOOR.row || elements >= FLOOR.elements || kind === 'layer' || kind === 'model') return false;
  const around = enclosingFunction(node);
  return around !== undefined && !isCall(outerUse(around).parent) && module.says(COLLECTS_ROWS);
}

/** Does the size come from parameters, loops or tables? */
function readsBoundNames({ module }: Reading, node: Node): boolean {
  if (!isCall(node)) return node.type !== 'ForStatement' || node.test?.type !== 'BinaryExpression' || mayBeBound(module, node.test.right);
  for (let current: Node | undefined = node.parent; current && !isFunction(current); current = current.parent) if (current.type === 'ForStatement') return true;
  return node.arguments.some((argument) => mayBeBound(module, argument));
}

function factOf(site: SizeSite, measured: Measure, leaf: Leaf | undefined, payers: readonly Payer[]): SizeFact {
  const range: Range = leaf?.node.range ?? site.node.range;
  const samples = measured.samples && isSampleCount(measured) ? measured.samples.value : undefined;
  return {
    kind: samples !== undefined && measured.kind === 'buffer' ? 'samples' : measured.kind,
    range,
    callee: site.callee,
    isRounds: site.makes === 'rounds',
    callRange: site.node.range,
    dimensions: measured.dimensions.map((dimension) => dimension?.value),
    elements: measured.elements,
    sequence: measured.dimensions.length >= 2 || measured.dimensions.length === 0 ? measured.sequence?.value : undefined,
    samples,
    tests: distinct(payers.map(({ fact }) => fact)),
  };
}

/** A count of samples by role (a row, a sampler) or by name (`numSamples`). */
function isSampleCount({ kind, samples }: Measure): boolean {
  return kind === 'samples' || (samples?.name !== undefined && SAMPLES_NAME.test(samples.name));
}

function merge(a: MeasuredSize, b: MeasuredSize): MeasuredSize {
  // A list of draws is a buffer, too.
  const isLarger = a.fact.elements > b.fact.elements || (a.fact.elements === b.fact.elements && b.fact.samples === undefined);
  const [larger, smaller] = isLarger ? [a, b] : [b, a];
  const tests = distinct([...larger.fact.tests, ...smaller.fact.tests]);
  return { ...larger, fact: { ...larger.fact, tests }, payers: [...larger.payers, ...smaller.payers] };
}

function distinct(tests: readonly TestFact[]): TestFact[] {
  return [...new Set(tests)];
}

function isKnown({ dimensions }: Measure): boolean {
  return dimensions.every((dimension) => dimension !== undefined);
}

function isWorthALook(measured: Measure): boolean {
  return (
    measured.elements >= FLOOR.elements ||
    (measured.sequence?.value ?? 0) >= FLOOR.sequence ||
    (measured.samples?.value ?? 0) >= FLOOR.samples
  );
}

/** The literal to blame: the sequence when it is long, else the largest dimension written in this file. */
function causeOf({ dimensions, sequence, samples }: Measure, reading: Reading): Leaf | undefined {
  const candidates: (Dimension | undefined)[] = sequence && sequence.value >= 256 ? [sequence] : [];
  candidates.push(...[...dimensions].sort((a, b) => (b?.value ?? 0) - (a?.value ?? 0)), samples, sequence);
  for (const dimension of candidates) {
    const own = dimension?.leaves.filter((leaf) => leaf.module === reading.module && typeof leaf.node.value === 'number');
    const leaf = own?.reduce<Leaf | undefined>((best, item) => (!best || Number(item.node.value) > Number(best.node.value) ? item : best), undefined);
    if (leaf) return leaf;
  }
  return undefined;
}

/** Values on the edge of a power of two, or named as a limit, are chosen for that. */
function isThreshold({ dimensions }: Measure): boolean {
  return dimensions.some((dimension) => {
    if (!dimension || dimension.value < 255) return false;
    if ((dimensions.length === 1 || dimension.value > 1_024) && isBesidePowerOfTwo(dimension.value)) return true;
    return dimension.leaves.some(({ name }) => name !== undefined && /threshold|limit|workgroup|^max(?:imum)?_?(?:size|elements|length|buffer)/i.test(name));
  });
}

function isBesidePowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value - 1)) || Number.isInteger(Math.log2(value + 1));
}

function isAboutItsSize({ placed }: Payer): boolean {
  return placed !== undefined && (placed.declaresSlow || SIZE_IS_SUBJECT.test(placed.fullTitle));
}

/** `const expected = new Float32Array(n)`: what a result is compared with. */
function isExpectedValue({ node, makes }: SizeSite): boolean {
  if (isInsideAssertion(node)) return makes !== 'draws';
  let current: Node = node;
  for (;;) {
    const { parent } = outerUse(current);
    if (parent?.type === 'VariableDeclarator') return parent.id.type === 'Identifier' && EXPECTED_NAME.test(parent.id.name);
    if (parent?.type !== 'MemberExpression' && parent?.type !== 'CallExpression') return false;
    current = parent;
  }
}
