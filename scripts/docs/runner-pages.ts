/** Pages with an example and what all codemods make of it: those of the runners, with a head from the runner's data, and recipes. */
import { allCodemods } from '../../codemods/all.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { applyCodemod } from '../../src/host/apply-codemod.ts';
import { defaultsOf } from '../../src/host/options.ts';
import type { Runner } from '../../src/knowledge/runner.ts';
import { runnerCells } from '../matrix/cells.ts';
import { runnersThatHold } from './compatibility.ts';
import type { CodeBlock } from './markdown.ts';
import { readCodeBlocks, replaceBlocks, replaceRegion } from './markdown.ts';
import { selectionsTable, table } from './tables.ts';

/** `docs/runners/node-test.md` for `node:test`. */
export function runnerPage({ name }: Runner): string {
  return `docs/runners/${name.replace(':', '-')}.md`;
}

export function rewriteRunnerPage(page: string, runner: Runner): string {
  // Of tests that use globals, package.json tells the runner.
  return fillAfter(replaceRegion(page, 'head', headOf(runner)), { runner: runner.name });
}

/** The example under "Before" of a recipe, with the settings of the page's package.json. */
export function rewriteRecipe(page: string): string {
  return fillAfter(page, settingsShown(page));
}

/** `"slow-tests"` of the first package.json of a page. */
export function settingsShown(page: string): unknown {
  const json = readCodeBlocks(page).find(({ language, text }) => language === 'json' && text.includes('"slow-tests": {'));
  return json && (JSON.parse(json.text) as { readonly 'slow-tests': unknown })['slow-tests'];
}

function fillAfter(page: string, settings: unknown): string {
  const texts = new Map<CodeBlock, string>();
  let before: CodeBlock | undefined;
  for (const block of readCodeBlocks(page)) {
    if (before && block.headings.at(-1)?.startsWith('After')) texts.set(block, afterCodemods(before, settings));
    before = block;
  }
  return replaceBlocks(page, texts);
}

/** All of them, one after the other, as `migrate` runs them. */
export function afterCodemods({ text, attributes }: CodeBlock, own: unknown): string {
  const settings = readSettings({ 'slow-tests': own });
  let written = text;
  for (const definition of allCodemods) {
    const result = applyCodemod(definition, { text: written, path: `/project/${String(attributes['file'])}` }, { settings, options: defaultsOf(definition.options) });
    if (result.type !== 'done') throw new Error(`${definition.name} does not read the example: ${JSON.stringify(result)}`);
    written = result.output ?? written;
  }
  return written;
}

function headOf(runner: Runner): string {
  const { name, modules, globals, roots, tables, skippedRoots, spies, clock, timeouts, options } = runner;
  const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(' ');
  const timeoutForms = [
    ...(options.timeout === undefined ? [] : [`the option \`${options.timeout}\``]),
    ...(timeouts.lastArgument ? ['a last argument in ms'] : []),
    ...timeouts.contextMethods.map((method) => `the method \`${method}\` of ${name === 'mocha' ? '`this`' : name === 'playwright' ? '`test`' : 'what a test is given'}`),
  ];
  const rows = [
    ['read from', `${globals ? 'globals, or ' : ''}imports of ${code(modules)}`],
    ['tests', code(roots.test)],
    ['groups', roots.group.length === 0 ? 'none' : code(roots.group)],
    ['hooks', code([...roots.beforeAll, ...roots.beforeEach, ...roots.after]) || 'none'],
    ...(skippedRoots.length === 0 ? [] : [['never run', code(skippedRoots)]]),
    ['tables', tables.length === 0 ? 'none: codemods write a loop' : code(tables)],
    ['timeouts', timeoutForms.join(', ')],
    ['a stub is put in place by', spies === undefined ? 'nothing that this runner has' : `\`${spies.replace}\``],
    ['fake timers', clock === undefined ? 'none that the suggestion of no-real-sleep could use' : `\`${clock.start}\`, \`${clock.advance}\``],
    ['tried', triedWith(name)],
  ];
  const selections = selectionsTable([runner]);
  return [
    `# ${name}`,
    table(['', ''], rows),
    runner.command.selections.length === 0 ? 'It has no filter by title: which test belongs to which run is decided by file names and by the environment.' : selections,
  ].join('\n\n');
}

function triedWith(name: string): string {
  const held = runnersThatHold();
  const cells = runnerCells.filter((cell) => cell.runner === name && held.has(cell));
  const versions = [...new Set(cells.map(({ version }) => version))];
  const tried = versions.map((version) => `${version === '' ? '' : `${version} on `}Node ${cells.filter((cell) => cell.version === version).map(({ node }) => node).join(', ')}`);
  return [...tried, 'see [what works where](../compatibility.md#runners)'].join('; ');
}
