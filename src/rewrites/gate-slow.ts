/** A runner that leaves nothing out by title leaves a slow test out unless the environment asks for it: `{ skip: !process.env.SLOW }`. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Settings } from '../analysis/settings.ts';
import type { Declaration } from '../analysis/declarations.ts';
import { contains, staticName, unwrap } from '../analysis/nodes.ts';
import type { Runner } from '../knowledge/runner.ts';
import type { Edit } from './edit.ts';

/** tape's own options; its look-alikes take others. */
const TAKES_SKIP = /^(?:tape|blue-tape|tape-promise(?:\/tape)?|tap)$/;

/** Are slow tests of this runner selected by the environment, since it, or an old version that is to be served, leaves none out by title? */
export function needsGate({ command: { selections } }: Runner, { gate }: Settings): boolean {
  return selections.length === 0 || (gate === true && selections.some(({ fast }) => fast === undefined));
}

/** Those that take `{ skip }` before the body. */
export function takesGate({ runner, kind }: Declaration): boolean {
  return runner.name === 'node:test' ? kind !== 'hook' : runner.name === 'tape' && kind === 'test';
}

/** `isSlow` is text that holds where the test is slow; without it, it always is. The edits, or the reason why there are none. */
export function gateSlow({ reading }: Analysis, declaration: Declaration, isSlow?: string): Edit[] | string {
  const { call, callback, options, runner } = declaration;
  const specifier = reading.runnerOrigins.byCall.get(call)?.specifier ?? '';
  if (!takesGate(declaration) || (runner.name === 'tape' && !TAKES_SKIP.test(specifier))) return `${runner.name} cannot leave tests out by title.`;
  if (!callback || !contains(call, callback)) return 'The body of the test stands elsewhere.';
  const condition = `skip: ${isSlow === undefined ? '' : `${isSlow} && `}!process.env.SLOW`;
  const argument = call.arguments.find((item) => contains(item, callback));
  if (!options) return argument ? [{ range: [argument.range[0], argument.range[0]], text: `{ ${condition} }, ` }] : 'The body of the test stands elsewhere.';
  const [first] = options.properties;
  if (!first || options.properties.some((property) => property.type !== 'Property' || staticName(property) === 'skip')) return 'The test has a condition of its own.';
  return unwrap(options) === options ? [{ range: [first.range[0], first.range[0]], text: `${condition}, ` }] : 'The options are computed elsewhere.';
}
