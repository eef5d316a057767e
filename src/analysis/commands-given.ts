/** Which build does a helper start with the words that a call gives it: `run('tsc', ['-p', '.'])`? */
import { PROCESS_MODULE, PROCESS_MODULE_NAMED } from '../knowledge/commands.ts';
import type { Given } from './commands.ts';
import { buildCommandOf, startsProcess } from './commands.ts';
import { isRemembered } from './expense.ts';
import type { BuildCommand } from './own-commands.ts';
import { findNeighbourFunction, mayBeForTests, neighbourOf, readNeighbourOrigins } from './neighbour-functions.ts';
import type { NeighbourFunction } from './neighbour-functions.ts';
import { nameTest } from './name-test.ts';
import { asksText } from './neighbours.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { enclosingFunction, isCall, nameOfFunction, outerUse } from './nodes.ts';
import type { Origin, ResolvedCall } from './origins.ts';
import type { Payer } from './payers.ts';
import { isInsideOf, reachedFrom } from './reached-functions.ts';
import type { Reading } from './reading.ts';

interface Starter {
  readonly target: NeighbourFunction;
  readonly calls: readonly ResolvedCall[];
}

/** The index of a folder of helpers. */
const PASSES_ON = /^export\s*(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s+)?from\b/m;
export const saysRun = nameTest(/^(?:run|exec|spawn|cli|sh$|shell|cmd|command|npx|npm|yarn|pnpm|start|invoke)/i);

const starters = new WeakMap<Reading, Map<Origin, Starter | undefined>>();

/** The function of the file next door, when it starts processes. */
function starterOf(reading: Reading, origin: Origin): Starter | undefined {
  let known = starters.get(reading);
  if (!known) starters.set(reading, (known = new Map()));
  if (!known.has(origin)) known.set(origin, findStarter(reading, origin));
  return known.get(origin);
}

function findStarter(reading: Reading, origin: Origin): Starter | undefined {
  const name = origin.path.findLast((token) => token !== '()' && token !== 'default') ?? '';
  if (origin.specifier === null || !(saysRun(name) || mayBeForTests(reading, origin.specifier))) return undefined;
  const isWorth = (path: string): boolean => asksText(path, PROCESS_MODULE_NAMED) || asksText(path, PASSES_ON);
  const path = neighbourOf(reading, origin.specifier)?.path;
  const target = path !== undefined && isWorth(path) ? findNeighbourFunction(reading, origin, isWorth) : undefined;
  if (!target || target.callback.params.length === 0) return undefined;
  const bodies = reachedFrom(target.module, target.callback);
  const calls = readNeighbourOrigins(target.module).calls.filter(({ node, origin: started }) => startsProcess(started) && (node.type === 'TaggedTemplateExpression' || !isRemembered(node)) && isInsideOf(target.module, node, bodies, true));
  return calls.length > 0 ? { target, calls } : undefined;
}

/** May calls of this start whatever they are given? */
export function startsWhatIsGiven(reading: Reading, origin: Origin): boolean {
  return starterOf(reading, origin) !== undefined;
}

/** What starts processes is a fake: `jest.mock('execa')` in the tests of what starts them. */
export function fakesProcesses({ mocks }: Reading): boolean {
  return mocks.replacesOneOf((specifier) => PROCESS_MODULE.test(specifier));
}

export function commandGiven(reading: Reading, node: CallNode, origin: Origin): BuildCommand | undefined {
  const starter = starterOf(reading, origin);
  if (!starter || fakesProcesses(reading)) return undefined;
  const { module, callback } = starter.target;
  return firstCommand(reading, starter.calls, module, { helper: callback, module: reading.module, arguments: node.arguments });
}

/** The same for a helper of this file: with the words that this test gives it. */
export function commandOfPayer(reading: Reading, call: ResolvedCall, { execution: { via, helper } }: Payer): BuildCommand | undefined {
  return via && helper ? firstCommand(reading, [call], reading.module, { helper, module: reading.module, arguments: via.arguments }) : undefined;
}

function firstCommand({ rows }: Reading, calls: readonly ResolvedCall[], module: Reading['module'], given: Given): BuildCommand | undefined {
  for (const call of calls) {
    for (const told of [given, ...givenInside(module, given.helper, reachedFrom(module, given.helper), call.node, { outer: given })]) {
      const command = buildCommandOf(module, rows.costs, call, told);
      if (command) return command;
    }
  }
  return undefined;
}

/** `exec('npx', 'webpack')` in a helper: what it gives to the function of its own file that starts the process. */
export function givenInside(module: Reading['module'], callback: FunctionNode, bodies: ReadonlySet<FunctionNode>, start: Node, more: Pick<Given, 'outer' | 'isPartial'>): Given[] {
  let helper = enclosingFunction(start);
  for (let next = helper; next; next = enclosingFunction(next)) helper = next;
  const name = helper && helper !== callback ? nameOfFunction(helper) : undefined;
  const variable = name && helper && module.resolve(name.name, helper.parent);
  if (!helper || !variable) return [];
  const found: Given[] = [];
  for (const { identifier } of variable.references) {
    const { child, parent } = outerUse(identifier);
    if (isCall(parent) && parent.callee === child && isInsideOf(module, parent, bodies)) found.push({ helper, module, arguments: parent.arguments, ...more });
  }
  return found;
}
