/**
 * Which titles can a declaration have when it runs? Literal pieces with holes between them: `${…}` whose value the text does not
 * tell, `%s` and `$name` of tables. Spaces, marker tokens and the separators that reports put between titles do not count, so
 * that a test is known again after it was marked, and in any report.
 */
import type { Declaration } from '../analysis/declarations.ts';
import type { SourceModule } from '../analysis/module.ts';
import type { Node } from '../analysis/nodes.ts';
import { literalText, unwrap } from '../analysis/nodes.ts';
import { evaluate } from '../analysis/static-value.ts';
import type { Bindings } from '../analysis/value.ts';

/** Anything may stand between two pieces, nothing before the first or behind the last. */
export type TitlePattern = readonly string[];

export const ANY_TITLE: TitlePattern = ['', ''];

export type Plain = (text: string) => string;

/** What of a title counts. */
export function plainTitle(markers: { readonly slow: string; readonly stress: string }): Plain {
  const tokens = [markers.slow, markers.stress].map((token) => token.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const ignored = new RegExp(`(?<![\\w-])(?:${tokens.join('|')})(?![\\w-])|[\\s>›»]+`, 'g');
  return (text) => text.replace(ignored, '');
}

/** `%s`, `%i`, `%.2f`, `%#`, `%$` and `$name`, `$a.b`, `$#` take their text from the row. */
const FROM_ROW = /%(?:\.\d+)?[sdifjoOpcx#$]|\$(?:[\w$]+(?:\.[\w$]+)*|#)/;

export function titlePattern(module: SourceModule, { title, table, runner }: Declaration, plain: Plain, bindings?: Bindings): TitlePattern {
  if (!title) return ANY_TITLE;
  let pieces = piecesOf(module, title, bindings);
  if (table) pieces = pieces.flatMap((piece) => piece.replaceAll('%%', '\0').split(FROM_ROW).map((text) => text.replaceAll('\0', '%')));
  // `name [key]`
  if (table && runner.name === 'qunit') pieces = [...pieces.slice(0, -1), `${pieces.at(-1) ?? ''}[`, ']'];
  return pieces.map(plain);
}

function piecesOf(module: SourceModule, given: Node, bindings: Bindings | undefined): readonly string[] {
  const node = unwrap(given);
  if (node.type === 'TemplateLiteral') {
    return node.quasis.reduce<readonly string[]>((pieces, { value }, index) => {
      const hole = index === 0 ? undefined : node.expressions[index - 1];
      const text = [value.cooked ?? value.raw];
      return hole ? joined(joined(pieces, piecesOf(module, hole, bindings)), text) : text;
    }, []);
  }
  // Numbers are added up.
  if (node.type === 'BinaryExpression' && node.operator === '+' && isText(node)) return joined(piecesOf(module, node.left, bindings), piecesOf(module, node.right, bindings));
  const value = evaluate(module, node, bindings);
  return value?.type === 'scalar' ? [String(value.value)] : ANY_TITLE;
}

/** Is it put together of texts, one of which is written here? */
function isText(given: Node): boolean {
  const node = unwrap(given);
  if (node.type === 'BinaryExpression') return node.operator === '+' && (isText(node.left) || isText(node.right));
  return node.type === 'TemplateLiteral' || literalText(node) !== undefined;
}

/** One after the other. */
export function joined(a: TitlePattern, b: TitlePattern): TitlePattern {
  if (a.length === 0) return b;
  return [...a.slice(0, -1), `${a.at(-1) ?? ''}${b[0] ?? ''}`, ...b.slice(1)];
}

/** In one pass, however many holes there are. */
export function fits(pattern: TitlePattern, text: string): boolean {
  const first = pattern[0] ?? '';
  if (pattern.length === 1) return text === first;
  const last = pattern.at(-1) ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (let index = 1; index < pattern.length - 1; index++) {
    const piece = pattern[index] ?? '';
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** How much of the title it tells. */
export function literalLength(pattern: TitlePattern): number {
  return pattern.reduce((sum, piece) => sum + piece.length, 0);
}
