/** What went wrong, or would not have been merged, when the codemods ran over public suites; each as its smallest case. */
import { describe, expect, it } from 'vitest';
import mockCompile from '../../codemods/mock-compile/codemod.ts';
import splitSlow from '../../codemods/split-slow/codemod.ts';
import tieredFixtures from '../../codemods/tiered-fixtures/codemod.ts';
import { transformTester } from './transform.ts';

const tier = transformTester(tieredFixtures);
const split = transformTester(splitSlow);
const mock = transformTester(mockCompile);

const TENSOR = `import { expect, it, describe } from 'vitest';\nimport { randn } from '../src/tensor.js';\n`;
const ROLLUP = `import { expect, it, describe, beforeAll } from 'vitest';\nimport { rollup } from 'rollup';\n`;

describe('tiered-fixtures leaves whole', () => {
  it('one of several cases beside each other, with the group that holds them', () => {
    const cases = [17, 256, 65536].map((size) => `    size${size}: [0, randn([${size}])],`).join('\n');
    const { isChanged, left } = tier(`${TENSOR}describe('data', () => {\n  const CASES = {\n${cases}\n  };\n  for (const name of Object.keys(CASES)) {\n    it(\`keeps \${name}\`, () => {\n      expect(CASES[name][1].type).toBe(CASES[name][0]);\n    });\n  }\n});\n`);
    expect(isChanged).toBe(false);
    expect(left).toEqual([expect.stringContaining('the size is one of several cases')]);
  });

  it('what is compared with a picture', () => {
    const { output } = tier(`import { expect, it } from 'vitest';
import baseline from './volume.png';
import { compare, volume } from '../src/volume.js';
it('draws', async () => {
  const side = 100;
  const values = new Float32Array(side * side * side);
  await compare(volume(values, side), [baseline]);
});
`);
    expect(output).toContain("it('draws @slow', async () => {\n  const side = 100;");
  });

  it('what a title judges by its time', () => {
    const { output } = tier(`${TENSOR}it('should be fast', () => {\n  randn([8, 512, 512]).sum();\n});\n`);
    expect(output).toContain("it('should be fast @slow', () => {\n  randn([8, 512, 512]).sum();");
  });

  it('what documentation shows', () => {
    const { output } = tier(`${TENSOR}it('is an example', () => {\n  // --8<-- [start:create]\n  const x = randn([8, 512, 512]);\n  // --8<-- [end:create]\n  expect(x).toBeDefined();\n});\n`);
    expect(output).toContain("it('is an example @slow', () => {");
  });

  it('a number that is reckoned with where nothing says what it is', () => {
    const { output } = tier(`import { expect, it } from 'vitest';\nimport { full } from '../src/tensor.js';\nit('fills', () => {\n  expect(full([1000, 100], 100 / 3)).toBeDefined();\n});\n`);
    expect(output).toContain("it('fills @slow', () => {\n  expect(full([1000, 100], 100 / 3))");
  });
});

