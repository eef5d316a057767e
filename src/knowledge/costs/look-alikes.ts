/** Functions called `compile`, `load`, `create` that make a small thing: a validator, a template, a graph, an expression. */
import type { CostRow } from '../cost-row.ts';

const ajv = ['ajv', 'ajv/*'];

/** Graph builders are chains: `new StateGraph(…).addNode(…).addEdge(…).compile()`. */
const chained = Array.from({ length: 10 }, (_, calls) => '.*()'.repeat(calls));

/** Which exports of which modules. */
const cheap: readonly (readonly [string | readonly string[], readonly string[]])[] = [
  // About a millisecond for a schema.
  [ajv, ['Ajv', 'default'].flatMap((name) =>
    ['compile', 'compileAsync', 'compileParser', 'compileSerializer'].map((method) => `${name}().${method}`))],
  ['mathjs', ['compile', 'parse().compile', 'parser', 'create().compile', 'create().parse().compile']],
  ['handlebars', ['compile', 'precompile', 'create().compile', 'create().precompile']],
  ['ejs', ['compile']],
  ['pug', ['compile', 'compileClient', 'compileFile', 'compileFileClient', 'compileClientWithDependenciesTracked']],
  ['nunjucks', ['compile', 'precompile', 'precompileString']],
  [['lodash', 'lodash-es', 'underscore'], ['template']],
  ['path-to-regexp', ['compile', 'match', 'pathToRegexp']],
  ['@langchain/langgraph', ['StateGraph', 'MessageGraph', 'Graph'].flatMap((graph) => chained.map((calls) => `${graph}()${calls}.compile`))],
  [['vm', 'node:vm'], ['compileFunction', 'Script']],
  ['graphql', ['buildSchema', 'buildASTSchema', 'buildClientSchema']],
];

export const lookAlikes: readonly CostRow[] = [
  ...cheap.flatMap(([module, paths]) => paths.map((path): CostRow => ({ module, export: path, kind: 'cheap' }))),
  { export: 'RegExp().compile', kind: 'cheap' },
];
