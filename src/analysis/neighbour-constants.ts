/** Constants from the file next door: is it worth opening, and where is the constant? */
import { VARIANTS_NAME } from '../knowledge/vocabulary.ts';
import type { ExportedNode } from './exports.ts';
import { importedName, resolveExport } from './exports.ts';
import type { SourceModule, Variable } from './module.ts';
import { packageOf, resolveOwn, resolveRelative, textOf } from './neighbours.ts';
import { literalText, staticName, unwrap } from './nodes.ts';

/** Names that somebody gives to a size or a list of variants: all capitals, a word for a size, a plural. */
const CAPITALS = /^[A-Z][A-Z\d_]*$/;
const CONSTANT_NAME = /size|len|dim|count|num|batch|heads|seq|samples|shape|rows|cols|width|height|config|params|options|cases|^get[A-Z]|^[nmk]$/i;

/** The node that defines an exported constant; undefined when the text gives no reason to parse the file. */
export function findConstant(module: SourceModule, specifier: string, name: string): ExportedNode | undefined {
  const { path: from } = module.file;
  const path = resolveOwn(specifier, from, packageOf(from)?.name);
  return path !== undefined && maySay(path, name) ? resolveExport(path, name) : undefined;
}

/** What an imported name stands for, whatever it is: `CLI` of `import { CLI } from './paths'` or of `const { CLI } = require('./paths')`. */
export function findImported(module: SourceModule, variable: Variable): ExportedNode | undefined {
  const source = importSourceOf(variable);
  const path = source?.specifier.startsWith('.') === true ? resolveRelative(source.specifier, module.file.path) : undefined;
  return source && path !== undefined ? resolveExport(path, source.name) : undefined;
}

/** From which module a variable is imported or required, and under which name it is exported there. */
export function importSourceOf({ defs: [definition], name }: Variable): { readonly specifier: string; readonly name: string } | undefined {
  if (!definition) return undefined;
  const { node, parent } = definition;
  if (parent?.type === 'ImportDeclaration') {
    const imported = importedName(node);
    return imported === undefined ? undefined : { specifier: parent.source.value, name: imported };
  }
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern' || !node.init) return undefined;
  const call = unwrap(node.init);
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'require') return undefined;
  const specifier = literalText(call.arguments[0]);
  const property = node.id.properties.find((item) => item.type === 'Property' && item.value.type === 'Identifier' && item.value.name === name);
  const required = property?.type === 'Property' ? staticName(property) : undefined;
  return required === undefined || specifier === undefined ? undefined : { specifier, name: required };
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
