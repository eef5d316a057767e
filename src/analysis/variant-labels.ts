/** How is a variant called, and is it one of a few categories rather than data? */
import { VARIANTS_NAME } from '../knowledge/vocabulary.ts';
import { calleeName, isCall, staticName, unwrapAwait } from './nodes.ts';
import type { Node } from './nodes.ts';
import type { Value } from './value.ts';

/** What a list, an item of it or a parameter is called. */
export function nameOf(node: Node): string | undefined {
  const inner = unwrapAwait(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'MemberExpression') return staticName(inner);
  if (inner.type === 'AssignmentPattern') return nameOf(inner.left);
  if (inner.type === 'ArrayPattern') return inner.elements[0] ? nameOf(inner.elements[0]) : undefined;
  if (inner.type === 'ObjectPattern') {
    const names = inner.properties.flatMap((property) => (property.type === 'Property' ? (staticName(property) ?? []) : []));
    return names.find((name) => VARIANTS_NAME.test(name)) ?? names[0];
  }
  return undefined;
}

/** What is known of a list, beside its items. */
export interface ListOf {
  /** Its name says that it holds variants. */
  readonly isNamed: boolean;
  /** A cost row or a look into the called function says that what runs for each item is expensive. */
  readonly isSure: boolean;
  /** Each item has tests of its own. */
  readonly makesTests: boolean;
}

/** How a variant is called; undefined when the item is data rather than a category. */
export function labelOf(item: Value | undefined, list: ListOf): string | undefined {
  const { isNamed, isSure, makesTests } = list;
  if (!item) return isNamed ? '?' : undefined;
  switch (item.type) {
    case 'scalar':
      if (typeof item.value === 'string') return isCategory(item.value) || (isNamed && item.value.length <= 60) || (isSure && makesTests && FILE.test(item.value)) ? item.value : undefined;
      if (typeof item.value === 'number') return isNamed ? String(item.value) : undefined;
      return String(item.value);
    case 'opaque': {
      const name = nameOf(item.node) ?? (isCall(item.node) ? calleeName(item.node) : undefined);
      return name ?? (isNamed ? '?' : undefined);
    }
    case 'list':
      return isNamed || item.items[0]?.type === 'scalar' || isListOfWords(item.items[0]) ? labelOf(item.items[0], list) : undefined;
    case 'dictionary': {
      for (const key of ['name', 'label', 'title', 'mode', 'type', 'format', 'backend', 'device', 'dtype', 'pattern', 'bundler']) {
        const value = item.entries.get(key);
        if (value?.type === 'scalar' && typeof value.value === 'string') return value.value;
      }
      if (isNamed) return '{…}';
      return isSure ? settingsLabel(item, makesTests) : undefined;
    }
  }
}

/** `[['es2020', 'node'], false]`: several words are one category. */
function isListOfWords(item: Value | undefined): boolean {
  return item?.type === 'list' && item.items.length > 0 && item.items.every((word) => word?.type === 'scalar' && typeof word.value === 'string');
}

/** `{ loaderMode: 'esModule', extract: true }`: a combination of settings, when every value is a category. */
function settingsLabel({ entries, isOpen }: Extract<Value, { type: 'dictionary' }>, makesTests: boolean): string | undefined {
  if (isOpen || entries.size === 0 || entries.size > 6) return undefined;
  const words: string[] = [];
  for (const [key, value] of entries) {
    if (makesTests && SAYS_WHY.test(key)) continue;
    if (value?.type !== 'scalar') return undefined;
    // Beside a category, a number and a file belong to the combination that is tested.
    if (typeof value.value === 'number' || (typeof value.value === 'string' && !isWord(value.value))) {
      if (!makesTests || (typeof value.value === 'string' && !FILE.test(value.value))) return undefined;
      continue;
    }
    words.push(String(value.value));
  }
  return words.length > 0 ? words.join(' ') : undefined;
}

/** What says in words why a row is there. */
const SAYS_WHY = /^(?:reason|description|desc|comment|message|note)$/i;

function isWord(text: string): boolean {
  return isCategory(text) && !text.includes(' ');
}

/** A file, a module or a model: no sentence, no code, and not where a fixture lies. */
const FILE = /^(?=.*[a-z])(?!.*\/.*\.\w+$)[\w@][\w@.:/+=-]{0,79}$/i;

/** `vite.base.config.ts`, `tsconfig.es5.json`: one of the ways to set up a tool. */
const CONFIG_FILE = /^(?:[\w-]+\.)*(?:config|conf)(?:\.[\w-]+)*\.(?:[cm]?[jt]s|json)$|^tsconfig[\w.-]*\.json$/;

/** A word that names a category, not a path, a piece of code or a sentence. */
function isCategory(text: string): boolean {
  if (CONFIG_FILE.test(text)) return true;
  return text.length <= 40 && /^[\w@+.:\- ]*$/.test(text) && !/\.(?:[cm]?[jt]sx?|json|css|less|s[ac]ss|html|png|jpe?g|wasm|txt|md|onnx|sol|circom)$/i.test(text) && text.split(' ').length <= 3;
}

