/** Languages and large tools that come as a WebAssembly module: each call instantiates megabytes. */
import type { CostRow } from '../cost-row.ts';

export const wasmRuntimes: readonly CostRow[] = [
  { module: 'pyodide', export: 'loadPyodide', kind: 'load', milliseconds: 2_000 },
  { module: 'pyodide', export: 'loadPyodide().loadPackage', kind: 'load' },
  { module: 'pyodide', export: 'loadPyodide().loadPackagesFromImports', kind: 'load' },
  { module: 'webr', export: 'WebR().init', kind: 'load', milliseconds: 2_000 },
  { module: 'webr', export: 'WebR().installPackages', kind: 'load' },
  { module: '@php-wasm/node', export: 'loadNodeRuntime', kind: 'load', milliseconds: 200 },
  { module: '@php-wasm/web', export: 'loadWebRuntime', kind: 'load', milliseconds: 200 },
  { module: '@php-wasm/node', export: 'NodePHP.load', kind: 'load', milliseconds: 200 },
  { module: '@php-wasm/web', export: 'WebPHP.load', kind: 'load', milliseconds: 200 },
  { module: '@wp-playground/cli', export: 'runCLI', kind: 'launch' },
  { module: '@wp-playground/client', export: 'startPlaygroundWeb', kind: 'launch' },

  { module: '@ffmpeg/ffmpeg', export: 'FFmpeg().load', kind: 'load' },
  { module: '@ffmpeg/ffmpeg', export: 'FFmpeg().exec', kind: 'run' },
  // Before version 0.12, and as a script in a page.
  ...['', 'FFmpeg.'].flatMap((owner): CostRow[] => [
    { module: '@ffmpeg/ffmpeg', export: `${owner}createFFmpeg().load`, kind: 'load' },
    { module: '@ffmpeg/ffmpeg', export: `${owner}createFFmpeg().run`, kind: 'run' },
  ]),

  { module: '@bytecodealliance/jco', export: 'transpile', kind: 'compile' },
  { module: '@bytecodealliance/jco', export: 'opt', kind: 'compile' },
  { module: '@bytecodealliance/jco', export: 'print', kind: 'cheap' },
  { module: '@bytecodealliance/jco', export: 'parse', kind: 'cheap' },
  { module: '@bytecodealliance/componentize-js', export: 'componentize', kind: 'compile', milliseconds: 2_000 },
  { module: '@biomejs/js-api', export: 'Biome.create', kind: 'compile' },
  { module: '@biomejs/js-api', export: 'BiomeCommon.create', kind: 'compile' },
  { module: '@dprint/formatter', export: 'createFromBuffer', kind: 'compile', milliseconds: 100 },
  { module: '@dprint/formatter', export: 'createStreaming', kind: 'compile', milliseconds: 100 },
  { module: 'z3-solver', export: 'init', kind: 'compile', milliseconds: 1_000 },
  { module: '@duckdb/duckdb-wasm', export: 'AsyncDuckDB().instantiate', kind: 'compile' },
  { module: 'canvaskit-wasm', export: 'default', kind: 'compile', milliseconds: 100 },
  { module: 'opencascade.js', export: 'default', kind: 'compile', milliseconds: 1_000 },
  { module: 'gdal3.js', export: 'default', kind: 'compile' },
  { module: '@rdkit/rdkit', export: 'default', kind: 'compile', milliseconds: 100 },
  { module: 'wasm-vips', export: 'default', kind: 'compile', milliseconds: 100 },
  { module: '@wasmer/sdk', export: 'Wasmer.fromRegistry', kind: 'load', milliseconds: 1_000 },
  // No rows for what is instantiated once and remembered (sql.js, `getQuickJS`) or takes a few milliseconds
  // (`newQuickJSWASMModule`, `Parser.init` of web-tree-sitter).
  { module: 'sql.js', export: 'default', kind: 'cheap' },
  { module: 'quickjs-emscripten', export: 'getQuickJS', kind: 'cheap' },
  { module: 'quickjs-emscripten', export: 'newQuickJSWASMModule', kind: 'cheap' },
  { module: 'quickjs-emscripten', export: 'newQuickJSAsyncWASMModule', kind: 'cheap' },
];
