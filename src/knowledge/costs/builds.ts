/** Library builders, packagers and other tools that run a whole build through a bundler. */
import type { CostRow } from '../cost-row.ts';

/** Chains of options before the call that does the work: `browserify().add('a.js').transform(t).bundle()`. */
const chained = Array.from({ length: 5 }, (_, calls) => '.*()'.repeat(calls));

// A bundler in the same process, on a small input.
const milliseconds = 100;

export const builds: readonly CostRow[] = [
  { module: 'tsup', export: 'build', kind: 'build' },
  { module: 'tsdown', export: 'build', kind: 'build' },
  { module: 'unbuild', export: 'build', kind: 'build' },
  { module: 'obuild', export: 'build', kind: 'build' },
  { module: 'bunup', export: 'build', kind: 'build' },
  { module: 'bunchee', export: 'bundle', kind: 'build' },
  { module: 'mkdist', export: 'mkdist', kind: 'build', milliseconds },
  { module: 'microbundle', export: 'default', kind: 'build' },
  { module: '@vercel/ncc', export: 'default', kind: 'build' },
  // Follows and parses everything that a file requires.
  { module: '@vercel/nft', export: 'nodeFileTrace', kind: 'build', milliseconds },
  { module: '@rsbuild/core', export: 'createRsbuild().build', kind: 'build' },
  { module: '@rsbuild/core', export: 'createRsbuild().startDevServer', kind: 'launch' },
  { module: '@rsbuild/core', export: 'createRsbuild().createDevServer', kind: 'launch' },
  { module: '@rsbuild/core', export: 'createRsbuild().preview', kind: 'launch' },
  { module: '@rslib/core', export: 'build', kind: 'build' },
  { module: '@rslib/core', export: 'createRslib().build', kind: 'build' },
  { module: '@rslib/core', export: 'createRslib().startMFDevServer', kind: 'launch' },
  { module: '@farmfe/core', export: 'build', kind: 'build' },
  { module: '@farmfe/core', export: 'watch', kind: 'build' },
  { module: '@farmfe/core', export: 'start', kind: 'launch' },
  { module: 'snowpack', export: 'build', kind: 'build' },
  { module: 'snowpack', export: 'buildProject', kind: 'build' },
  { module: 'snowpack', export: 'startServer', kind: 'launch' },
  { module: 'snowpack', export: 'startDevServer', kind: 'launch' },
  { module: 'esinstall', export: 'install', kind: 'build', milliseconds },
  { module: '@parcel/core', export: 'Parcel().run', kind: 'build' },
  { module: '@parcel/core', export: 'Parcel().watch', kind: 'build' },
  { module: '@parcel/core', export: 'default().run', kind: 'build' },
  { module: '@parcel/core', export: 'default().watch', kind: 'build' },
  { module: 'parcel-bundler', export: 'default().bundle', kind: 'build' },
  { module: 'parcel-bundler', export: 'default().serve', kind: 'launch' },
  // The few modules of a fixture: 5 to 10 ms each time after the first, measured.
  ...chained.map((calls): CostRow => ({ module: ['browserify', 'watchify'], export: `default()${calls}.bundle`, kind: 'build', milliseconds: 10 })),
  { module: 'systemjs-builder', export: 'default().bundle', kind: 'build' },
  { module: 'systemjs-builder', export: 'default().buildStatic', kind: 'build' },
  { module: 'metro', export: 'runBuild', kind: 'build' },
  { module: 'metro', export: 'buildGraph', kind: 'build' },
  { module: 'metro', export: 'runServer', kind: 'launch' },
  ...chained.map((calls): CostRow => ({ module: 'ng-packagr', export: `ngPackagr()${calls}.build`, kind: 'build' })),
  { export: 'Bun.build', kind: 'build' },
  { module: 'webpack-stream', export: 'default', kind: 'build' },

  // Modules and styles that are bundled before they can be read.
  { module: 'bundle-require', export: 'bundleRequire', kind: 'build', milliseconds: 50 },
  { module: '@vanilla-extract/integration', export: 'compile', kind: 'build', milliseconds: 50 },
  { module: 'workbox-build', export: 'generateSW', kind: 'build' },
  { module: 'workbox-build', export: 'injectManifest', kind: 'build' },
  // Globs and hashes.
  { module: 'workbox-build', export: 'getManifest', kind: 'cheap' },

  // Executables, applications, extensions.
  { module: ['pkg', '@yao-pkg/pkg'], export: 'exec', kind: 'build' },
  { module: 'nexe', export: 'compile', kind: 'build' },
  { module: 'electron-builder', export: 'build', kind: 'build' },
  { module: 'electron-packager', export: 'default', kind: 'build' },
  { module: '@electron/packager', export: 'packager', kind: 'build' },
  { module: '@electron/packager', export: 'default', kind: 'build' },
  { module: 'web-ext', export: 'cmd.build', kind: 'build' },
  { module: 'web-ext', export: 'cmd.run', kind: 'launch' },
  { module: '@remotion/bundler', export: 'bundle', kind: 'build' },
  { module: '@storybook/core-server', export: 'build', kind: 'build' },
  { module: '@storybook/core-server', export: 'buildStaticStandalone', kind: 'build' },
  { module: '@storybook/core-server', export: 'buildDevStandalone', kind: 'launch' },
];
