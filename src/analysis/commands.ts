/** Does a call start a command that builds: `execSync('npx tsc -p .')`, `execa('vite', ['build'])`. */
import { BUILD_COMMAND, ONLY_TALKS, PROCESS_MODULE, STARTS_PROCESS } from '../knowledge/commands.ts';
import type { SourceModule } from './module.ts';
import type { CallNode, Node } from './nodes.ts';
import { unwrap } from './nodes.ts';
import type { Origin } from './origin.ts';
import { walk } from './walk.ts';

/** Longer ones are scripts that are handed over. */
const MAX_CHARACTERS = 600;
const MAX_DEPTH = 3;

export function startsProcess({ specifier, path }: Origin): boolean {
  if (specifier === null || !PROCESS_MODULE.test(specifier) || path.includes('()')) return false;
  return STARTS_PROCESS.test(path.at(-1) ?? 'default');
}

/** The command with which the call builds, as far as the text tells. */
export function buildCommandOf(module: SourceModule, node: CallNode, origin: Origin): string | undefined {
  if (!startsProcess(origin)) return undefined;
  const words = node.arguments.slice(0, 2).flatMap((argument) => wordsOf(module, argument, 0)).join(' ').replace(/\s+/g, ' ');
  if (words.length > MAX_CHARACTERS || ONLY_TALKS.test(words)) return undefined;
  return BUILD_COMMAND.exec(words)?.[0].trim().replace(/^.*\//, '');
}

/** Strings in source order, names of constants looked up; where the text does not tell, a word that means nothing. */
function wordsOf(module: SourceModule, node: Node, depth: number): string[] {
  if (depth > MAX_DEPTH) return ['…'];
  const value = unwrap(node);
  if (value.type === 'Identifier') {
    const definition = module.variableOf(value)?.defs[0];
    const init = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.init : undefined;
    return init ? wordsOf(module, init, depth + 1) : ['…'];
  }
  if (value.type === 'ArrayExpression') return value.elements.flatMap((element) => (element ? wordsOf(module, element, depth + 1) : []));
  if (value.type === 'TemplateLiteral') {
    return [value.quasis.map(({ value: { cooked, raw } }, index) => (cooked ?? raw) + (value.expressions[index] ? wordsOf(module, value.expressions[index], depth + 1).join('/') : '')).join('')];
  }
  if (value.type === 'Literal') return typeof value.value === 'string' ? [value.value] : [];
  // `path.join(root, 'node_modules', '.bin', 'tsc')`, `require.resolve('vite/bin/vite.js')`: one path.
  if (value.type === 'CallExpression') {
    const parts: string[] = [];
    walk(value, (inner) => {
      if (inner.type === 'Literal' && typeof inner.value === 'string') parts.push(inner.value);
    });
    return [parts.join('/')];
  }
  return ['…'];
}
