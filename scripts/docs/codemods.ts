/** The page of the codemods: their heads and options from the definitions, and what each makes of its example. */
import { allCodemods } from '../../codemods/all.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { applyCodemod } from '../../src/host/apply-codemod.ts';
import type { CodemodDefinition } from '../../src/host/define-codemod.ts';
import { dashed, defaultsOf } from '../../src/host/options.ts';
import type { CodeBlock } from './markdown.ts';
import { readCodeBlocks, replaceBlocks, replaceRegion } from './markdown.ts';
import { table, typeOf } from './tables.ts';

/** Lists all, fills the region of each, and the code under headings that begin with "After". */
export function rewriteCodemodPage(page: string): string {
  let written = page;
  for (const definition of allCodemods) written = replaceRegion(written, definition.name, headOf(definition));
  const texts = new Map<CodeBlock, string>();
  let before: CodeBlock | undefined;
  for (const block of readCodeBlocks(written)) {
    const definition = allCodemods.find(({ name }) => block.headings.includes(name));
    if (before && definition && block.headings.at(-1)?.startsWith('After')) texts.set(block, rewritten(definition, before.text));
    before = block;
  }
  return replaceBlocks(written, texts);
}

function headOf({ description, options }: CodemodDefinition): string {
  const rows = Object.entries(options).map(([name, option]) => [`\`--${dashed(name)}\``, typeOf(option), String(option.default) === '' ? '' : `\`${String(option.default)}\``, option.description]);
  return [description, ...(rows.length === 0 ? [] : [table(['option', 'type', 'default', 'meaning'], rows)])].join('\n\n');
}

/** Throws when the example is not rewritten: then it shows nothing. */
function rewritten(definition: CodemodDefinition, text: string): string {
  const result = applyCodemod(definition, { text, path: '/project/test/example.test.ts' }, { settings: readSettings(undefined), options: defaultsOf(definition.options) });
  if (result.type !== 'done' || result.output === undefined) throw new Error(`${definition.name} leaves its example as it is: ${JSON.stringify(result)}`);
  return result.output;
}
