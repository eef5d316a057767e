import { defineConfig } from 'tsdown';

/** One build, two module systems. Only what is a `dependency` stays an import; the rest is bundled. */
export default defineConfig({
  entry: { index: 'src/index.ts', kernel: 'src/kernel/index.ts', fixtures: 'src/fixtures/index.ts' },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'node20',
  dts: true,
  fixedExtension: true,
  clean: true,
  external: ['oxc-parser', 'eslint', /^node:/],
});
