/** Test files that nobody wrote, grown from choices: runners, modifiers, groups, hooks, loops, tables, helpers, and how people write them down. */
import { Bodies, indented, LISTS } from './bodies.ts';
import type { Scope } from './bodies.ts';
import type { Choices } from './choices.ts';
import type { RunnerForm } from './runners.ts';
import { RUNNER_FORMS } from './runners.ts';
import { styleFrom, writeDown } from './style.ts';
import type { Style } from './style.ts';

export interface Program {
  readonly text: string;
  readonly path: string;
  readonly form: RunnerForm;
  readonly style: Style;
  /** Can the miniature runner run it? */
  readonly canRun: boolean;
}

export function growProgram(choices: Choices): Program {
  const form = choices.pick(RUNNER_FORMS);
  const isTypeScript = choices.next(2) === 1 && form.isModule;
  const style = styleFrom(choices, isTypeScript);
  const grower = new Grower(choices, form);
  const extension = isTypeScript ? choices.pick(['ts', 'tsx', 'mts']) : choices.pick(form.isModule ? ['js', 'mjs', 'jsx'] : ['js', 'cjs']);
  const hasMarkup = extension.endsWith('x') && choices.once(2);
  const text = writeDown(grower.file(isTypeScript, hasMarkup), style, choices);
  return { text, path: `/project/test/${choices.pick(['a.test', 'b.spec', 'c.test', 'd.int.test'])}.${extension}`, form, style, canRun: form.canRun && (isTypeScript || !hasMarkup) };
}

const MODULES: Readonly<Record<string, { readonly module: string; readonly names: readonly string[]; readonly space?: string }>> = {
  tensor: { module: '../src/tensor.js', names: ['ones', 'zeros', 'randn'], space: 'tensor' },
  tf: { module: '@tensorflow/tfjs', names: [], space: 'tf' },
  flash: { module: 'flash', names: ['compile', 'jit'], space: 'flash' },
  rollup: { module: 'rollup', names: ['rollup'] },
};

class Grower {
  readonly #choices: Choices;
  readonly #form: RunnerForm;
  readonly bodies: Bodies;
  #titles = 0;

  constructor(choices: Choices, form: RunnerForm) {
    this.#choices = choices;
    this.#form = form;
    this.bodies = new Bodies(choices, form);
  }

