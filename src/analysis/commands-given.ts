/** Which build does a helper start with the words that a call gives it: `run('tsc', ['-p', '.'])`? */
import { PROCESS_MODULE_NAMED } from '../knowledge/commands.ts';
import type { Given } from './commands.ts';
import { buildCommandOf, startsProcess } from './commands.ts';
import { findNeighbourFunction, mayBeForTests, neighbourOf, readNeighbourOrigins } from './neighbour-functions.ts';
import type { NeighbourFunction } from './neighbour-functions.ts';
import { asksText } from './neighbours.ts';
import type { SourceModule } from './module.ts';
import type { CallNode, FunctionNode } from './nodes.ts';
import { contains, enclosingFunction, isCall, nameOfFunction, outerUse } from './nodes.ts';
import type { Origin, ResolvedCall } from './origins.ts';
import type { Payer } from './payers.ts';
import { isInsideOf } from './reached-functions.ts';
import type { Reading } from './reading.ts';

interface Starter {
  readonly target: NeighbourFunction;
  readonly calls: readonly ResolvedCall[];
}

const RUNS = /^(?:run|exec|spawn|cli|sh$|shell|cmd|command|npx|npm|yarn|pnpm|start|invoke)/i;

const starters = new WeakMap<Reading, Map<string, Starter | undefined>>();

/** The function of the file next door, when it starts processes. */
function starterOf(reading: Reading, origin: Origin): Starter | undefined {
  let known = starters.get(reading);
  if (!known) starters.set(reading, (known = new Map()));
  const key = `${origin.specifier ?? ''}|${origin.path.join('.')}`;
  if (!known.has(key)) known.set(key, findStarter(reading, origin));
  return known.get(key);
}

function findStarter(reading: Reading, origin: Origin): Starter | undefined {
  const name = origin.path.findLast((token) => token !== '()' && token !== 'default') ?? '';
  if (origin.specifier === null || !(RUNS.test(name) || mayBeForTests(reading, origin.specifier))) return undefined;
  const isWorth = (path: string): boolean => asksText(path, PROCESS_MODULE_NAMED);
  const path = neighbourOf(reading, origin.specifier)?.path;
  const target = path !== undefined && isWorth(path) ? findNeighbourFunction(reading, origin, isWorth) : undefined;
  if (!target || target.callback.params.length === 0) return undefined;
  const calls = readNeighbourOrigins(target.module).calls.filter(({ node, origin: started }) => startsProcess(started) && contains(target.callback, node));
  return calls.length > 0 ? { target, calls } : undefined;
}

/** May calls of this start whatever they are given? */
export function startsWhatIsGiven(reading: Reading, origin: Origin): boolean {
  return starterOf(reading, origin) !== undefined;
}

export function commandGiven(reading: Reading, node: CallNode, origin: Origin): string | undefined {
  const starter = starterOf(reading, origin);
  if (!starter) return undefined;
  const { module, callback } = starter.target;
  return firstCommand(starter.calls, module, { helper: callback, module: reading.module, arguments: node.arguments });
}

/** The same inside a file next door, where one of its functions starts what another one gives it: `(...args) => exec('npx', 'webpack', ...args)`. */
export function commandHandedOn(module: SourceModule, { node, origin }: ResolvedCall, bodies: ReadonlySet<FunctionNode>): string | undefined {
  const helper = startsProcess(origin) ? enclosingFunction(node) : undefined;
  const name = helper && helper.params.length > 0 && bodies.has(helper) ? nameOfFunction(helper) : undefined;
  for (const { identifier } of (name && helper && module.resolve(name.name, helper.parent)?.references) ?? []) {
    const { child, parent } = outerUse(identifier);
    if (!helper || !isCall(parent) || parent.callee !== child || !isInsideOf(module, parent, bodies)) continue;
    const command = firstCommand([{ node, origin }], module, { helper, module, arguments: parent.arguments });
    if (command !== undefined) return command;
  }
  return undefined;
}

/** The same for a helper of this file: with the words that this test gives it. */
export function commandOfPayer(reading: Reading, call: ResolvedCall, { execution: { via, helper } }: Payer): string | undefined {
  return via && helper ? firstCommand([call], reading.module, { helper, module: reading.module, arguments: via.arguments }) : undefined;
}

function firstCommand(calls: readonly ResolvedCall[], module: SourceModule, given: Given): string | undefined {
  for (const { node, origin } of calls) {
    const command = node.type === 'TaggedTemplateExpression' ? undefined : buildCommandOf(module, node, origin, given);
    if (command !== undefined) return command;
  }
  return undefined;
}
