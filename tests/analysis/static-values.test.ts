/** What the text says a name evaluates to. The value asked for is the last statement of the case. */
import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { SourceModule } from '../../src/analysis/module.ts';
import type { Value } from '../../src/analysis/value.ts';
import { evaluate } from '../../src/analysis/static-value.ts';
import { writeProject } from '../squiggle.ts';
import { parsedFile } from './reading-of.ts';

const UNKNOWN = 'unknown';

function valueOf(text: string, files: Readonly<Record<string, string>> = {}): unknown {
  const root = Object.keys(files).length > 0 ? writeProject(files) : '/project';
  const file = parsedFile(text, join(root, 'test/example.test.ts'), root);
  const last = file.ast.body.at(-1);
  if (last?.type !== 'ExpressionStatement') throw new Error('The last statement is what is asked for.');
  return plain(evaluate(new SourceModule(file), last.expression));
}

function plain(value: Value | undefined): unknown {
  switch (value?.type) {
    case undefined:
      return UNKNOWN;
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(plain);
    case 'dictionary':
      return Object.fromEntries([...value.entries].map(([key, item]) => [key, plain(item)]));
    case 'opaque':
      return 'named';
  }
}

describe('told by the text', () => {
  it.each<readonly [what: string, text: string, expected: unknown]>([
    ['numbers', '20_000;', 20_000],
    ['other bases', '0x200;', 512],
    ['arithmetic', '(2 + 3) * 4 - 2 ** 5 / 8 % 3;', 19],
    ['shifts', '1 << 10 | 3;', 1027],
    ['negation', '-(4);', -4],
    ['a constant', 'const seqLen = 512; seqLen;', 512],
    ['constants of constants', 'const heads = 8; const dim = 64; const model = heads * dim; model + 1;', 513],
    ['a let that is written once', 'let seqLen = 512; seqLen;', 512],
    ['a later constant', 'function size() { return late; } const late = 4; late;', 4],
    ['a cast', 'const n = 512 as number; (n!) satisfies number;', 512],
    ['as const', 'const shape = [1, 4, 64] as const; shape;', [1, 4, 64]],
    ['a list of names', 'const B = 2; const S = 128; [B, 8, S, 64];', [2, 8, 128, 64]],
    ['spread', 'const head = [2, 8]; [...head, 512];', [2, 8, 512]],
    ['an item', 'const shape = [2, 8, 512]; shape[2];', 512],
    ['the length', 'const shape = [2, 8, 512]; shape.length;', 3],
    ['a member', 'const size = { batch: 2, seq: { length: 512 } }; size.seq.length;', 512],
    ['a member by a constant key', `const key = 'seq'; const size = { seq: 512 }; size[key];`, 512],
    ['spread of objects', 'const base = { batch: 2, seq: 512 }; const size = { ...base, batch: 4 }; size;', { batch: 4, seq: 512 }],
    ['destructured from a list', 'const [B, H, S, D] = [2, 8, 512, 64]; B * H * S * D;', 524_288],
    ['destructured with a hole', 'const [, , S] = [2, 8, 512]; S;', 512],
    ['destructured from an object', 'const { seq, heads: H } = { seq: 512, heads: 8 }; seq * H;', 4096],
    ['destructured deeply', 'const { model: { dim } } = { model: { dim: 768 } }; dim;', 768],
    ['a default that is needed', 'const { seq = 512 } = { heads: 8 }; seq;', 512],
    ['a default that is not needed', 'const { seq = 512 } = { seq: 64 }; seq;', 64],
    ['shorthand', 'const seq = 512; const size = { seq }; size.seq;', 512],
    ['a frozen object', 'const size = Object.freeze({ seq: 512 }); size.seq;', 512],
    ['a product', 'const dims = [64, 512, 7];\nconst n = dims.reduce((a, b) => a * b, 1); n;', 229_376],
    ['a product without a first factor', '[2, 3, 4].reduce((size, n) => size * n);', 24],
    ['Math', 'Math.ceil(1000 / 64) * Math.max(2, 3) + Math.pow(2, 3) + Math.sqrt(16);', 60],
    ['text', 'const name = "x"; `${name}-${1 + 1}`;', 'x-2'],
    ['a sum of texts', `'a' + 1;`, 'a1'],
    ['keys', 'Object.keys({ a: 1, b: 2 });', ['a', 'b']],
    ['values', 'Object.values({ a: 1, b: 2 });', [1, 2]],
    ['entries', 'Object.entries({ a: 1 });', [['a', 1]]],
    ['bigint', '512n;', 512],
    ['shape()', 'function shape(...sizes: number[]) { return sizes; } shape(1, 600, 384);', [1, 600, 384]],
    ['a typed shape', 'BigInt64Array.from([2n, 3n]);', [2, 3]],
    ['or', 'const n = 0 || 12; n;', 12],
    ['nullish', 'const n = null ?? 12; n;', 12],
    ['items that only have a name', `import { fast, exact } from 'modes'; [fast, exact];`, ['named', 'named']],
    ['an inner name that shadows', 'const n = 512; { const n = 4; } n;', 512],
  ])('%s', (_what, text, expected) => {
    expect(valueOf(text)).toEqual(expected);
  });
});