  file(isTypeScript: boolean, hasMarkup: boolean): string {
    const choices = this.#choices;
    const top = choices.once(3) ? this.bodies.constants() : { text: '', names: [] };
    const blocks = choices.many(1, 4, () => this.block({ numbers: top.names, texts: [] }, 2));
    const odd = [...choices.many(0, 1, () => this.#oddPart(isTypeScript)), ...(hasMarkup ? [this.#markup()] : [])];
    const parts = [top.text, ...this.#helpers(), ...(choices.once(2) ? [...odd, ...blocks] : [...blocks, ...odd])].filter(Boolean);
    const start = choices.pick(['', '', '', '', '// first\n', '/** a\n * licence */\n', "'use strict';\n", '#!/usr/bin/env node\n', '\n\n', '/* eslint-disable */\n']);
    const head = `${this.#form.head}${this.#imports()}const FORMATS = [«esm», «cjs», «iife»];\nconst SIZES = { rows: 512, cols: 8 };\n`;
    return `${start}${head}\n${parts.join(choices.pick(['\n\n', '\n', '\n\n\n']))}${choices.pick(['\n', '', '\n\n', '\n// the end'])}`;
  }

  #imports(): string {
    const { isModule } = this.#form;
    const { needs } = this.bodies;
    if (needs.has('bundle')) needs.add('rollup');
    if (needs.has('make')) needs.add('tensor');
    return Object.entries(MODULES).filter(([name]) => needs.has(name)).map(([, { module, names, space }]) => {
      const list = names.length === 0 ? '' : isModule ? `import { ${names.join(', ')} } from «${module}»;\n` : `const { ${names.join(', ')} } = require(«${module}»);\n`;
      return list + (space === undefined ? '' : isModule ? `import * as ${space} from «${module}»;\n` : `const ${space} = require(«${module}»);\n`);
    }).join('');
  }

  #helpers(): string[] {
    const { needs } = this.bodies;
    const form = this.#choices.next(2);
    return [
      ...(needs.has('make') ? [form === 0 ? 'function make(rows‹: number›, cols‹: number›) {\n  return ones([rows, cols]);\n}' : 'const make = (rows‹: number›, cols‹: number› = 4) => ones([rows, cols]);'] : []),
      ...(needs.has('bundle') ? [form === 0 ? 'async function bundle(input‹: string›) {\n  const built = await rollup({ input });\n  return built;\n}' : 'const bundle = (input‹: string›) => rollup({ input });'] : []),
    ];
  }

  block(scope: Scope, depth: number): string {
    const choices = this.#choices;
    const { group, tables, beforeEach } = this.#form;
    const kind = choices.next(12);
    if (depth > 0 && group !== '' && kind >= 6 && kind < 9) return this.#group(scope, depth);
    if (depth > 0 && kind === 9) return this.#loop(scope, depth);
    if (tables.length > 0 && (kind === 4 || kind === 5)) return this.#table(scope);
    if (beforeEach !== '' && kind === 10) return this.#hooked(scope);
    if (kind === 11 && depth > 0) return choices.pick([`if (FORMATS.length > ${choices.pick(['1', '5'])}) {\n${indented(this.block(scope, 0))}\n}`, `{\n${indented(this.block(scope, 0))}\n}`, `(() => {\n${indented(this.block(scope, 0))}\n})();`]);
    return this.#test(scope);
  }

  title(scope: Scope): string {
    const choices = this.#choices;
    const number = ++this.#titles;
    if (scope.texts.length > 0 && !choices.once(4)) {
      const [text] = scope.texts;
      return choices.pick([`\`builds \${${text}} ${number}\``, `'builds ' + ${text} + ' ${number}'`, `\`it's \${${text}} "${number}" \${1 + 1}\``, `"builds ".concat(String(${text}), ' ${number}')`]);
    }
    return choices.pick([
      `«works ${number}»`, `'works ${number}'`, `"it's ${number}"`, `'it\\'s ${number}'`, `\`works \${${number}}\``, `'works ' + ${number}`, `«large ${number}»`, `'100% of $&  ${number} %s'`, `"\${no} ${number}"`, `'é 😀 ${number}'`,
      `'line\\nbreak ${number}'`, `'a\\\nb ${number}'`, `\`two\nlines ${number}\``, `'takes $1 ${number}'`, `'performance ${number}'`, `«fast ${number}»`, `'already @slow ${number}'`, `'back\\\\slash ${number}'`, `«max size ${number}»`, `'(small) ${number}'`,
      `FORMATS[0] + ' ${number}'`, `'works (%i) ${number}'`,
    ]);
  }

  #chain(): string {
    const { test, modifiers, conditions } = this.#form;
    const choices = this.#choices;
    if (modifiers.length > 0 && choices.once(7)) return `${test}.${choices.pick(modifiers)}`;
    if (conditions.length > 0 && choices.once(12)) return `${test}.${choices.pick(conditions)}(FORMATS.length > 5)`;
    return test;
  }

