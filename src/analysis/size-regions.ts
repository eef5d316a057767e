/** The code in which a size has a meaning: the test, group or file that names it, and the functions of this file called there. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Analysis } from './analyze.ts';
import type { SourceModule } from './module.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { contains, isCall, isFunction, unwrap } from './nodes.ts';
import { nameTest, rememberNames } from './name-test.ts';
import type { Measure, SizeSite } from './size-roles.ts';
import { sizeSites } from './size-sites.ts';
import type { MeasuredSize } from './sizes.ts';
import { NO_BINDINGS } from './value.ts';
import { walk } from './walk.ts';

const STATISTIC = /\b(?:mean|average|std|stdev|variance|histogram|distribution|percentile|median|skew|kurtosis|entropy|chi2?|p_?value)\b/i;

const isStatistic = rememberNames((name) => STATISTIC.test(wordsOf(name)));
const isMemory = nameTest(/memoryUsage|peakMemory|heap(?:Used|Total|Size)/i);

/** What a walk over a region finds, kept so that ten sizes of one test need one walk. */
export interface RegionScan {
  readonly numbers: readonly TSESTree.NumberLiteral[];
  readonly arrays: readonly TSESTree.ArrayExpression[];
  readonly calls: readonly TSESTree.CallExpression[];
  readonly texts: readonly { readonly node: Node; readonly text: string }[];
  readonly statistics: readonly TSESTree.Identifier[];
  /** What asks for the memory in use. */
  readonly memory: readonly TSESTree.Identifier[];
}

/** What is the same for all sizes of a file. */
export interface FileScan {
  readonly regions: Map<Node, RegionScan>;
  /** Literals that are dimensions, and the calls they are given to. */
  readonly dimensions: ReadonlySet<Node>;
  readonly creators: ReadonlySet<Node>;
  /** Sites whose sizes the text tells whoever executes them. */
  readonly sites: readonly { readonly site: SizeSite; readonly measure: Measure }[];
  /** Calls among them whose arguments are dimensions, and those that make layers and models. */
  readonly shapeCalls: ReadonlySet<Node>;
  readonly layerCalls: ReadonlySet<Node>;
  /** Their dimensions, joined by commas. */
  readonly shapes: ReadonlySet<string>;
  readonly typeLiterals: readonly { readonly node: Node; readonly value: number }[];
}

const scans = new WeakMap<Analysis, FileScan>();

export function scanFile(analysis: Analysis): FileScan {
  let scan = scans.get(analysis);
  if (scan) return scan;
  const { reading } = analysis;
  const dimensions = new Set<Node>();
  const creators = new Set<Node>();
  const sites: { site: SizeSite; measure: Measure }[] = [];
  const shapeCalls = new Set<Node>();
  const layerCalls = new Set<Node>();
  for (const site of sizeSites(reading)) {
    const found = site.measure(NO_BINDINGS);
    if (!found) continue;
    creators.add(site.node);
    sites.push({ site, measure: found });
    (found.kind === 'layer' || found.kind === 'model' ? layerCalls : shapeCalls).add(site.node);
    for (const dimension of found.dimensions) for (const { node } of dimension?.leaves ?? []) dimensions.add(node);
  }
  const shapes = new Set(sites.map(({ measure }) => measure.dimensions.map((dimension) => dimension?.value).join()));
  let typeLiterals: FileScan['typeLiterals'] | undefined;
  scan = {
    regions: new Map(), dimensions, creators, sites, shapeCalls, layerCalls, shapes,
    get typeLiterals() {
      return (typeLiterals ??= readTypeLiterals(reading.module));
    },
  };
  scans.set(analysis, scan);
  return scan;
}

function readTypeLiterals({ file: { ast, path } }: SourceModule): FileScan['typeLiterals'] {
  const found: { node: Node; value: number }[] = [];
  // JavaScript has no types.
  if (/\.[cm]?jsx?$/.test(path)) return found;
  walk(ast, (node) => {
    if (node.type === 'TSLiteralType' && node.literal.type === 'Literal') found.push({ node, value: Number(node.literal.value) });
  });
  return found;
}

export function scanRegion(file: FileScan, region: Node, module: SourceModule): RegionScan {
  const known = file.regions.get(region);
  if (known) return known;
  const scan = scanBodies([region, ...calledFunctions(region, module)]);
  file.regions.set(region, scan);
  return scan;
}

/** What stands in these nodes, but not in some parts of them. */
export function scanBodies(bodies: readonly Node[], without: readonly Node[] = []): RegionScan {
  const numbers: TSESTree.NumberLiteral[] = [];
  const arrays: TSESTree.ArrayExpression[] = [];
  const calls: TSESTree.CallExpression[] = [];
  const texts: { node: Node; text: string }[] = [];
  const statistics: TSESTree.Identifier[] = [];
  const memory: TSESTree.Identifier[] = [];
  for (const body of bodies) {
    walk(body, (node) => {
      if (without.some((part) => contains(part, node))) return;
      if (node.type === 'Literal' && typeof node.value === 'number') numbers.push(node as TSESTree.NumberLiteral);
      else if (node.type === 'Literal' && typeof node.value === 'string') texts.push({ node, text: node.value });
      else if (node.type === 'TemplateElement') texts.push({ node, text: node.value.raw });
      else if (node.type === 'ArrayExpression') arrays.push(node);
      else if (node.type === 'CallExpression') calls.push(node);
      else if (node.type === 'Identifier' && isStatistic(node.name)) statistics.push(node);
      else if (node.type === 'Identifier' && isMemory(node.name)) memory.push(node);
    });
  }
  return { numbers, arrays, calls, texts, statistics, memory };
}

/** `sampleMean` -> `sample mean`. */
export function wordsOf(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase();
}

/** The test that holds all the literals; else the group, else the file, in whose scope they are named. */
export function regionOf(size: MeasuredSize, leaves: readonly Node[]): Node {
  const candidates: Node[] = [];
  for (const { placed } of size.payers) {
    if (!placed) continue;
    // What a hook makes is used by the tests beside it.
    if (placed.declaration.kind !== 'hook') candidates.push(placed.declaration.call);
    candidates.push(...placed.groups.map(({ call }) => call).reverse());
  }
  const inner = candidates.filter((call) => leaves.every((leaf) => contains(call, leaf))).sort((a, b) => width(a) - width(b))[0];
  if (inner) return inner;
  let top: Node = size.site.node;
  while (top.parent) top = top.parent;
  return top;
}

function width({ range }: Node): number {
  return range[1] - range[0];
}

/** Functions of this file that the region calls and that stand outside it. */
export function calledFunctions(region: Node, module: SourceModule): FunctionNode[] {
  const found = new Set<FunctionNode>();
  walk(region, (node) => {
    if (!isCall(node) || node.callee.type !== 'Identifier') return;
    const definition = module.variableOf(node.callee)?.defs[0]?.node;
    const callback = definition?.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : definition;
    if (isFunction(callback) && !contains(region, callback)) found.add(callback);
  });
  return [...found];
}
