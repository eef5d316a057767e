/** Does a call start a command that builds: `execSync('npx tsc -p .')`, `execa('vite', ['build'])`. */
import { basename, dirname, resolve } from 'node:path';
import { BUILD_COMMAND, ONLY_TALKS, PROCESS_MODULE, RUNS_TESTS, STARTS_PROCESS } from '../knowledge/commands.ts';
import { HARDHAT_COMPILES } from '../knowledge/context-objects.ts';
import type { CostIndex } from './cost-lookup.ts';
import type { Expense } from './expense.ts';
import type { CallFact } from './facts.ts';
import type { SourceModule } from './module.ts';
import { findImported } from './neighbour-constants.ts';
import { localFunction, returnsOf } from './neighbour-functions.ts';
import { resolveFile, textOf } from './neighbours.ts';
import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode, Node } from './nodes.ts';
import { literalText, staticName, unwrap, unwrapAwait } from './nodes.ts';
import type { Origin } from './origin.ts';
import type { BuildCommand } from './own-commands.ts';
import { ownCommandOf } from './own-commands.ts';
import type { ResolvedCall } from './origins.ts';
import { walk } from './walk.ts';

/** Longer ones are scripts that are handed over. */
const MAX_CHARACTERS = 600;
const MAX_DEPTH = 5;
/** `node --import ts-node/esm ./build.js` */
const MAX_WORDS_BEFORE_SCRIPT = 4;

export function startsProcess({ specifier, path }: Origin): boolean {
  if (specifier === null) return path[0] === 'Bun' && path.length === 2 && /^spawn(?:Sync)?$/.test(path[1] ?? '');
  if (!PROCESS_MODULE.test(specifier) || path.includes('()')) return false;
  return STARTS_PROCESS.test(path.at(-1) ?? 'default');
}

export function expenseOfCommand({ kind, text }: BuildCommand, evidence: CallFact['evidence']): Expense {
  return { kind, evidence, inside: text, row: undefined, isCommand: true };
}

/** A function of this file or the one next door, and what it is called with. */
export interface Given {
  readonly helper: FunctionNode;
  readonly module: SourceModule;
  readonly arguments: readonly Node[];
  /** What the function is called with in which the arguments stand. */
  readonly outer?: Given | undefined;
  /** What that is called with, nobody knows yet. */
  readonly isPartial?: true;
}