  #test(scope: Scope): string {
    const choices = this.#choices;
    const { context, timeout } = this.#form;
    const isAsync = choices.next(2) === 1;
    const body = this.bodies.statements(scope, isAsync);
    const title = this.title(scope);
    const isLong = choices.once(6);
    const lines = [
      ...(isLong && timeout === 'this' ? ['this.timeout(30_000);'] : []),
      ...(isLong && timeout === 'context' ? ['t.timeout(30_000);'] : []),
      body,
      ...(this.#form.runner === 'tape' ? ['t.end();'] : []),
    ].join('\n');
    const parameter = context === '' && choices.once(10) && ['mocha', 'jest', 'jasmine'].includes(this.#form.runner) ? 'done' : context;
    const ended = parameter === 'done' && !isAsync ? `${lines}\ndone();` : lines;
    const isFunction = (isLong && timeout === 'this') || choices.once(5);
    const given = parameter === 'done' && isAsync ? '' : parameter;
    const isShort = !isFunction && !ended.includes('\n') && !ended.startsWith('//') && ended.endsWith(';') && choices.once(2);
    const inside = isShort ? `{ ${ended} }` : `{°\n${indented(ended)}\n}`;
    const callback = isFunction ? `${isAsync ? 'async ' : ''}function ${choices.pick(['', 'named'])}(${given}) ${inside}` : `${isAsync ? 'async ' : ''}(${given}) => ${inside}`;
    const options = timeout === 'options' && (isLong || choices.once(8)) ? `, { timeout: ${isLong ? '30_000' : '100'} }` : '';
    const last = timeout === 'last' && isLong ? `, ${choices.pick(['30_000', '60 * 1000', '5000'])}` : '';
    const end = choices.pick(['', '', ',']);
    return choices.once(6)
      ? `${this.#chain()}(\n  ${title}${options},\n  ${callback.replaceAll('\n', '\n  ')}${last}${end}\n);`
      : `${this.#chain()}(°${title}${options},° ${callback}${last}${end === '' ? '' : '°'});`;
  }

  #group(scope: Scope, depth: number): string {
    const choices = this.#choices;
    const inner = choices.once(3) ? this.bodies.constants() : { text: '', names: [] };
    const blocks = choices.many(1, 3, () => this.block({ ...scope, numbers: [...scope.numbers, ...inner.names] }, depth - 1));
    const modifier = choices.once(12) && this.#form.modifiers.includes('skip') ? '.skip' : '';
    return `${this.#form.group}${modifier}(°${this.title(scope)}, ${choices.pick(['() =>', 'function ()'])} {\n${indented([inner.text, ...blocks].filter(Boolean).join(choices.pick(['\n\n', '\n'])))}\n});`;
  }

