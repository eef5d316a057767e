/** What tests, hooks and helpers of a generated program do: sizes, compiles, variants, and code that has nothing to do with them. */
import type { Choices } from './choices.ts';
import type { RunnerForm } from './runners.ts';

/** Names that a piece of the program can use. */
export interface Scope {
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
}

export const LISTS = ["[«esm», «cjs», «iife»]", 'FORMATS', "[°\n  «esm»,\n  «cjs», // the second\n  «iife»,\n]", "[«causal», «full»]", 'Object.keys({ esm: 1, cjs: 2, iife: 3 })', "[...FORMATS, «umd»]", "[true, false]", '[1, 2, 3]', "([«esm», «cjs», «iife»]‹ as const›)"] as const;

export function indented(text: string): string {
  return text.replace(/^(?!$)/gm, '  ');
}

export class Bodies {
  readonly #choices: Choices;
  readonly #form: RunnerForm;
  #count = 0;
  readonly needs = new Set<string>();

  constructor(choices: Choices, form: RunnerForm) {
    this.#choices = choices;
    this.#form = form;
  }

  fresh(stem: string): string {
    return `${stem}${++this.#count}`;
  }

  size(scope: Scope): string {
    const choices = this.#choices;
    const plain = () => choices.pick(['512', '8', '64', '256', '1000', '1_024', '0x200', '2', '1', '3', '768', '1e3', '100', '0', '7']);
    if (choices.once(12)) return choices.pick(['2 * 256', '1 << 9', '512 / 2', '(256 + 256)', 'SIZES.rows', 'Math.max(512, 2)', 'Number(512)', '512‹ as number›', "'512'.length * 100"]);
    if (scope.numbers.length > 0 && choices.next(3) > 0) return choices.pick(scope.numbers) + (choices.once(8) ? choices.pick([' * 2', ' / 2', ' - 1', ' + 1']) : '');
    return plain();
  }

