/** Constants from the file next door: is it worth opening, and where is the constant? */
import { VARIANTS_NAME } from '../knowledge/vocabulary.ts';
import type { ExportedNode } from './exports.ts';
import { resolveExport } from './exports.ts';
import type { SourceModule } from './module.ts';
import { packageOf, resolveOwn, textOf } from './neighbours.ts';

/** Names that somebody gives to a size or a list of variants: all capitals, a word for a size, a plural. */
const CAPITALS = /^[A-Z][A-Z\d_]*$/;
const CONSTANT_NAME = /size|len|dim|count|num|batch|heads|seq|samples|shape|rows|cols|width|height|config|params|options|cases|^get[A-Z]|^[nmk]$/i;

/** The node that defines an exported constant; undefined when the text gives no reason to parse the file. */
export function findConstant(module: SourceModule, specifier: string, name: string): ExportedNode | undefined {
  const { path: from } = module.file;
  const path = resolveOwn(specifier, from, packageOf(from)?.name);
  return path !== undefined && maySay(path, name) ? resolveExport(path, name) : undefined;
}

/** Guards the parse: does the file declare this name, or only pass on what its neighbours declare? */
function maySay(path: string, name: string): boolean {
  if (name !== 'default' && !CAPITALS.test(name) && !CONSTANT_NAME.test(name) && !(/s$/i.test(name) && VARIANTS_NAME.test(name))) return false;
  const text = textOf(path);
  if (text === undefined) return false;
  if (name === 'default') return /\bexport\s+default\b|\bmodule\.exports\b/.test(text);
  const at = text.indexOf(name);
  if (at < 0) return text.length < 2_000 && /\bexport\s*\*/.test(text);
  // Only what begins like a literal, a list, an object or a computation of constants can be evaluated.
  return new RegExp(`\\b(?:const|let|var|function|exports\\.)\\s*${name.replaceAll('$', '\\$')}\\b\\s*(?::[^=;]*)?(?:=\\s*(?:[-\\d.'"\`[{]|Object\\.|[A-Z][A-Z_0-9]+\\b)|\\(\\))`).test(text) || isBarrelFor(text, name);
}

function isBarrelFor(text: string, name: string): boolean {
  return text.length < 2_000 && new RegExp(`\\bexport\\s*\\{[^}]*\\b${name.replaceAll('$', '\\$')}\\b`).test(text);
}