describe('not told by the text', () => {
  it.each([
    ['a method that is called like a conversion', 'Keys.BigInt(256);'],
    ['a reassigned let', 'let n = 4; n = 512; n;'],
    ['a counted let', 'let n = 4; n++; n;'],
    ['a parameter', 'const f = (n: number) => n; f;'.replace('f;', 'f(4);')],
    ['an environment variable', 'const n = Number(process.env.SIZE); n;'],
    ['a product of what nobody knows', '[2, n(), 4].reduce((a, b) => a * b, 1);'],
    ['no product', '[2, 3].reduce((a, b) => a * a, 1);'],
    ['a sum', '[2, 3].reduce((a, b) => a + b, 0);'],
    ['either of two', 'const n = Math.random() > 0.5 ? 4 : 512; n;'],
    ['a default behind an environment variable', 'const n = Number(process.env.SIZE ?? 512); n;'],
    ['a call', 'const n = sizeOf(4); n;'],
    ['a loop variable', 'let last; for (const n of [1, 2]) last = n; last;'],
    ['itself', 'const n = n + 1; n;'],
    ['one another', 'const a = b; const b = a; a;'],
    ['an undeclared name', 'SIZE * 2;'],
    ['a missing member', 'const size = { seq: 4 }; size.heads;'],
    ['a spread of something unknown', 'const rest = load(); [...rest, 512];'],
    ['undefined', 'undefined;'],
    ['a regular expression', '/x/;'],
    ['an object changed later', 'const size = { seq: 4 }; size.seq = 512; size.seq;'],
    ['a list changed later', 'const shape = [2, 4]; shape[1] = 512; shape[1];'],
    ['a list that grows later', 'const shape = [2, 4]; shape.push(512); shape.length;'],
    ['the own fields of a prototype', 'const size = {}; size.constructor;'],
    ['a member that is computed from a name', 'const size = { [key()]: 512 }; size.seq;'],
    ['var written in a function', 'var n = 4; function grow() { n = 512; } n;'],
  ])('%s', (_what, text) => {
    expect(valueOf(text)).toBe(UNKNOWN);
  });
});

describe('from the file next door', () => {
  const files = {
    'test/sizes.ts': 'const BASE = 256;\nexport const SEQ = BASE * 2;\nexport const SHAPE = [2, 8, SEQ, 64] as const;\nexport const CONFIG = { heads: 8 };\nexport let mutable = 4;\nmutable = 512;\nexport default 96;\nexport { SEQ as LENGTH };',
    'test/index.ts': `export { SEQ } from './sizes';\nexport * from './sizes';`,
    'test/broken.ts': 'export const SEQ = = 4;',
  };
  it.each<readonly [what: string, text: string, expected: unknown]>([
    ['a constant', `import { SEQ } from './sizes'; SEQ;`, 512],
    ['with its extension', `import { SHAPE } from './sizes.js'; SHAPE;`, [2, 8, 512, 64]],
    ['renamed here and there', `import { LENGTH as n } from './sizes'; n * 2;`, 1024],
    ['a member', `import { CONFIG } from './sizes'; CONFIG.heads;`, 8],
    ['a member of a namespace', `import * as sizes from './sizes'; sizes.SEQ;`, 512],
    ['the default export', `import size from './sizes'; size;`, 96],
    ['through a barrel', `import { SEQ } from './index'; SEQ;`, 512],
    ['required', `const { SEQ } = require('./sizes'); SEQ;`, 512],
    ['reassigned there', `import { mutable } from './sizes'; mutable;`, 'named'],
    ['missing', `import { SEQ } from './gone'; SEQ;`, 'named'],
    ['not parsable', `import { SEQ } from './broken'; SEQ;`, 'named'],
    ['from a package', `import { SEQ } from 'sizes'; SEQ;`, 'named'],
  ])('%s', (_what, text, expected) => {
    expect(valueOf(text, files)).toEqual(expected);
  });
});

describe('hostile texts end in time', () => {
  it.each([
    ['constants that double one another', `${Array.from({ length: 60 }, (_, i) => `const n${String(i + 1)} = n${String(i)} + n${String(i)};`).join(' ').replace('n0 + n0', '1 + 1')} n60;`],
    ['a very long sum', `${Array.from({ length: 500 }, () => '1').join(' + ')};`],
    ['deep nesting', `${'['.repeat(400)}1${']'.repeat(400)};`],
    ['spreads that double one another', `const l0 = [1, 2]; ${Array.from({ length: 40 }, (_, i) => `const l${String(i + 1)} = [...l${String(i)}, ...l${String(i)}];`).join(' ')} l40;`],
    ['texts that double one another', `const t0 = 'ab'; ${Array.from({ length: 40 }, (_, i) => `const t${String(i + 1)} = t${String(i)} + t${String(i)};`).join(' ')} t40;`],
  ])('%s', (_what, text) => {
    const before = performance.now();
    expect(() => valueOf(text)).not.toThrow();
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
