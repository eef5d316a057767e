/** Test runners started by tests, and the tools with which plugins and loaders are tested. */
import type { CostRow } from '../cost-row.ts';

const nxPlugin = ['@nx/plugin/testing', '@nrwl/nx-plugin/testing'];

export const testTools: readonly CostRow[] = [
  { module: 'vitest/node', export: 'startVitest', kind: 'launch', milliseconds: 1_000 },
  { module: 'vitest/node', export: 'createVitest', kind: 'launch', milliseconds: 1_000 },
  { module: '@jest/core', export: 'runCLI', kind: 'launch', milliseconds: 1_000 },
  { module: '@web/test-runner', export: 'startTestRunner', kind: 'launch' },
  { module: 'testcafe', export: 'default', kind: 'launch' },
  { module: '@stencil/core/testing', export: 'newE2EPage', kind: 'launch' },
  { module: '@web/test-runner-core', export: 'startTestRunner', kind: 'launch' },
  { module: '@web/test-runner-core/test-helpers', export: 'runTests', kind: 'launch' },
  { module: '@web/dev-server', export: 'startDevServer', kind: 'launch' },
  { module: 'jest-dev-server', export: 'setup', kind: 'launch' },
  // No rows for Mocha's and Jasmine's own `run`, a runner in this process that costs what its tests cost, nor for the entries
  // of `jest`, `cypress` and `karma`, which scripts call, not tests.

  // Build in memory what a plugin or loader is given.
  { module: 'webpack-test-utils', export: 'build', kind: 'build', milliseconds: 50 },
  { module: 'webpack-test-utils', export: 'watch', kind: 'build', milliseconds: 50 },
  { module: '@webpack-contrib/test-utils', export: 'default', kind: 'build', milliseconds: 50 },
  { module: '@webpack-contrib/test-utils', export: 'webpack', kind: 'build', milliseconds: 50 },
  { module: '@sxzz/test-utils', export: 'rollupBuild', kind: 'build', milliseconds: 50 },
  { module: '@sxzz/test-utils', export: 'rolldownBuild', kind: 'build', milliseconds: 50 },
  { module: '@sxzz/test-utils', export: 'testFixtures', kind: 'cheap' },
  { module: 'webpack-dev-server', export: 'default().start', kind: 'launch' },
  { module: 'webpack-dev-server', export: 'default().startCallback', kind: 'launch' },
  { module: 'webpack-dev-server', export: 'default().listen', kind: 'launch' },

  { module: nxPlugin, export: 'ensureNxProject', kind: 'launch' },
  { module: nxPlugin, export: 'runNxCommand', kind: 'launch' },
  { module: nxPlugin, export: 'runNxCommandAsync', kind: 'launch' },
  { module: nxPlugin, export: 'runCommandAsync', kind: 'launch' },
  // The test tools of the Next.js repository.
  { module: 'next-test-utils', export: 'nextBuild', kind: 'build' },
  { module: 'next-test-utils', export: 'nextExport', kind: 'build' },
  { module: 'next-test-utils', export: 'launchApp', kind: 'launch' },
  { module: 'next-test-utils', export: 'nextStart', kind: 'launch' },
  { module: 'next-test-utils', export: 'runNextCommand', kind: 'launch' },
  { module: 'e2e-utils', export: 'createNext', kind: 'build' },
  { module: 'e2e-utils', export: 'nextTestSetup', kind: 'build' },

  // Reads, resolves and parses whole folders with every plugin of their configuration.
  { module: 'eslint', export: 'ESLint().lintFiles', kind: 'run' },
  { module: 'eslint', export: 'CLIEngine().executeOnFiles', kind: 'run' },
  { module: '@stryker-mutator/core', export: 'Stryker().runMutationTest', kind: 'run' },
];
