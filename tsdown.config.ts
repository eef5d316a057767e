import { defineConfig } from 'tsdown';

/** One build, two module systems. Only what is a `dependency` stays an import; the rest is bundled. */
const common = {
  format: ['esm', 'cjs'] as ('esm' | 'cjs')[],
  target: 'node20',
  dts: true,
  fixedExtension: true,
};

export default defineConfig([
  { ...common, entry: { index: 'src/index.ts' }, platform: 'node', clean: true, deps: { neverBundle: ['oxc-parser', 'eslint'] } },
  {
    ...common,
    entry: { kernel: 'src/kernel/index.ts', fixtures: 'src/fixtures/index.ts' },
    platform: 'neutral',
    clean: false,
  },
]);
