/** The TypeScript compiler and the tools on it. What costs is checking a whole program: it reads the standard library's types. */
import type { CostRow } from '../cost-row.ts';

const typescript = ['typescript', '@tsd/typescript'];
const milliseconds = 500;

export const typeScript: readonly CostRow[] = [
  // About a second for the first program with `lib` files, a few hundred ms for the next: an order of magnitude.
  { module: typescript, export: 'createProgram', kind: 'compile', milliseconds },
  { module: typescript, export: 'createIncrementalProgram', kind: 'compile', milliseconds },
  { module: typescript, export: 'createWatchProgram', kind: 'compile', milliseconds },
  { module: typescript, export: 'createSolutionBuilder', kind: 'build', milliseconds },
  { module: typescript, export: 'createSolutionBuilderWithWatch', kind: 'build', milliseconds },
  // Makes its program at the first question.
  { module: typescript, export: 'createLanguageService', kind: 'compile', milliseconds },
  // One file, no types.
  { module: typescript, export: 'createSourceFile', kind: 'cheap' },
  { module: typescript, export: 'createCompilerHost', kind: 'cheap' },
  { module: typescript, export: 'transpile', kind: 'cheap' },
  { module: typescript, export: 'transpileModule', kind: 'cheap' },
  { module: typescript, export: 'transpileDeclaration', kind: 'cheap' },

  // No row for `new Project()`: it parses what it is given; types are read by these.
  { module: 'ts-morph', export: 'Project().getPreEmitDiagnostics', kind: 'compile', milliseconds },
  { module: 'ts-morph', export: 'Project().emit', kind: 'compile', milliseconds },
  { module: 'ts-morph', export: 'Project().emitToMemory', kind: 'compile', milliseconds },
  { module: '@ts-morph/bootstrap', export: 'createProject().createProgram', kind: 'compile', milliseconds },
  { module: '@ts-morph/bootstrap', export: 'createProjectSync().createProgram', kind: 'compile', milliseconds },
  { module: '@typescript/vfs', export: 'createVirtualTypeScriptEnvironment', kind: 'compile', milliseconds },
  { module: '@typescript/vfs', export: 'createSystem', kind: 'cheap' },
  { module: 'ts-node', export: 'create().compile', kind: 'compile', milliseconds },

  // Documentation, declarations and schemas from types: a program each.
  // `bootstrap` and `bootstrapWithPlugins`.
  { module: 'typedoc', export: 'Application.*().convert', kind: 'compile', milliseconds },
  { module: '@microsoft/api-extractor', export: 'Extractor.invoke', kind: 'compile', milliseconds },
  { module: '@microsoft/api-extractor', export: 'Extractor.loadConfigAndInvoke', kind: 'compile', milliseconds },
  { module: 'dts-bundle-generator', export: 'generateDtsBundle', kind: 'compile', milliseconds },
  { module: 'ts-json-schema-generator', export: 'createGenerator', kind: 'compile', milliseconds },
  { module: 'ts-json-schema-generator', export: 'createProgram', kind: 'compile', milliseconds },
  { module: 'typescript-json-schema', export: 'getProgramFromFiles', kind: 'compile', milliseconds },
  { module: 'typescript-json-schema', export: 'programFromConfig', kind: 'compile', milliseconds },
  { module: 'react-docgen-typescript', export: 'parse', kind: 'compile', milliseconds },
  { module: 'react-docgen-typescript', export: 'withDefaultConfig().parse', kind: 'compile', milliseconds },
  { module: 'react-docgen-typescript', export: 'withCustomConfig().parse', kind: 'compile', milliseconds },
  { module: 'react-docgen-typescript', export: 'withCompilerOptions().parse', kind: 'compile', milliseconds },
  { module: 'vue-component-meta', export: 'createChecker', kind: 'compile', milliseconds },
  { module: 'vue-component-meta', export: 'createCheckerByJson', kind: 'compile', milliseconds },
  { module: 'svelte2tsx', export: 'emitDts', kind: 'compile', milliseconds },
  { module: 'svelte2tsx', export: 'svelte2tsx', kind: 'cheap' },
  ...['', '.setRootDir()', '.setSourceFiles()', '.setRootDir().setSourceFiles()'].map((calls): CostRow => ({ module: 'ts-transform-test-compiler', export: `default()${calls}.compile`, kind: 'compile', milliseconds })),
  { module: '@sxzz/test-utils', export: 'createTsMacroProgram', kind: 'compile', milliseconds },
  { module: ['tsd', 'tsd-lite'], export: 'default', kind: 'compile', milliseconds },
  { module: '@angular/compiler-cli', export: 'performCompilation', kind: 'compile', milliseconds },
  { module: '@angular/compiler-cli', export: 'createProgram', kind: 'compile', milliseconds },
  // A JSDoc process.
  { module: 'protobufjs-cli', export: 'pbts.main', kind: 'launch', milliseconds },
  { module: 'jsdoc-api', export: 'explain', kind: 'launch', milliseconds },
  { module: 'jsdoc-api', export: 'render', kind: 'launch', milliseconds },
  { module: 'jsdoc-to-markdown', export: 'render', kind: 'launch', milliseconds },
  { module: 'jsdoc-to-markdown', export: 'getTemplateData', kind: 'launch', milliseconds },
];
