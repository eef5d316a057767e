/**
 * A real compile in a test -> the same test over two rows: a stub in the fast run, the real one in the slow run. A function is handed to
 * the body by the row; a method of an object is spied on with the runner's own means where that is safe. Nothing else in the body changes.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { ExpensiveCall } from '../analysis/expensive-calls.ts';
import { staticName, unwrap } from '../analysis/nodes.ts';
import { isOwnCall, isNamed, siteOf } from './call-sites.ts';
import type { Edit, Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { freeName } from './free-name.ts';
import { importName } from './import-name.ts';
import { spyOnMethod } from './spy-method.ts';
import type { Stub } from './stub.ts';
import { stubOf } from './stub-texts.ts';
import { tierRows } from './tier-rows.ts';

export function stubCall(analysis: Analysis, call: ExpensiveCall): Rewrite {
  if (isOwnCall(analysis, call) && typeof call.fact.stub !== 'object') return refuse('It belongs to the library under test.');
  const stub = stubOf(analysis, call);
  if (typeof stub === 'string') return refuse(stub);
  const site = siteOf(analysis, call);
  if (!site) return refuse('A hook or a helper makes it.');
  if (isNamed(call, site.test)) return refuse('Making it is what the test is about.');
  const same = analysis.calls.filter((other) => other.fact.callee === call.fact.callee && siteOf(analysis, other)?.test === site.test);
  const others = same.map((other) => stubOf(analysis, other));
  const foreign = others.find((other) => typeof other === 'string');
  if (foreign !== undefined) return refuse(foreign as string);
  if (others.some((other) => typeof other !== 'string' && other.text('') !== stub.text(''))) return refuse('The test needs two different stubs of it.');
  return spied(analysis, call, site.test, stub) ?? handed(analysis, same, site.test, stub);
}

function titles({ reading }: Analysis): readonly [string, string] {
  return ['stub', `real ${reading.settings.marker.slow}`];
}

/** `jit(f)` -> `compile(f)`, where `compile` comes from the row. */
function handed(analysis: Analysis, calls: readonly ExpensiveCall[], test: Declaration, stub: Stub): Rewrite {
  const { module } = analysis.reading;
  const { text } = module.file;
  const [first] = calls;
  if (!first) return refuse('The test does not make it.');
  const callee = text.slice(first.node.callee.range[0], first.node.callee.range[1]);
  if (!/^[\w$]+(?:\.[\w$]+)*$/.test(callee)) return refuse('The receiver is made in the test.');
  const root = module.resolve(callee.split('.')[0] ?? '', first.node);
  if (root && root.defs.some((definition) => definition.type !== 'ImportBinding') && root.scope !== module.topScope) return refuse('The receiver is made in the test.');
  const imported = importName(analysis, stub.module, stub.name, stub.name === 'compileAttention' ? 'compileWithKernel' : `${stub.name}Stub`);
  const last = callee.split('.').at(-1) ?? callee;
  const name = freeName(module, test.call, last === callee ? `${callee}OrStub` : last, new Set());
  const isTyped = isTypeScript(analysis);
  const bound = isMethod(analysis, first);
  const rewrite = tierRows(
    analysis,
    test,
    [
      {
        name,
        small: typed(analysis, stub.text(imported.name), callee),
        full: bound ? `(...given${isTyped ? `: Parameters<typeof ${callee}>` : ''}) => ${callee}(...given)` : callee,
      },
    ],
    {
      titles: titles(analysis),
      edits: calls.map(({ node }): Edit => ({ range: node.callee.range, text: name })),
      description: describe(first),
    },
  );
  return rewrite.type === 'refusal' ? rewrite : { ...rewrite, edits: [...imported.edits, ...rewrite.edits] };
}

function isTypeScript({ reading }: Analysis): boolean {
  return /\.[cm]?tsx?$/.test(reading.module.file.path);
}

/** A stub takes and gives less than what it stands for: TypeScript has to be told. */
function typed(analysis: Analysis, stub: string, callee: string): string {
  if (!isTypeScript(analysis)) return stub;
  return `${stub.includes('=>') ? `(${stub})` : stub} as unknown as typeof ${callee}`;
}

/** A member of a class or an object may need its `this`; a member of a module does not. */
function isMethod({ reading }: Analysis, { node }: ExpensiveCall): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return false;
  const object = unwrap(callee.object);
  const definition = object.type === 'Identifier' ? reading.module.variableOf(object)?.defs[0] : undefined;
  return !(definition?.type === 'ImportBinding' && definition.node.type === 'ImportNamespaceSpecifier');
}

/** `InferenceSession.create(…)`: a spy for the fast row. Undefined where the body must be handed its function. */
function spied(analysis: Analysis, call: ExpensiveCall, test: Declaration, stub: Stub): Rewrite | undefined {
  const callee = unwrap(call.node.callee);
  const { callback } = test;
  if (callee.type !== 'MemberExpression' || callee.computed || !isMethod(analysis, call) || callback?.body.type !== 'BlockStatement') return undefined;
  const [first] = callback.body.body;
  const object = analysis.reading.module.file.text.slice(callee.object.range[0], callee.object.range[1]);
  const root = unwrap(callee.object);
  const method = staticName(callee);
  if (!first || method === undefined || !/^[\w$]+(?:\.[\w$]+)*$/.test(object)) return undefined;
  const variable = root.type === 'Identifier' ? analysis.reading.module.variableOf(root) : undefined;
  if (variable && variable.scope !== analysis.reading.module.topScope) return undefined;
  const imported = importName(analysis, stub.module, stub.name, `${stub.name}Stub`);
  const name = freeName(analysis.reading.module, test.call, 'real', new Set());
  const spy = spyOnMethod(analysis, test, { object, method, stub: test.runner.name === 'node:test' ? stub.text(imported.name) : typed(analysis, stub.text(imported.name), `${object}.${method}`), unless: name });
  if (!spy) return undefined;
  const rewrite = tierRows(analysis, test, [{ name, small: 'false', full: 'true' }], {
    titles: titles(analysis),
    edits: [...spy.inner],
    description: describe(call),
  });
  return rewrite.type === 'refusal' ? rewrite : { ...rewrite, edits: [...imported.edits, ...spy.outer, ...rewrite.edits] };
}

function describe({ fact }: ExpensiveCall): string {
  return `Run a stub of ${fact.callee} in the fast run, and the real one in the slow run.`;
}
