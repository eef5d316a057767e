/** What a test file replaces: modules by `vi.mock` and its sisters, members by spies, stubs and assignments. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceModule } from './module.ts';
import type { IdentifierNode, Node, Range } from './nodes.ts';
import { calleeName, chainRoot, contains, enclosingFunction, isCall, isFunction, literalText, outerUse, staticName, unwrap } from './nodes.ts';
import { nameTest } from './name-test.ts';
import type { Origin, Origins } from './origins.ts';

const MODULE_MOCK = /^(?:mock|doMock|unstable_mockModule|mockModule|module|esmock|proxyquire|replace|replaceEsm|setMock)$/;
const MEMBER_MOCK = /^(?:spyOn|spy|stub|method|replace|replaceProperty|stubMethod|fake|mocked|replaceGetter|spyOnProperty|mockProperty)$/;
/** Packages whose functions put something in the place of a module, for whoever requires it from then on. */
export const MODULE_REPLACERS: ReadonlySet<string> = new Set(['quibble', 'mock-require', 'mockery', 'rewiremock', 'testdouble', 'proxyquire', 'require-inject', 'esmock']);
const ENDS_MOCKING = /^(?:stop|reset|restore|un|de(?:register)?|registerAllow|enable|disable|warn|ignore)/;
const mayMockModule = nameTest(MODULE_MOCK, /^stubGlobal$/);
const mayMockMember = nameTest(MEMBER_MOCK);
const MOCK_ROOT = /^(?:vi|vitest|jest|mock|sinon|td|jasmine|spyOn|esmock|proxyquire|mockery|t|sandbox|sb|context|ctx|stub|spy)$/;
const FAKE = /^(?:createSpyObj|createSpy|createStubInstance|mockDeep|mock|fn|createMock|deepMock|instance)$/;

export interface Mocks {
  replacesModule(specifier: string): boolean;
  replacesOneOf(isMeant: (specifier: string) => boolean): boolean;
  /** `at` is where it is used: what a test replaces only in one of its tiers concerns no other test. */
  replaces(origin: Origin, at: Node): boolean;
  /** Some loader, fetcher or creator is replaced: what the library loads through it is not real. */
  readonly fakesLoading: boolean;
}

/** A `MockWorker` declared at the top of the file stands for what would be loaded. */
const isFakeName = nameTest(/^(?:Mock|Fake|Stub|mock|fake|stub)[A-Z_]/);

export function readMocks(module: SourceModule, origins: readonly Origins[]): Mocks {
  const declaresFake = module.topScope?.variables.some(({ name }) => isFakeName(name)) === true;
  const modules = new Set<string>();
  const members = new Map<string, readonly Range[]>();
  const globals = new Set<string>();
  const key = (specifier: string | null, path: readonly string[]) => `${specifier ?? ''}|${path.join('.')}`;
  const add = (origin: Origin, path: readonly string[], node: Node) => {
    const name = key(origin.specifier, path[0] === 'default' ? path.slice(1) : path);
    const region = regionOf(node) ?? module.file.ast.range;
    members.set(name, [...(members.get(name) ?? []), region]);
  };

  for (const { calls } of origins) for (const { node: call, origin } of calls) {
    if (!isCall(call)) continue;
    const name = calleeName(call);
    const isReplacer = origin.specifier !== null && MODULE_REPLACERS.has(origin.specifier) && !ENDS_MOCKING.test(name ?? '');
    if (!isReplacer && (name === undefined || !mayMockModule(name))) continue;
    const [first] = call.arguments;
    if (name === 'stubGlobal' && literalText(first) !== undefined) globals.add(literalText(first) ?? '');
    if (!first || name === undefined || name === 'stubGlobal' || !(isReplacer || isMockRoot(call.callee))) continue;
    const target = unwrap(first);
    const specifier = target.type === 'ImportExpression' ? literalText(target.source) : literalText(target);
    if (specifier !== undefined && !(/mock/i.test(name) && isSpyOption(call.arguments[1]))) modules.add(specifier);
  }
  for (const { uses } of origins) for (const { node, origin } of uses) {
    const { child, parent } = outerUse(node);
    if (!parent) continue;
    if (parent.type === 'AssignmentExpression' && parent.left === child) {
      if (!isRestoring(parent) && !wrapsItself(module, parent)) add(origin, origin.path, parent);
    } else if (isCall(parent) && parent.callee !== child) {
      const name = calleeName(parent);
      if (name === undefined || !mayMockMember(name)) continue;
      if (callsThrough(module, parent, name)) continue;
      const member = literalText(parent.arguments[1]);
      if (member !== undefined) add(origin, [...origin.path, member], parent);
      else if (name === 'mocked' || name === 'replace') add(origin, origin.path, parent);
    }
  }
  const replaced = [...members.keys()].map((name) => name.split(/[.|]/).at(-1) ?? '');
  return {
    fakesLoading: declaresFake || replaced.some((name) => /^(?:load|fetch|create|download|from_?[pP]retrained)/.test(name)),
    // The same file may be named with or without its extension.
    replacesModule: (specifier) => modules.has(specifier) || (specifier.startsWith('.') && [...modules].some((name) => sameFile(name, specifier))),
    replacesOneOf: (isMeant) => [...modules].some(isMeant),
    replaces(origin, at) {
      if (origin.specifier !== null && this.replacesModule(origin.specifier)) return true;
      if (origin.specifier === null && globals.has(origin.path[0] ?? '')) return true;
      if (members.size === 0) return false;
      const path = origin.path[0] === 'default' ? origin.path.slice(1) : origin.path;
      for (let length = path.length; length > 0; length--) {
        if (members.get(key(origin.specifier, path.slice(0, length)))?.some((region) => contains({ range: region }, at))) return true;
      }
      return false;
    },
  };
}

