/**
 * Does a helper hand the work on to a function that only its name and its file tell to build? No second hop: that function is not
 * looked into, but its file calls a bundler or a compiler.
 */
import type { Expense } from './expense.ts';
import { isRemembered } from './expense.ts';
import { resolveExport } from './exports.ts';
import type { SourceModule } from './module.ts';
import { nameTest } from './name-test.ts';
import { readNeighbourOrigins } from './neighbour-functions.ts';
import { asksText, resolveOwn, textOf } from './neighbours.ts';
import type { FunctionNode } from './nodes.ts';
import { calleeName } from './nodes.ts';
import { isInsideOf } from './reached-functions.ts';
import type { Reading } from './reading.ts';

const WORD = '(?:bundle|build|compile|webpack|rollup|rspack|esbuild|vite|parcel|browserify)';
const PREFIX = '(?:run|do|exec|start|test|once|try|await|real|prod|full)?_?';
const says = nameTest(new RegExp(`^${PREFIX}${WORD}(?:$|[A-Z_\\d])`, 'u'));
const saysInside = nameTest(new RegExp(`^(?:run|do|exec|start|try)_?${WORD}(?:$|[A-Z_\\d])|^(?!(?:get|create|make|new|mock|fake|stub)_?)\\w*compiler$`, 'iu'));
/** Things around a build that cost nothing. */
const PREPARES_ONLY = nameTest(/(?:Config|Configs|Options|Args|Argv|Path|Paths|Dir|Name|Url|Uri|Plugin|Plugins|Rules?|Schema|Message|Error|Query|Regex|Regexp|Context|Request|Response|Headers?|Tree|Ast|Map|Index|Filter|Params|Template|Expression|Selector|Matcher)$/);
const BUILDS = new RegExp(`\\b${PREFIX}${WORD}(?:[A-Z_\\d]\\w*)?\\s*\\(|\\bawait \\w*compiler\\s*\\(`, 'i');

/** What a helper was given is run: `compiler.run(…)`, `webpack({ … })`. */
export const RUNS_GIVEN = /\b(?:compiler|bundler)\s*\.\s*(?:run|watch)\b|\b(?:webpack|rspack|rollup)\s*\(\s*\{/;
/** Further on, the bundler stands in the name. */
const NAMES_BUNDLER = /(?<![\w$.])(?:run|exec|start|build)(?:With|Using)?_?(?:Webpack|Rollup|Rolldown|Rspack|Esbuild|ESBuild|Vite|Parcel)\s*\(/;

/** Asked of the text, before a helper's file is parsed. */
export function mayReachBeyond(path: string): boolean {
  return asksText(path, BUILDS) && asksText(path, /(?:from|require\()\s*['"](?:\.|@\/|~\/|#)/);
}

export function expenseBeyond(reading: Reading, module: SourceModule, bodies: ReadonlySet<FunctionNode>): Expense | undefined {
  for (const { node, origin } of readNeighbourOrigins(module).calls) {
    if (node.type === 'TaggedTemplateExpression' || origin.specifier === null || !reading.rows.isOwn(origin)) continue;
    const exported = origin.path.findLast((token) => token !== '()' && token !== 'default');
    const name = exported ?? calleeName(node) ?? '';
    if (!(says(name) || saysInside(name)) || PREPARES_ONLY(name) || origin.path.includes('()') || isRemembered(node) || !isInsideOf(module, node, bodies)) continue;
    const path = resolveOwn(origin.specifier, module.file.path, reading.rows.packageName);
    const found = path === undefined ? undefined : resolveExport(path, origin.path[0] ?? 'default');
    if (found && builds(reading, textOf(found.module.file.path) ?? '')) return { kind: 'build', evidence: 'body', inside: name, row: undefined };
  }
  return undefined;
}

function builds({ rows }: Reading, text: string): boolean {
  return (rows.mayBuild && (RUNS_GIVEN.test(text) || NAMES_BUNDLER.test(text))) || rows.costs.buildsIn(text);
}
