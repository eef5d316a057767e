// Sizes that only their types tell: written two files away, or in the declarations of a package.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, it } from 'vitest';
import plugin from '../../src/index.ts';
import { writeProject } from '../squiggle.ts';

const TEST = `import { expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { CONFIG, LENGTH, MODE, PRODUCTION } from 'sizes';
import { BLOCK, Kind, setting } from '../src/again';

it('reads a tuple', () => { expect(tf.zeros(PRODUCTION)).toBeDefined(); });
it('reads a member', () => { expect(tf.zeros([CONFIG.rows, CONFIG.columns])).toBeDefined(); });
it('reckons', () => { expect(tf.zeros([LENGTH * 2, LENGTH])).toBeDefined(); });
it('follows what a function returns', () => { expect(tf.zeros([BLOCK, BLOCK])).toBeDefined(); });
it('leaves what may be anything', () => { expect(tf.zeros([setting.rows, setting.rows])).toBeDefined(); });
it('leaves what is one of several', () => { expect(tf.zeros([MODE, MODE])).toBeDefined(); });
it('leaves members of an enumeration', () => { expect(tf.zeros([Kind.Large, Kind.Large])).toBeDefined(); });
`;

const FILES = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": [] }, "include": ["src", "test"] }\n',
  'node_modules/sizes/package.json': '{ "name": "sizes", "types": "index.d.ts" }\n',
  'node_modules/sizes/index.d.ts': 'export declare const PRODUCTION: readonly [2, 8, 512, 64];\nexport declare const CONFIG: { readonly rows: 512; readonly columns: 300 };\nexport declare const LENGTH: 400;\nexport declare const MODE: 512 | 64;\n',
  'src/again.ts': "export { BLOCK, Kind, setting } from './block';\n",
  'src/block.ts': 'export const BLOCK = side();\nfunction side(): 448 { return 448; }\nexport enum Kind { Small = 64, Large = 512 }\nexport const setting = { rows: 512 };\n',
  'test/sizes.test.ts': TEST,
};

function reports(settings: object): string[] {
  const root = writeProject(FILES);
  writeFileSync(join(root, 'package.json'), '{ "private": true }\n');
  const config: Linter.Config[] = [{
    files: ['**/*.ts'],
    plugins: { 'slow-tests': plugin as never },
    rules: { 'slow-tests/no-production-dims': 'error' },
    settings: { 'slow-tests': settings },
    languageOptions: { parser: parser as Linter.Parser, parserOptions: { project: true, tsconfigRootDir: root } },
  }];
  const messages = new Linter({ configType: 'flat', cwd: root }).verify(TEST, config, { filename: join(root, 'test/sizes.test.ts') });
  return messages.map(({ line, message, ruleId }) => `${line} ${ruleId === null ? message : (/^[\d,]+ elements \(.*?\)/.exec(message)?.[0] ?? message)}`);
}

it('are read when the settings ask for types @slow', () => {
  expect(reports({ types: true })).toEqual([
    '6 524,288 elements (2 × 8 × 512 × 64)',
    '7 153,600 elements (512 × 300)',
    '8 320,000 elements (800 × 400)',
    '9 200,704 elements (448 × 448)',
  ]);
}, 60_000);

it('say nothing otherwise @slow', () => {
  expect(reports({})).toEqual([]);
}, 60_000);