/** `if (!real) vi.spyOn(…)`: the function around it; undefined for a mock without condition, which holds for the file. */
function regionOf(node: Node): Range | undefined {
  let isConditional = false;
  for (let current = node; current.parent && !isFunction(current); current = current.parent) {
    if (current.parent.type === 'IfStatement' && current.parent.consequent === current) isConditional = true;
  }
  return isConditional ? enclosingFunction(node)?.range : undefined;
}

/** Assigned after a test, to put back what was there. */
function isRestoring(node: Node): boolean {
  const callback = enclosingFunction(node);
  const { parent } = callback ? outerUse(callback) : { parent: undefined };
  return isCall(parent) && /^(?:after(?:Each|All)?|(?:suiteT|t)eardown)$/.test(calleeName(parent) ?? '');
}

/** `compiler.run = promisify(compiler.run.bind(compiler))`: called otherwise, it does the same. */
function wrapsItself({ file: { text } }: SourceModule, { left, right }: TSESTree.AssignmentExpression): boolean {
  const value = unwrap(right);
  return isCall(value) && WRAPS.test(calleeName(value) ?? '') && text.slice(...value.range).includes(text.slice(...left.range));
}

const WRAPS = /^(?:promisify|pify|thenify|denodeify|bind)$/;

function sameFile(a: string, b: string): boolean {
  const stem = (name: string) => name.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return stem(a) === stem(b);
}

/** `{ spy: true }`: the module stays what it is and is only watched. */
function isSpyOption(options: Node | undefined): boolean {
  const node = options && unwrap(options);
  return node?.type === 'ObjectExpression' && node.properties.some((property) => property.type === 'Property' && staticName(property) === 'spy');
}

/** `vi.spyOn(o, 'm');` and `sinon.spy(o, 'm')` only watch; without a `.mock…` behind it the real thing runs. */
function callsThrough(module: SourceModule, call: Node, name: string): boolean {
  if (!isCall(call)) return false;
  if (isToldToCallThrough(call)) return true;
  const root = chainRoot(call.callee);
  if (root === unwrap(call.callee)) return false;
  const watcher = root.type === 'Identifier' ? root.name : '';
  if (name === 'spy') return /^(?:sinon|sandbox|sb)$/.test(watcher);
  if (name !== 'spyOn' || !/^(?:vi|vitest|jest)$/.test(watcher)) return false;
  const { parent } = outerUse(call);
  if (parent?.type === 'ExpressionStatement') return true;
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && !isToldToMock(module, parent.id);
}

/** Jasmine's `.and.callThrough()`. */
function isToldToCallThrough(call: Node): boolean {
  for (let current = call.parent; current && (current.type === 'MemberExpression' || current.type === 'CallExpression'); current = current.parent) {
    if (current.type === 'MemberExpression' && staticName(current) === 'callThrough') return true;
  }
  return false;
}

/** Is a kept spy given an implementation somewhere: `spy.mockReturnValue(…)`? */
function isToldToMock(module: SourceModule, spy: IdentifierNode): boolean {
  return (module.variableOf(spy)?.references ?? []).some(({ identifier }) => {
    const { parent } = identifier;
    if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return false;
    return /^mock(?!Clear|Reset|Restore)/.test(staticName(parent) ?? '') && isCall(parent.parent);
  });
}

function isMockRoot(callee: Node): boolean {
  const root = chainRoot(callee);
  return root.type === 'Identifier' && MOCK_ROOT.test(root.name);
}

/** Is this expression a hand-made or generated fake: `createSpyObj(…)`, `vi.fn()`, `{ load: async () => … }`? */
export function isFake(node: Node): boolean {
  const value = unwrap(node);
  if (value.type === 'ObjectExpression') return true;
  if (!isCall(value)) return false;
  const name = calleeName(value);
  return name !== undefined && FAKE.test(name);
}
