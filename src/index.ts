/** The plugin, computed from `rules/`: this file holds no list of options, messages or defaults of its own. */
import type { ESLint, Linter, Rule } from 'eslint';
import packageJson from '../package.json' with { type: 'json' };
import noExhaustivePatterns from '../rules/no-exhaustive-patterns.ts';
import noOverBudget from '../rules/no-over-budget.ts';
import noProductionDims from '../rules/no-production-dims.ts';
import noRealSleep from '../rules/no-real-sleep.ts';
import noUnmockedCompile from '../rules/no-unmocked-compile.ts';
import requireSlowMarker from '../rules/require-slow-marker.ts';
import type { SlowTestsRule } from './host/define-rule.ts';

const rules: readonly SlowTestsRule[] = [noExhaustivePatterns, noOverBudget, noProductionDims, noRealSleep, noUnmockedCompile, requireSlowMarker];
const NAMESPACE = 'slow-tests';

/** Where tests live: what the runners of the field take by default. */
const TEST_FILES = [
  '**/*.{test,spec,tests,specs}.{js,jsx,mjs,cjs,ts,tsx,mts,cts}',
  '**/*{_test,_spec,-test,-spec}.{js,jsx,mjs,cjs,ts,tsx,mts,cts}',
  '**/{test,tests,spec,specs,__test__,__tests__,__spec__,__specs__}/**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}',
];

interface Plugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<string, Rule.RuleModule>;
  readonly configs: { readonly recommended: Linter.Config; readonly strict: Linter.Config };
}

function config(name: 'recommended' | 'strict'): Linter.Config {
  const entries = rules
    .filter(({ definition }) => name === 'strict' || definition.recommended)
    .map(({ definition }): [string, Linter.RuleEntry] => [
      `${NAMESPACE}/${definition.name}`,
      name === 'strict' && definition.strict ? ['error', definition.strict] : name === 'strict' ? 'error' : 'warn',
    ]);
  return {
    name: `${NAMESPACE}/${name}`,
    files: TEST_FILES,
    get plugins() {
      return { [NAMESPACE]: plugin };
    },
    rules: Object.fromEntries(entries),
  };
}

const plugin: Plugin = {
  meta: { name: packageJson.name, version: packageJson.version, namespace: NAMESPACE },
  rules: Object.fromEntries(rules.map((rule) => [rule.definition.name, rule])),
  configs: { recommended: config('recommended'), strict: config('strict') },
};

export default plugin;
