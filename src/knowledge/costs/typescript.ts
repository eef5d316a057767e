/** The TypeScript compiler and ts-morph. What costs is checking a whole program: it reads the standard library's types. */
import type { CostRow } from '../cost-row.ts';

export const typeScript: readonly CostRow[] = [
  // About a second for the first program with `lib` files, a few hundred ms for the next: an order of magnitude.
  { module: 'typescript', export: 'createProgram', kind: 'compile', milliseconds: 500 },
  { module: 'typescript', export: 'createIncrementalProgram', kind: 'compile', milliseconds: 500 },
  { module: 'typescript', export: 'createWatchProgram', kind: 'compile', milliseconds: 500 },
  { module: 'typescript', export: 'createSolutionBuilder', kind: 'build' },
  // Makes its program at the first question.
  { module: 'typescript', export: 'createLanguageService', kind: 'compile', milliseconds: 500 },
  // One file, no types.
  { module: 'typescript', export: 'createSourceFile', kind: 'cheap' },
  { module: 'typescript', export: 'createCompilerHost', kind: 'cheap' },
  { module: 'typescript', export: 'transpile', kind: 'cheap' },
  { module: 'typescript', export: 'transpileModule', kind: 'cheap' },
  { module: 'typescript', export: 'transpileDeclaration', kind: 'cheap' },

  // No row for `new Project()`: it parses what it is given; types are read by these.
  { module: 'ts-morph', export: 'Project().getPreEmitDiagnostics', kind: 'compile', milliseconds: 500 },
  { module: 'ts-morph', export: 'Project().emit', kind: 'compile', milliseconds: 500 },
  { module: 'ts-morph', export: 'Project().emitToMemory', kind: 'compile', milliseconds: 500 },
];
