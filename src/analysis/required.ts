/**
 * What is asked for by `require` or `import()` when that is not written as one string: a path from this file's folder, a library
 * in somebody's `node_modules`, or a library by the name that it is given here.
 */
import { posix } from 'node:path';
import type { CallNode, Node } from './nodes.ts';
import { assignedTo, calleeName, isCall, literalText, staticName, unwrap } from './nodes.ts';

/** Libraries that are chosen by version or by folder: `const webpack = require(versions[version])`. */
const BY_NAME: Readonly<Record<string, string>> = { webpack: 'webpack', rspack: '@rspack/core', rollup: 'rollup', esbuild: 'esbuild', puppeteer: 'puppeteer', playwright: 'playwright', solc: 'solc' };

/** The specifier that `asked` amounts to; `load` is the `require(…)` or `import(…)` itself. */
export function requiredBy(load: Node, asked: Node | undefined): string | undefined {
  const text = literalText(asked);
  if (text !== undefined || asked === undefined) return text;
  return specifierOf(piecesOf(unwrap(asked))) ?? byName(load);
}

/** What stands for the folder of this file, and what nobody knows. */
const HERE = Symbol('here');
const UNKNOWN = Symbol('unknown');
type Piece = string | typeof HERE | typeof UNKNOWN;

function piecesOf(node: Node): readonly Piece[] {
  switch (node.type) {
    case 'TemplateLiteral':
      return node.quasis.flatMap(({ value }, index) => [...(value.cooked ? [value.cooked] : []), ...node.expressions.slice(index, index + 1).map(pieceOf)]);
    case 'BinaryExpression':
      return [node.left, node.right].flatMap((side) => (node.operator === '+' ? piecesOf(unwrap(side)) : UNKNOWN));
    case 'CallExpression':
    case 'NewExpression':
      return piecesOfCall(node);
    default:
      return [pieceOf(node)];
  }
}

function pieceOf(node: Node): Piece {
  const inner = unwrap(node);
  if (inner.type === 'Identifier' && inner.name === '__dirname') return HERE;
  if (inner.type === 'MemberExpression' && inner.object.type === 'MetaProperty' && staticName(inner) === 'dirname') return HERE;
  return literalText(inner) ?? UNKNOWN;
}

/** `path.join(__dirname, '..')`, `new URL('..', import.meta.url)`, `require.resolve('webpack')`. */
function piecesOfCall(call: CallNode): readonly Piece[] {
  const name = calleeName(call);
  if (name === 'URL') return call.arguments[1]?.type === 'MemberExpression' && call.arguments[1].object.type === 'MetaProperty' ? [HERE, ...call.arguments.slice(0, 1).map(pieceOf)] : [];
  return name === 'join' || name === 'resolve' ? call.arguments.map(pieceOf) : [];
}

function specifierOf(pieces: readonly Piece[]): string | undefined {
  const [first, ...rest] = pieces;
  if (rest.length === 0) return typeof first === 'string' ? first : undefined;
  const path = pieces.map((piece) => (typeof piece === 'string' ? piece : '\0')).join('/');
  const inside = /(?:^|\/)node_modules\/+([^\0]+)$/.exec(path)?.[1];
  if (inside !== undefined) return inside;
  if (first !== HERE || !rest.every((piece) => typeof piece === 'string')) return undefined;
  const relative = posix.normalize(`./${rest.join('/')}`);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function byName(load: Node): string | undefined {
  const target = assignedTo(load);
  return target?.type === 'Identifier' && Object.hasOwn(BY_NAME, target.name) && isCall(load) ? BY_NAME[target.name] : undefined;
}
