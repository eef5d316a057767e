/** What says of a size that it was chosen: it is one of several cases beside each other, a bound of a format, or what a file shows. */
import type { SourceModule } from './module.ts';
import type { CallNode, Node } from './nodes.ts';
import { calleeName, contains, isCall, isFunction } from './nodes.ts';
import { walk } from './walk.ts';

export const ONE_OF_SEVERAL = 'the size is one of several cases';

/** `0x10000`; `{ small: bytes(17), medium: bytes(256), large: bytes(65536) }`. */
export function isCase(module: SourceModule, literal: Node): boolean {
  const { text } = module.file;
  if (/^0[xob]/i.test(text.slice(literal.range[0], literal.range[1]))) return true;
  let call: CallNode | undefined;
  for (let current: Node | undefined = literal.parent; current && !isFunction(current); current = current.parent) {
    if (current.type === 'CallExpression') call ??= current;
    if (current.type !== 'ArrayExpression' && current.type !== 'ObjectExpression') continue;
    const items: readonly (Node | null)[] = current.type === 'ArrayExpression' ? current.elements : current.properties;
    const made = call;
    if (made && items.filter((item) => item && !contains(item, literal) && holdsOtherSize(text, item, made, literal)).length >= 2) return true;
  }
  return false;
}

/** A call of the same function with other numbers in the same place. */
function holdsOtherSize(text: string, item: Node, call: CallNode, literal: Node): boolean {
  const own = call.arguments.find((argument) => contains(argument, literal));
  const place = own ? call.arguments.indexOf(own) : -1;
  const textOf = (node: Node) => text.slice(node.range[0], node.range[1]);
  let found = false;
  walk(item, (node) => {
    const argument = isCall(node) && calleeName(node) === calleeName(call) ? node.arguments[place] : undefined;
    if (own && argument && /^[\d[]/.test(textOf(argument)) && textOf(argument) !== textOf(own)) found = true;
  });
  return found;
}

const ASSET = /\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|npy|npz|snap|wav|txt|csv|bin)(?:\?.*)?$/i;

/** `import baseline from './volume.png'`: where an imported file is used; `similar(fixture('rotated.jpg'), image)`: where one is named. */
export function assetIn(module: SourceModule, region: Node): Node | undefined {
  for (const statement of module.file.ast.body) {
    if (statement.type !== 'ImportDeclaration' || !ASSET.test(statement.source.value)) continue;
    for (const { local } of statement.specifiers) {
      const use = module.variableOf(local)?.references.find(({ identifier }) => contains(region, identifier));
      if (use) return use.identifier;
    }
  }
  let named: Node | undefined;
  walk(region, (node) => {
    if (node.type === 'Literal' && typeof node.value === 'string' && ASSET.test(node.value)) named ??= node;
  });
  return named;
}