  statements(scope: Scope, isAsync: boolean, most = 3): string {
    let inner = scope;
    return this.#choices.many(1, most, () => {
      if (this.#choices.once(5)) {
        const { text, names } = this.constants();
        inner = { ...inner, numbers: [...inner.numbers, ...names] };
        return text;
      }
      return this.statement(inner, isAsync);
    }).join('\n');
  }

  constants(): { readonly text: string; readonly names: readonly string[] } {
    const choices = this.#choices;
    const [a, b] = [choices.pick(['seqLen', 'n', 'dim', 'rows', 'batch', '$size', 'é']), choices.pick(['cols', 'm', 'hidden', 'k'])].map((stem) => this.fresh(stem)) as [string, string];
    const [x, y] = [this.size({ numbers: [], texts: [] }), this.size({ numbers: [], texts: [] })];
    return choices.pick([
      { text: `const ${a} = ${x};`, names: [a] },
      { text: `const ${a} = ${x}, ${b} = ${y};`, names: [a, b] },
      { text: `let ${a}‹: number› = ${x};`, names: [a] },
      { text: `const { ${a}, ${b} } = { ${a}: ${x}, ${b}: ${y} };`, names: [a, b] },
      { text: `const [${a}, ${b}] = [${x}, ${y}]‹ as const›;`, names: [a, b] },
      { text: `const ${a} = { rows: ${x}, cols: ${y} }‹ as const›;`, names: [`${a}.rows`, `${a}.cols`, `${a}['rows']`] },
      { text: `const ${a} = ${x}; // about ${a}`, names: [a] },
      { text: `var ${a} = ${x};`, names: [a] },
      { text: `const ${a} = ${x};\nconst ${b} = ${a} * 2;`, names: [a, b] },
    ]);
  }

  statement(scope: Scope, isAsync: boolean): string {
    const choices = this.#choices;
    switch (choices.next(12)) {
      case 0: case 1: case 2: case 3: return this.tensors(scope);
      case 4: case 5: case 6: return this.compile(scope, isAsync);
      case 7: return this.variants(scope, isAsync);
      case 8: return this.nested(scope, isAsync);
      case 9: return this.mocked();
      case 10: return this.#waits(isAsync);
      default: return this.odd();
    }
  }

  /** Something of a size, and what a test says about it. */
  tensors(scope: Scope): string {
    const choices = this.#choices;
    const [x, n, m] = [this.fresh('x'), this.size(scope), this.size(scope)];
    this.needs.add('tensor');
    const library = choices.pick(['', '', '', 'tensor.', 'tf.']);
    if (library === 'tf.') this.needs.add('tf');
    const creator = `${library}${choices.pick(['ones', 'zeros', 'randn', 'ones'])}`;
    const make = choices.pick([
      `const ${x} = ${creator}(°[${n}, ${m}]°);`,
      `const ${x} = ${creator}([${n}, ${m}], 1);`,
      `const shape${x} = [${n}, ${m}];\nconst ${x} = ${creator}(shape${x});`,
      `const ${x} = ${creator}(\n  [\n    ${n}, // rows\n    ${m},\n  ],\n);`,
      `const ${x} = ${creator}([${choices.pick(['1', '2', '3'])}, ${n}, ${m}]);`,
      `let ${x}‹: Tensor›;\n${x} = ${creator}([${n}, ${m}]);`,
      `const ${x} = ((a, b) => ${creator}([a, b]))(${n}, ${m});`,
      `const ${x} = make(${n}, ${m});`,
      `const [${x}] = [${creator}([${n}, ${m}])];`,
      `const ${x} = ${creator}(Array(2).fill(${n}));`,
      `const ${x} = ones([${n}, ${m}]).reshape([${m}, ${n}]);`,
      `const ${x} = { shape: [${n}, ${m}], size: new Float32Array(${n} * 16).length / 16 * ${m}, sum() { return 1; }, get() { return 1; } };`,
    ]);
    if (make.includes('make(')) this.needs.add('make');
    const { equal, truthy } = this.#form;
    const say = () => choices.pick([
      equal(`${x}.shape`, `[${n}, ${m}]`),
      truthy(`${x}.sum() > 0`),
      equal(`${x}.size`, `${n} * ${m}`),
      equal(`${x}.shape.length`, '2'),
      equal(`${x}.get(0, 0)`, '1'),
      equal(`${x}.shape[0]`, n),
      `for (let i = 0; i < ${n}; i++) { if (i < 5) ${equal(`${x}.get(i, 0)`, '1')}; }`,
      `for (let i = 0; i < ${x}.shape[0]; i += 100) ${truthy(`${x}.get(i, 0) !== undefined`)}`,
      `${x}.shape.forEach((length) => ${truthy('length > 0')})`,
      equal(`\`\${${x}.shape}\``, `\`\${${n}},\${${m}}\``),
      truthy(`${x}.sum() < 1e12 /* a comment ${x} */`),
      equal(`String(${x}.shape)`, `'512,512'`),
    ]);
    return [make, ...choices.many(0, 2, () => `${say()};`)].join('\n');
  }

  compile(scope: Scope, isAsync: boolean): string {
    const choices = this.#choices;
    const [built, text] = [this.fresh('built'), scope.texts.length > 0 && choices.next(2) === 0 ? choices.pick(scope.texts) : choices.pick(["«a.js»", "«b.js»", '`c.js`'])];
    const { equal, truthy } = this.#form;
    const sync = [
      `const ${built} = compile(°${text}°);\n${truthy(`${built} !== undefined`)};`,
      `compile(${text});`,
      `const { code: ${built} } = compile(${text}, { level: 3 });\n${equal(`${built}.length > 0`, 'true')};`,
      `${equal(`jit((x) => x)(3)`, '3')};`,
      `const ${built} = jit((a) => a + 1);\n${equal(`${built}(1)`, '2')};`,
      `${truthy(`compile(${text})?.code`)};`,
      `let ${built};\ntry {\n  ${built} = compile(${text});\n} finally {\n  ${built}?.free?.();\n}`,
      `const ${built} = [compile(${text}), compile(${text})];\n${equal(`${built}.length`, '2')};`,
      `flash.Engine.compile(${text});`,
    ];
    const async = [
      `const ${built} = await rollup({ input: ${text} });\n${truthy(`${built}.cache`)};`,
      `await rollup(°{ input: ${text} }°);`,
      `const { cache: ${built} } = await rollup({\n  input: ${text}, // the entry\n});\n${truthy(built)};`,
      `const ${built} = await rollup({ input: ${text} });\nconst { output } = await ${built}.generate({ format: «esm» });\n${equal('output.length', '1')};\nawait ${built}.close();`.replaceAll('output', this.fresh('output')),
      `await Promise.all([rollup({ input: ${text} }), rollup({ input: «z.js» })]);`,
      `const ${built} = await (await import(«rollup»)).rollup({ input: ${text} });\n${truthy(built)};`,
      `await bundle(${text});`,
      `let ${built};\ntry {\n  ${built} = await rollup({ input: ${text} });\n} catch (error) {\n  throw error;\n}\n${truthy(`${built}.watchFiles`)};`,
    ];
    this.needs.add('flash');
    if (!isAsync) return choices.pick(sync);
    this.needs.add('rollup');
    const chosen = choices.pick([...async, ...sync]);
    if (chosen.includes('bundle(')) this.needs.add('bundle');
    return chosen;
  }

  variants(scope: Scope, isAsync: boolean): string {
    const choices = this.#choices;
    const format = this.fresh('format');
    const list = choices.pick(LISTS);
    const body = this.compile({ ...scope, texts: [format, `String(${format})`] }, isAsync);
    return choices.pick([
      `for (const ${format} of ${list}) {\n${indented(body)}\n}`,
      isAsync ? `for await (const ${format} of ${list}) {\n${indented(body)}\n}` : `for (const ${format} of ${list}) {\n${indented(body)}\n}`,
      ...(isAsync ? [`await Promise.all(${list}.map(async (${format}) => {\n${indented(body)}\n}));`] : [`${list.startsWith('[') || list.startsWith('(') ? ';' : ''}${list}.forEach((${format}) => {\n${indented(body)}\n});`]),
      `for (let i = 0; i < FORMATS.length; i++) {\n  const ${format} = FORMATS[i];\n${indented(body)}\n}`,
    ]);
  }

  nested(scope: Scope, isAsync: boolean): string {
    const inner = this.#choices.next(2) === 0 ? this.tensors(scope) : this.compile(scope, isAsync);
    return this.#choices.pick([
      `if (FORMATS.length > 2) {\n${indented(inner)}\n}`,
      `{\n${indented(inner)}\n}`,
      `for (let round = 0; round < 2; round++) {\n${indented(inner)}\n}`,
      `try {\n${indented(inner)}\n} finally {\n  // done\n}`,
      `switch (FORMATS.length) {\n  case 3: {\n${indented(indented(inner))}\n    break;\n  }\n  default:\n}`,
      `outer: for (;;) {\n${indented(inner)}\n  break outer;\n}`,
      `do {\n${indented(inner)}\n} while (false);`,
    ]);
  }

  mocked(): string {
    const { mocks } = this.#form;
    if (mocks === '') return this.odd();
    this.needs.add('flash');
    const spy = mocks === 'mock' ? `mock.method(flash.Engine, «compile», () => ({}));` : `${mocks}.spyOn(flash.Engine, «compile»).mockImplementation(() => ({}));`;
    return `${spy}\nflash.Engine.compile(«esm»);\n${mocks === 'mock' ? 'mock.restoreAll()' : `${mocks}.restoreAllMocks()`};`;
  }

  #waits(isAsync: boolean): string {
    if (!isAsync) return this.odd();
    return this.#choices.pick([
      'await new Promise((resolve) => setTimeout(resolve, 500));',
      'await new Promise(°(done) => { setTimeout(() => done(), 2 * 1000); });',
      'await Promise.resolve();',
    ]);
  }

  odd(): string {
    const choices = this.#choices;
    const name = this.fresh('odd');
    return choices.pick([
      `const ${name} = [1, 2, 3].map((x) => x ** 2);`,
      `const ${name} = /[)\\]}'"\`]+/gu.test(«text»);`,
      `const ${name} = \`a\n  \${[1].map((x) => \`b\${x}\`).join()}\n c\`;`,
      `const ${name}‹: Record<string, unknown>› = { 'a-b': 1, ['c']: 2, get d() { return 3; }, async *e() { yield 1; }, ...{} };`,
      `const ${name} = (globalThis‹ as any›)?.foo?.['bar'] ?? 0n;`,
      `class ${name} { static #x = 1; static { void ${name}.#x; } ‹declare y: string;› m() { return this; } }`,
      `function ${name}(...args‹: unknown[]›) { return args.length; }`,
      `label${name}: for (const x of [1]) { if (x) continue label${name}; }`,
      `;;`,
      `// just a comment`,
      `/* a block\n   of two lines */`,
      `const ${name} = a => a, ${name}b = async () => {};`,
      `var ${name} = typeof window === «undefined» ? void 0 : window;`,
      `const ${name} = 'it\\'s' + "\\u{1F600}" + \`\\\`\`;`,
    ]);
  }
}
