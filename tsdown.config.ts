import { defineConfig } from 'tsdown';
import { thirdPartyLicenses } from './scripts/third-party-licenses.ts';

/** One build, two module systems. Only what is a `dependency` stays an import; the rest is bundled. */
const common = {
  target: 'node20',
  dts: true,
  fixedExtension: true,
  clean: false,
  plugins: [thirdPartyLicenses('dist')],
};
const plugin = { index: 'src/index.ts' };
const deps = { neverBundle: ['oxc-parser', 'eslint'] };
/** What runs codemods: the command, jscodeshift's transforms, and the thread that does their work. */
const commands = { cli: 'src/cli/main.ts', jscodeshift: 'src/jscodeshift/transform.ts', 'jscodeshift-thread': 'src/jscodeshift/thread.ts' };

/** What is loaded into the processes of runners: it brings nothing along, so that it costs nothing there. */
const reporters = {
  'profile-preload': 'src/timing/reporters/preload.ts',
  'profile-jest': 'src/timing/reporters/jest-reporter.ts',
  'profile-node-test': 'src/timing/reporters/node-test-reporter.ts',
  'profile-playwright': 'src/timing/reporters/playwright-reporter.ts',
  'coverage-preload': 'src/coverage/preload.ts',
};

/** The code of this entry is in the build before; a second one must not take its place. */
const typesOnly = {
  name: 'types-only',
  generateBundle(_options: object, bundle: Record<string, unknown>): void {
    for (const name of Object.keys(bundle)) if (!name.endsWith('.d.cts')) Reflect.deleteProperty(bundle, name);
  },
};

export default defineConfig([
  { ...common, entry: plugin, format: 'esm', platform: 'node', clean: true, deps },
  // Together, so that the analysis is in the package once for all that require it. Only the plugin has types to show.
  { ...common, entry: { ...plugin, ...commands }, format: 'cjs', platform: 'node', deps, dts: false },
  { ...common, entry: plugin, format: 'cjs', platform: 'node', deps, plugins: [typesOnly] },
  { ...common, entry: reporters, format: 'cjs', platform: 'node', dts: false },
  // The script of the page that `slow-tests report --html` writes: alone in its file, since it goes into the page as text.
  { ...common, entry: { 'report-page': 'src/report-page/main.ts' }, format: 'iife', platform: 'browser', target: 'es2022', minify: true, dts: false, tsconfig: 'src/report-page/tsconfig.json' },
  { ...common, entry: { kernel: 'src/kernel/index.ts', fixtures: 'src/fixtures/index.ts' }, format: ['esm', 'cjs'], platform: 'neutral' },
]);
