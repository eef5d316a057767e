/**
 * `npm run build:docs`: writes the parts of the documentation that follow from the code, and leaves the rest alone. Those are
 * the regions between `begin generated` and `end generated` comments, the reports below an example (`text` blocks) and the code
 * under headings that begin with "After", which is the example above after `eslint --fix` or
 * after its first suggestion. `--check` writes nothing and fails when a page is not up to date.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allRunners } from '../src/knowledge/runners/all.ts';
import { isAfter, isExample, lintExample, printReports, rewriteExample } from './docs/examples.ts';
import { compatibilityTable, installTable, layoutsTable, lintersTable, runnerCellsTable, typescriptTable } from './docs/compatibility.ts';
import { rewriteCodemodPage } from './docs/codemods.ts';
import type { CodeBlock } from './docs/markdown.ts';
import { readCodeBlocks, replaceBlocks, replaceRegion } from './docs/markdown.ts';
import { rewriteRecipe, rewriteRunnerPage, runnerPage } from './docs/runner-pages.ts';
import { codemodsTable, definitions, librariesTable, ruleHead, rulesTable, selectionsTable } from './docs/tables.ts';

const ROOT = new URL('..', import.meta.url);
const RULES = new URL('docs/rules/', ROOT);

/** Every page with generated parts, as it should be: by its path from the root of the repository. */
export function buildPages(): Map<string, string> {
  const pages = new Map<string, string>();
  for (const definition of definitions) {
    const path = `docs/rules/${definition.name}.md`;
    pages.set(path, rewriteExamples(replaceRegion(readPage(path), 'head', ruleHead(definition)), definition.name));
  }
  pages.set('docs/codemods.md', rewriteCodemodPage(readPage('docs/codemods.md')));
  let readme = readPage('README.md');
  for (const [name, text] of Object.entries({ rules: rulesTable(), codemods: codemodsTable(), compatibility: compatibilityTable() })) readme = replaceRegion(readme, name, text);
  pages.set('docs/knowledge.md', replaceRegion(readPage('docs/knowledge.md'), 'libraries', librariesTable()));
  for (const runner of allRunners) pages.set(runnerPage(runner), rewriteRunnerPage(readPage(runnerPage(runner)), runner));
  pages.set('docs/recipes/ml-kernels.md', rewriteRecipe(readPage('docs/recipes/ml-kernels.md')));
  let compatibility = readPage('docs/compatibility.md');
  const tables = { linters: lintersTable(), typescript: typescriptTable(), layouts: layoutsTable(), 'runner-cells': runnerCellsTable(), install: installTable() };
  for (const [name, text] of Object.entries(tables)) compatibility = replaceRegion(compatibility, name, text);
  pages.set('docs/compatibility.md', compatibility);
  pages.set('docs/run.md', replaceRegion(readPage('docs/run.md'), 'selections', selectionsTable()));
  return pages.set('README.md', rewriteExamples(readme));
}

function readPage(path: string): string {
  const file = new URL(path, ROOT);
  return existsSync(file) ? readFileSync(file, 'utf8') : '<!-- begin generated head -->\n<!-- end generated head -->\n';
}

/** With the one rule that a page is about, or with all of them. */
function rewriteExamples(page: string, rule?: string): string {
  const rules = rule === undefined ? undefined : [rule];
  const texts = new Map<CodeBlock, string>();
  let previous: CodeBlock | undefined;
  for (const block of readCodeBlocks(page)) {
    if (previous && isExample(previous)) {
      if (block.language === 'text') texts.set(block, printReports(lintExample(previous, rules)));
      else if (isAfter(block)) texts.set(block, rewriteExample(previous, block, rules));
    }
    previous = block;
  }
  return replaceBlocks(page, texts);
}

/** Pages of rules that are gone. */
export function orphanedPages(): string[] {
  const names = new Set(definitions.map(({ name }) => `${name}.md`));
  return readdirSync(RULES).filter((file) => !names.has(file));
}

/** The paths of pages that are not up to date. */
export function stalePages(): string[] {
  return [...buildPages()].filter(([path, text]) => readPage(path) !== text).map(([path]) => path);
}

function main(isCheck: boolean): void {
  const stale = stalePages();
  const pages = buildPages();
  for (const path of stale) {
    if (!isCheck) writeFileSync(new URL(path, ROOT), pages.get(path) ?? '');
    console.log(isCheck ? `${path} is not up to date: run \`npm run build:docs\`.` : `wrote ${path}`);
  }
  const orphans = orphanedPages();
  for (const file of orphans) console.log(`docs/rules/${file} describes no rule of the plugin.`);
  if (orphans.length > 0 || (isCheck && stale.length > 0)) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.includes('--check'));