  #loop(scope: Scope, depth: number): string {
    const choices = this.#choices;
    const name = this.bodies.fresh('item');
    const list = choices.pick(LISTS);
    const inner = choices.many(1, 2, () => this.block({ ...scope, texts: [name] }, depth - 1)).join('\n');
    const pair = choices.many(1, 1, () => this.block({ numbers: [...scope.numbers, `${name}b`], texts: [name] }, 0)).join('\n');
    return choices.pick([
      `for (const ${name} of ${list}) {\n${indented(inner)}\n}`,
      `${list.startsWith('[') || list.startsWith('(') ? ';' : ''}${list}.forEach((${name}) => {\n${indented(inner)}\n});`,
      `for (const ${name} in { esm: 1, cjs: 2, iife: 3 }) {\n${indented(inner)}\n}`,
      `for (const [${name}, ${name}b] of [[«esm», 512], [«cjs», 8], [«iife», 1000]]‹ as const›) {\n${indented(pair)}\n}`,
      `for (const { name: ${name}, size: ${name}b } of [{ name: «esm», size: 512 }, { name: «cjs», size: 4 }, { name: «iife», size: 1024 }]) {\n${indented(pair)}\n}`,
      `for (let i = 0; i < FORMATS.length; i++) {\n  const ${name} = FORMATS[i];\n${indented(inner)}\n}`,
      `for (const ${name} of ${list}) {\n  for (const minify${name} of [true, false]) {\n${indented(indented(this.block({ ...scope, texts: [`\`\${${name}} \${minify${name}}\``] }, 0)))}\n  }\n}`,
      `for (const ${name} of ${list}) ${this.#test({ ...scope, texts: [name] })}`,
    ]);
  }

  #table(scope: Scope): string {
    const choices = this.#choices;
    const { group, tables, test } = this.#form;
    const number = ++this.#titles;
    const [a, b] = [this.bodies.fresh('kind'), this.bodies.fresh('length')];
    const form = choices.pick(tables);
    const isGroup = group !== '' && form === 'each' && this.#form.runner !== 'qunit' && choices.once(4);
    const isAsync = choices.next(2) === 1 && !isGroup;
    const rows = choices.pick([
      { rows: "[[«esm», 512], [«cjs», 8], [«iife», 1000]]", parameters: [a, b], title: 'builds %s at %i' },
      { rows: "[\n  [«esm», 512],\n  // a comment\n  [«cjs», 8],\n]", parameters: [a, b], title: 'builds %s' },
      { rows: "[{ name: «esm», size: 512 }, { name: «cjs», size: 2 }, { name: «iife», size: 3 }]", parameters: [`{ name: ${a}, size: ${b} }`], title: 'builds $name' },
      { rows: 'FORMATS', parameters: [a], title: 'builds %s' },
      { rows: "[«esm», «cjs», «iife»]", parameters: [a], title: 'builds %s' },
      { rows: "[«esm», «cjs», «iife»].map((name) => [name, 512])", parameters: [a, b], title: 'builds %s' },
      { rows: "[[«esm», 512], [«cjs», 8]]‹ as const›", parameters: [a, b], title: 'builds' },
    ]);
    const isFor = form === 'for';
    const parameters = isFor && rows.parameters.length > 1 ? [`[${rows.parameters.join(', ')}]`] : rows.parameters;
    const inner: Scope = { numbers: [...scope.numbers, ...(rows.parameters.join().includes(b) ? [b] : [])], texts: [a] };
    const body = isGroup ? this.block(inner, 0) : this.bodies.statements(inner, isAsync);
    const qunit = this.#form.runner === 'qunit';
    const given = qunit ? `assert, ${a}` : parameters.join(', ');
    const callee = `${isGroup ? group : test}.${form}`;
    if (qunit) return `${callee}('builds ${number}', ${rows.rows}, function (${given}) {\n${indented(this.bodies.statements({ ...scope, texts: [a] }, false))}\n});`;
    if (!isFor && choices.once(5)) return `${callee}\`\n  ${a} | ${b}\n  \${«esm»} | \${512}\n  \${«cjs»} | \${8}\n  \${«iife»} | \${1000}\n\`('builds $${a} ${number}', ${isAsync ? 'async ' : ''}({ ${a}, ${b} }) => {\n${indented(body)}\n});`;
    return `${callee}(°${rows.rows})(°'${rows.title} ${number}', ${isAsync ? 'async ' : ''}(${given}) => {\n${indented(body)}\n});`;
  }

  #hooked(scope: Scope): string {
    const choices = this.#choices;
    const { beforeAll, beforeEach, after } = this.#form;
    const made = this.bodies.fresh('made');
    const isAsync = choices.next(2) === 1;
    const hook = choices.pick([beforeEach, beforeAll]);
    const n = this.bodies.size(scope);
    this.bodies.needs.add('tensor').add('flash').add('rollup');
    const make = choices.pick([`${made} = ones([${n}, ${n}]);`, `${made} = compile(«esm»);`, ...(isAsync ? [`${made} = await rollup({ input: «a.js» });`] : [])]);
    const closing = after !== '' && choices.once(3) ? `${after}(() => {\n  ${made} = undefined;\n});\n` : '';
    return `let ${made}‹: any›;\n${hook}(°${isAsync ? 'async ' : ''}() => {\n  ${make}\n});\n${closing}${this.#test(scope)}\n${this.#test({ ...scope, numbers: [...scope.numbers] })}`;
  }

  #markup(): string {
    const name = this.bodies.fresh('View');
    return this.#choices.pick([
      `const ${name} = () => <div className="a">it(«x», 512) {[512].map((size) => <b key={size} />)}</div>;`,
      `function ${name}({ rows = 512, ...rest }‹: any›) {\n  return (\n    <>\n      {/* odd */}\n      <p {...rest}>{rows > 1 && 'é'}</p>\n    </>\n  );\n}`,
    ]);
  }

  #oddPart(isTypeScript: boolean): string {
    const choices = this.#choices;
    const name = this.bodies.fresh('part');
    const anywhere = [
      this.bodies.odd(),
      `function* ${name}() {\n  yield* [1, 2];\n}`,
      `const ${name} = { describe() { return this; }, it: (x) => x };\n${name}.it(«not a test»);`,
      `if (false) {\n  // nothing\n}`,
    ];
    const typed = [
      `interface ${name} { a: string; b?: readonly number[]; it(title: string): void }`,
      `type ${name}<T extends object = {}> = { [K in keyof T]?: T[K] extends 512 ? never : T[K] };`,
      `enum ${name} { A = 512, B = 'b' }`,
      `declare global { interface Window { ${name}: string } }`,
      `abstract class ${name}<T> { constructor(private readonly a: T, public b = 512) {} abstract m(): void; }`,
      `const dec${name} = (..._a: any[]): any => undefined;\n@dec${name}\nclass ${name} { @dec${name} field = 512; }`,
      `const ${name} = <T,>(x: T): x is T => true;`,
      `const ${name} = (512 satisfies number)!;`,
      `namespace ${name} { export const x = 512; }`,
    ];
    return choices.pick(isTypeScript ? [...typed, ...anywhere] : anywhere);
  }
}
