/** Compilers of single files: a millisecond or a few for what tests give them, and so never reported. */
import type { CostRow } from '../cost-row.ts';

const babel = ['@babel/core', '@babel/standalone'];
const swc = ['@swc/core', '@swc/wasm'];
const vueTemplates = ['vue', '@vue/compiler-dom', '@vue/compiler-core', '@vue/compiler-ssr', 'vue-template-compiler'];

/** Which exports of which modules. */
const cheap: readonly (readonly [string | readonly string[], readonly string[]])[] = [
  [babel, ['transform', 'transformSync', 'transformAsync', 'transformFromAst', 'transformFromAstSync', 'transformFromAstAsync']],
  [swc, ['transform', 'transformSync', 'parse', 'parseSync', 'minify', 'minifySync']],
  ['sucrase', ['transform']],
  ['coffeescript', ['compile']],
  // Dart Sass compiled to JavaScript: a few ms for a stylesheet. sass-embedded starts a process and is no look-alike.
  ['sass', ['compile', 'compileString', 'compileAsync', 'compileStringAsync', 'render', 'renderSync']],
  ['less', ['render']],
  ['postcss', ['default().process']],
  ['lightningcss', ['transform', 'bundle', 'bundleAsync']],
  [vueTemplates, ['compile', 'compileToFunctions', 'baseCompile']],
  [['@vue/compiler-sfc', 'vue/compiler-sfc'], ['parse', 'compileScript', 'compileTemplate', 'compileStyle', 'compileStyleAsync']],
  ['svelte/compiler', ['compile', 'compileModule', 'preprocess', 'parse']],
  ['@mdx-js/mdx', ['compile', 'compileSync', 'evaluate', 'evaluateSync']],
];

export const transpilers: readonly CostRow[] = cheap.flatMap(([module, paths]) =>
  paths.map((path): CostRow => ({ module, export: path, kind: 'cheap' })));
