/** Lists of draws from a generator of the library under test: `Array.from({ length: 10000 }, () => rng.next())`, `range(10000).map(normal(0, 1))`. */
import { importSourceOf } from './neighbour-constants.ts';
import { calleeName, chainRoot, isCall, isFunction, literalText, unwrap } from './nodes.ts';
import type { Node } from './nodes.ts';
import type { Reading } from './reading.ts';
import { DRAWS, lengthOf } from './sample-loops.ts';
import type { SizeSite } from './size-roles.ts';
import { dimensionOf, measure } from './size-roles.ts';
import { evaluate } from './static-value.ts';
import { nodesAt, walk } from './walk.ts';

const MAY_DRAW = /\brange\(\s*\w+\s*\)\s*\.map\(|Array\.from\(\s*\{\s*length\s*:/;
const LISTS = /(?:\b[\w$]+\.)?\brange\(\s*\w+\s*\)(?=\s*\.map\()|\b\w*Array\.from\(\s*\{\s*length\s*:/g;
const GENERATOR = /rand|rng|sampl|gauss|normal|uniform|poisson|draw/i;

export function drawnLists(reading: Reading): SizeSite[] {
  const { module } = reading;
  if (!module.says(MAY_DRAW)) return [];
  return nodesAt(module.file.ast, module.file.text, LISTS, 'CallExpression').flatMap((found) => listOf(reading, found) ?? []);
}

/** The call of `from` or `map` in a chain that begins with it: `Array.from(…).filter(…)`. */
function listOf(reading: Reading, chain: Node): SizeSite | undefined {
  const { module } = reading;
  for (let call = chain; isCall(call); ) {
    const callee = unwrap(call.callee);
    const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
    const name = calleeName(call);
    const listed = name === 'map' && object?.type === 'CallExpression' && calleeName(object) === 'range' ? object.arguments[0] : undefined;
    const source = name === 'from' ? call.arguments[0] : undefined;
    const draw = listed ? call.arguments[0] : call.arguments[1];
    if (listed ?? source) {
      if (!draw || !drawsOwn(reading, unwrap(draw))) return undefined;
      return {
        node: call,
        callee: 'a list of draws',
        makes: 'draws',
        measure(bindings) {
          const value = listed && evaluate(module, listed, bindings);
          const count = source ? lengthOf(module, source, bindings) : value && dimensionOf(value);
          return count && measure('samples', [count], 1, [], count);
        },
      };
    }
    if (!object) return undefined;
    call = object;
  }
  return undefined;
}

/** Is it a generator that the library has made, or a function that asks one? */
function drawsOwn(reading: Reading, draw: Node): boolean {
  if (!isFunction(draw)) return isGenerator(reading, draw);
  if (!DRAWS.test(reading.module.file.text.slice(...draw.range))) return false;
  let draws = false;
  walk(draw.body, (node) => {
    if (node.type === 'CallExpression' && !draws) draws = isGenerator(reading, node.callee);
  });
  return draws;
}

const MAX_MAKERS = 3;

/** `const r = randomNormal.source(randomLcg(0.5));` of `import { randomNormal } from '../src/index.js'`. */
function isGenerator(reading: Reading, given: Node): boolean {
  const { text } = reading.module.file;
  let root = chainRoot(given);
  let said = text.slice(...given.range);
  for (let made = 0; made <= MAX_MAKERS && root.type === 'Identifier'; made++) {
    const variable = reading.module.variableOf(root);
    const source = variable && importSourceOf(variable);
    if (source) return reading.rows.isOwn({ specifier: source.specifier, path: [source.name], gates: [] }) && GENERATOR.test(said);
    const definition = variable?.defs[0];
    if (definition?.type !== 'Variable' || !definition.node.init) return false;
    const init = unwrap(definition.node.init);
    const required = isCall(init) && calleeName(init) === 'require' ? literalText(init.arguments[0]) : undefined;
    if (required !== undefined) return reading.rows.isOwn({ specifier: required, path: [], gates: [] }) && GENERATOR.test(said);
    said += ` ${text.slice(...init.range)}`;
    root = chainRoot(init);
  }
  return false;
}