/** The command with which the call builds, as far as the text tells; of a call in a helper, with the words that it is given. */
export function buildCommandOf(module: SourceModule, costs: CostIndex, { node, origin }: ResolvedCall, given?: Given): BuildCommand | undefined {
  if (isTask(origin)) return taskOf(node);
  if (!startsProcess(origin)) return undefined;
  const told = node.type === 'TaggedTemplateExpression' ? [node.quasi] : node.arguments.slice(0, 2);
  const words = told.flatMap((argument) => wordsOf(module, argument, 0, given)).join(' ').replace(/\s+/g, ' ');
  if (words.length > MAX_CHARACTERS || ONLY_TALKS.test(words)) return undefined;
  const known = BUILD_COMMAND.exec(words)?.[0].trim();
  if (known !== undefined) {
    const text = /node_modules\/([\w-]+)/.exec(known)?.[1] ?? known.replace(/^.*\//, '');
    return { kind: RUNS_TESTS.test(text) ? 'launch' : 'build', text };
  }
  const teller = given?.isPartial ? undefined : (given?.outer ?? given);
  return ownCommandOf(module.file.path, words, teller?.arguments.flatMap((argument) => allWords(teller.module, argument)), costs) ?? scriptThatBuilds(module.file.path, words, costs);
}

/** `node ./fixtures/build.js`, where that calls a bundler. */
function scriptThatBuilds(from: string, words: string, costs: CostIndex): BuildCommand | undefined {
  for (const word of words.split(' ').slice(0, MAX_WORDS_BEFORE_SCRIPT)) {
    if (!/^[\w./-]+\.[cm]?[jt]s$/.test(word)) continue;
    const path = resolveFile(resolve(dirname(from), word));
    const text = path === undefined ? undefined : textOf(path);
    return text !== undefined && costs.buildsIn(text) ? { kind: 'build', text: basename(word) } : undefined;
  }
  return undefined;
}

/** `hre.run('compile')`, `hre.tasks.getTask('build').run({})`. */
export function isTask({ specifier, path }: Origin): boolean {
  return specifier === 'hardhat' && path.at(-1) === 'run' && (!path.includes('()') || (path.at(-2) === '()' && path.at(-3) === 'getTask'));
}

function taskOf(node: ResolvedCall['node']): BuildCommand | undefined {
  if (node.type === 'TaggedTemplateExpression') return undefined;
  const callee = unwrap(node.callee);
  const asked = callee.type === 'MemberExpression' ? unwrapAwait(callee.object) : undefined;
  const [given] = asked?.type === 'CallExpression' ? asked.arguments : node.arguments;
  // `hre.run({ scope: 'zkit', task: 'compile' })`
  const named = given?.type === 'ObjectExpression' ? given.properties.find((property) => property.type === 'Property' && staticName(property) === 'task') : given;
  const told = named?.type === 'Property' ? named.value : named;
  const task = told?.type === 'ArrayExpression' && told.elements.length === 1 ? told.elements[0] : told;
  const name = task?.type === 'Identifier' ? task.name : literalText(task);
  return name !== undefined && HARDHAT_COMPILES.test(name) ? { kind: 'build', text: 'hardhat compile' } : undefined;
}

/** Strings in source order, names of constants looked up; where the text does not tell, a word that means nothing. */
function wordsOf(module: SourceModule, node: Node, depth: number, given: Given | undefined): string[] {
  if (depth > MAX_DEPTH) return ['…'];
  const value = unwrap(node);
  const inside = (inner: Node): string[] => wordsOf(module, inner, depth + 1, given);
  switch (value.type) {
    case 'Identifier': {
      const variable = module.variableOf(value);
      const definition = variable?.defs[0];
      if (definition?.type === 'Parameter') return given && definition.node === given.helper ? wordsGiven(given, value.name) : ['…'];
      const init = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.init : undefined;
      if (init) return inside(init);
      // `import { CLI } from './paths'`
      const imported = variable && findImported(module, variable);
      return imported && !(imported.module === module && imported.node === value) ? wordsOf(imported.module, imported.node, depth + 1, undefined) : ['…'];
    }
    case 'ArrayExpression':
      return value.elements.flatMap((element) => (element ? inside(element) : []));
    case 'SpreadElement':
      return inside(value.argument);
    case 'ConditionalExpression':
      return [...inside(value.consequent), ...inside(value.alternate)];
    case 'LogicalExpression':
      return [...inside(value.left), ...inside(value.right)];
    case 'TemplateLiteral':
      return [value.quasis.map(({ value: { cooked, raw } }, index) => (cooked ?? raw) + (value.expressions[index] ? inside(value.expressions[index]).join(' ') : '')).join('')];
    case 'BinaryExpression':
      return value.operator === '+' ? [[value.left, value.right].map((part) => wordsOf(module, part, depth, given).join(' ')).join('')] : ['…'];
    case 'Literal':
      return typeof value.value === 'string' ? [value.value] : [];
    case 'CallExpression':
      return wordsOfCall(module, value, inside);
    // Options, or what is called when it is over.
    case 'ObjectExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return [];
    default:
      return ['…'];
  }
}

/** `run({ args: ['build'], cwd })`: the words of a call, wherever its helper puts them. */
function allWords(module: SourceModule, node: Node): string[] {
  const value = unwrap(node);
  if (value.type !== 'ObjectExpression') return wordsOf(module, value, 0, undefined);
  return value.properties.flatMap((property) => (property.type === 'Property' ? wordsOf(module, property.value, 0, undefined) : []));
}

function wordsOfCall(module: SourceModule, call: TSESTree.CallExpression, inside: (node: Node) => string[]): string[] {
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? staticName(callee) : undefined;
  // `binOf(version)` of this file.
  const maker = callee.type === 'Identifier' ? localFunction(module, callee) : undefined;
  const [made, ...others] = maker ? returnsOf(maker) : [];
  if (made && others.length === 0) return inside(made);
  const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  // `args.join(' ')`, `'tsc -p .'.split(' ')`, `['build'].concat(args)`.
  if (object && (name === 'split' || name === 'concat' || (name === 'join' && literalText(call.arguments[0]) === ' '))) {
    return [object, ...(name === 'concat' ? call.arguments : [])].flatMap((part) => inside(part));
  }
  // `path.join(root, 'node_modules', '.bin', 'tsc')`, `require.resolve('vite/bin/vite.js')`: one path.
  const parts: string[] = [];
  walk(call, (inner) => {
    if (inner.type === 'Literal' && typeof inner.value === 'string') parts.push(inner.value);
    // `path.join(root, file)`: what the constant holds; of two, the last one is what it mostly is.
    else if (inner.type === 'TemplateLiteral') parts.push(...inside(inner));
    else if (inner.type === 'Identifier' && call.arguments.includes(inner)) parts.push(...inside(inner).slice(-1).filter((word) => word !== '…'));
  });
  return [parts.join('/')];
}

function wordsGiven({ helper, module, arguments: given, outer }: Given, name: string): string[] {
  for (const [index, parameter] of helper.params.entries()) {
    const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter.type === 'RestElement' ? parameter.argument : parameter;
    if (pattern.type !== 'Identifier' || pattern.name !== name) continue;
    const taken = parameter.type === 'RestElement' ? given.slice(index) : given.slice(index, index + 1);
    return taken.flatMap((argument) => wordsOf(module, argument, 0, outer));
  }
  return ['…'];
}
