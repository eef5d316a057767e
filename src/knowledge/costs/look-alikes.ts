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
  ['moo', ['compile', 'states']],
  [['peggy', 'pegjs'], ['generate']],
  ['ohm-js', ['grammar']],
  ['hogan.js', ['compile']],
  [['eta', 'squirrelly', 'art-template', 'dustjs-linkedin', 'jade', 'stylis', 'html-to-text', 'angular-expressions', 'jmespath'], ['compile']],
  ['liquidjs', ['Liquid().parse']],
  ['jexl', ['compile', 'createExpression']],
  ['vega-lite', ['compile']],
  ['svelte', ['compile']],
  ['json-schema-to-typescript', ['compile', 'compileFromFile']],
  ['@sinclair/typebox/compiler', ['TypeCompiler.Compile']],
  ['@graphql-codegen/core', ['codegen']],
  [['@messageformat/core', 'messageformat'], ['default().compile']],
  ['gettext-parser', ['po.compile', 'mo.compile']],
  // A file is parsed; nothing is generated.
  ['protobufjs', ['load', 'loadSync', 'parse']],
  ['@grpc/proto-loader', ['load', 'loadSync']],
  ['@nestjs/testing', ['Test.createTestingModule().compile', ...chained.slice(1).map((calls) => `Test.createTestingModule()${calls}.compile`)]],
  // Engine and grammars are imported once; a highlighter after the first takes some milliseconds.
  ['shiki', ['createHighlighter', 'createHighlighterCore', 'getHighlighter', 'createBundledHighlighter']],
  ['web-tree-sitter', ['init', 'Parser.init']],
  ['graphql', ['buildSchema', 'buildASTSchema', 'buildClientSchema']],
];

export const lookAlikes: readonly CostRow[] = [
  ...cheap.flatMap(([module, paths]) => paths.map((path): CostRow => ({ module, export: path, kind: 'cheap' }))),
  { export: 'RegExp().compile', kind: 'cheap' },
];
