/** Site and application frameworks: whole builds and development servers. */
import type { CostRow } from '../cost-row.ts';

const nuxtTests = ['@nuxt/test-utils', '@nuxt/test-utils/e2e'];

export const sites: readonly CostRow[] = [
  { module: 'astro', export: 'build', kind: 'build' },
  { module: 'astro', export: 'dev', kind: 'launch' },
  { module: 'nitropack', export: 'createNitro', kind: 'load' },
  { module: 'nitropack', export: 'build', kind: 'build' },
  { module: 'nitropack', export: 'prerender', kind: 'build' },
  { module: 'nitropack', export: 'createDevServer', kind: 'launch' },
  { module: ['nuxt', '@nuxt/kit'], export: 'loadNuxt', kind: 'load' },
  { module: '@nuxt/kit', export: 'buildNuxt', kind: 'build' },
  { module: 'nuxt', export: 'build', kind: 'build' },
  // Registers hooks that build the fixture, start its server and, when asked, a browser.
  { module: nuxtTests, export: 'setup', kind: 'build' },
  { module: nuxtTests, export: 'buildFixture', kind: 'build' },

  // `next({ dev })` only reads options; the first pages are built here. The whole build is a command, or a file in the package.
  { module: 'next', export: 'default().prepare', kind: 'build' },
  { module: 'next/dist/build', export: 'default', kind: 'build' },

  // A few pages from memory, once it is warm.
  { module: '@11ty/eleventy', export: 'default().write', kind: 'build', milliseconds: 15 },
  { module: '@11ty/eleventy', export: 'default().toJSON', kind: 'build', milliseconds: 15 },
  { module: 'vitepress', export: 'build', kind: 'build' },
  { module: 'vuepress', export: 'build', kind: 'build' },
  { module: '@docusaurus/core/lib', export: 'build', kind: 'build' },
  { module: '@docusaurus/core/lib', export: 'start', kind: 'launch' },
  { module: '@rspress/core', export: 'build', kind: 'build' },
  { module: '@rspress/core', export: 'dev', kind: 'launch' },
  { module: 'vike/api', export: 'build', kind: 'build' },
  { module: 'vike/api', export: 'prerender', kind: 'build' },
  { module: 'vike/api', export: 'dev', kind: 'launch' },
  { module: 'vite-ssg/node', export: 'build', kind: 'build' },
  { module: '@stencil/core/compiler', export: 'createCompiler().build', kind: 'build' },
  { module: '@vue/cli-test-utils/createTestProject', export: 'default', kind: 'build' },
];
