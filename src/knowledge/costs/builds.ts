/** Library builders, site builders and other tools that run a whole build through a bundler. */
import type { CostRow } from '../cost-row.ts';

export const builds: readonly CostRow[] = [
  { module: 'tsup', export: 'build', kind: 'build' },
  { module: 'tsdown', export: 'build', kind: 'build' },
  { module: 'unbuild', export: 'build', kind: 'build' },
  { module: 'microbundle', export: 'default', kind: 'build' },
  { module: '@parcel/core', export: 'Parcel().run', kind: 'build' },
  { module: '@parcel/core', export: 'Parcel().watch', kind: 'build' },
  { module: '@parcel/core', export: 'default().run', kind: 'build' },
  { module: '@parcel/core', export: 'default().watch', kind: 'build' },
  { module: 'browserify', export: 'default().bundle', kind: 'build' },
  { export: 'Bun.build', kind: 'build' },

  { module: 'astro', export: 'build', kind: 'build' },
  { module: 'astro', export: 'dev', kind: 'launch' },
  { module: 'astro', export: 'preview', kind: 'launch' },
  { module: 'nitropack', export: 'createNitro', kind: 'load' },
  { module: 'nitropack', export: 'build', kind: 'build' },
  { module: 'nitropack', export: 'prerender', kind: 'build' },
  { module: 'nitropack', export: 'createDevServer', kind: 'launch' },
  { module: ['nuxt', '@nuxt/kit'], export: 'loadNuxt', kind: 'load' },
  { module: '@nuxt/kit', export: 'buildNuxt', kind: 'build' },
  { module: 'nuxt', export: 'build', kind: 'build' },
  // Registers hooks that build the fixture, start its server and, when asked, a browser.
  { module: ['@nuxt/test-utils', '@nuxt/test-utils/e2e'], export: 'setup', kind: 'build' },
  { module: ['@nuxt/test-utils', '@nuxt/test-utils/e2e'], export: 'buildFixture', kind: 'build' },
  // No row for Next.js: its build is a command, no public function.
];