describe('tiered-fixtures', () => {
  it('reads a list of values handed over one by one as a list', () => {
    const files = { 'test/test-utils.js': 'export function int32(...values) { return new Int32Array(values); }\n' };
    const { isChanged } = tier(`import { expect, it } from 'vitest';\nimport { int32 } from './test-utils.js';\nconst EOS_TOKEN = 151645;\nit('ends', () => {\n  expect(int32(EOS_TOKEN)).toHaveLength(1);\n});\n`, { files });
    expect(isChanged).toBe(false);
  });

  it('indents rows by a step of the file where arguments stand on lines of their own', () => {
    const { output } = tier(`${TENSOR}it(\n  'adds',\n  () => {\n    const x = randn([8, 512, 512]);\n    expect(x.shape).toEqual([8, 512, 512]);\n  },\n);\n`);
    expect(output).toMatch(/\nit\.each\(\[\n {2}\['small'/);
  });

  it('appends to the last piece of a title', () => {
    const { output } = tier(`${TENSOR}it('adds even when there ' +\n  'are many', () => {\n  randn([8, 512, 512]).sum();\n});\n`);
    expect(output).toContain("  'are many @slow', () => {");
  });
});

describe('split-slow', () => {
  const settings = { costs: [{ module: 'circuits', export: 'compile', kind: 'compile', milliseconds: 900 }] };

  it('marks the group of a variant when its other tests look at what one of them made', () => {
    const { output } = split(
      `import { expect, it, describe } from 'vitest';
import { existsSync } from 'node:fs';
import { compile } from 'circuits';
for (const protocol of ['groth16', 'plonk', 'fflonk']) {
  describe('protocol ' + protocol, () => {
    it('compiles', async () => {
      await compile(protocol);
    });
    it('writes the code', () => {
      expect(existsSync(protocol + '.js')).toBe(true);
    });
    it('writes the symbols', () => {
      expect(existsSync(protocol + '.sym')).toBe(true);
    });
  });
}
`,
      { settings },
    );
    expect(output).toContain("describe('protocol ' + protocol + (protocol === 'groth16' ? '' : ' @slow'), () => {\n    it('compiles', async");
  });

  it('leaves tests of a loop alone when others of the same variant look at what they made', () => {
    const { left, isChanged } = split(
      `import { expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { compile } from 'circuits';
for (const protocol of ['groth16', 'plonk', 'fflonk']) {
  it(\`compiles \${protocol}\`, async () => {
    await compile(protocol);
  });
  it(\`writes \${protocol}\`, () => {
    expect(existsSync(protocol + '.js')).toBe(true);
  });
  it(\`writes the symbols of \${protocol}\`, () => {
    expect(existsSync(protocol + '.sym')).toBe(true);
  });
}
`,
      { settings },
    );
    expect(isChanged).toBe(false);
    expect(left).toEqual([expect.stringContaining('Other tests of the same variant')]);
  });

  it('does not mark both rows of a test with a long timeout', () => {
    const { output } = split(`${ROLLUP}it('bundles', async () => {\n  for (const format of ['esm', 'cjs', 'iife']) {\n    await rollup({ input: format });\n  }\n}, 30_000);\n`);
    expect(output).toContain("'full @slow'");
    expect(output).toContain("])('bundles (%s)', async");
  });

  it('keeps fast what prepares the state that another file gave', () => {
    const { isChanged, left } = split(`const { start } = require('./start');\nmodule.exports = (state) => {\n  describe('setup', () => {\n    it('writes the data', async () => {\n      await start(state.client);\n    }, 15000);\n  });\n};\n`, { filename: 'test/steps/setup.js' });
    expect(isChanged).toBe(false);
    expect(left).toEqual([expect.stringContaining('Other tests need the state of this one.')]);
  });
});

describe('mock-compile', () => {
  it('shares no contract between tests', () => {
    const test = (title: string) => `it('${title}', async () => {\n  const { token } = await fixture();\n  expect(await token.read.name()).toBe('T');\n});\n`;
    const { isChanged } = mock(`import { expect } from 'chai';\nimport hre from 'hardhat';\nasync function fixture() {\n  const token = await hre.viem.deployContract('Token', []);\n  return { token };\n}\n${test('one')}${test('two')}`);
    expect(isChanged).toBe(false);
  });

  it('reads titles that a callee with its arguments cannot stand in', () => {
    const test = (title: string) => `it('${title}', async () => {\n  const token = await (await ethers.getContractFactory("Token")).deploy();\n  expect(await token.name()).to.equal('T');\n});\n`;
    expect(() => mock(`import { expect } from 'chai';\nimport { ethers } from 'hardhat';\n${test('one')}${test('two')}`)).not.toThrow();
  });

  it('gives results of groups beside each other the name that their tests use', () => {
    const group = (name: string) => `describe('${name}', () => {\n  it('has modules', async () => {\n    const build = await rollup({ input: '${name}.js' });\n    expect(build.cache?.modules).toHaveLength(1);\n  });\n  it('has files', async () => {\n    const build = await rollup({ input: '${name}.js' });\n    expect(build.watchFiles).toHaveLength(1);\n  });\n});\n`;
    const { output } = mock(`${ROLLUP}${group('one')}${group('two')}`);
    expect(output.match(/let build: /g)).toHaveLength(2);
  });

  it('keeps texts of several lines as they are when it shares what is made of them', () => {
    const test = (title: string, space = '') => `  it('${title}', async () => {\n    const built = await rollup({\n      input: \`\n        import x from 'x';${space}\n      \`,\n    });\n    expect(built.watchFiles).toHaveLength(1);\n  });\n`;
    const { output } = mock(`${ROLLUP}describe('a text', () => {\n${test('one')}${test('two')}});\n`);
    expect(output).toContain("    built = await rollup({\n      input: `\n        import x from 'x';\n      `,\n    });");
    expect(mock(`${ROLLUP}describe('a text', () => {\n${test('one')}${test('two', ' ')}});\n`).isChanged).toBe(false);
  });

  it('names a second result of a group after what it is made of', () => {
    const tests = (file: string) => ['modules', 'files'].map((what) => `  it('has ${what} of ${file}', async () => {\n    const built = await rollup({ input: './${file}.js' });\n    expect(built.watchFiles).toHaveLength(1);\n  });\n`).join('');
    const { output } = mock(`${ROLLUP}describe('files', () => {\n${tests('main')}${tests('plain-file')}});\n`);
    expect(output).toContain('let built: ');
    expect(output).toContain('let plainFileBuilt: ');
  });
});

describe('a title of several pieces', () => {
  it('gains one in the quotes of the others', () => {
    const { output } = split(`import { it } from 'vitest';\nimport { run } from './run.js';\nconst all = ['a', 'b', 'c'];\nfor (const name of all) {\n  it("scenario " + name, () => run('x', 'y', name), 30_000);\n}\n`);
    expect(output).toContain('it("scenario " + name + " @slow", ');
  });
});

describe('what was measured far under its budget', () => {
  const profile = (title: string, duration: number) =>
    JSON.stringify({ version: 1, runs: 1, files: [{ file: 'test/example.test.ts', tests: [{ title: [title], status: 'passed', duration, tier: 'unit' }] }] });
  const text = `${TENSOR}it('draws', () => {\n  randn([10, 300, 300]);\n});\n`;
  const files = (duration: number) => ({ 'package.json': '{"name":"x"}', '.slow-tests/profile.json': profile('draws', duration) });

  it('is left alone', () => {
    expect(tier(text, { files: files(4) }).isChanged).toBe(false);
    expect(tier(text, { files: files(900) }).isChanged).toBe(true);
  });
});
