/**
 * Where called things come from. Starting at imports, `require`, dynamic imports and chosen globals, every use is followed
 * forwards through members, calls, `await`, destructuring, assignments and conditionals, so that a callee is known as
 * (module, path) whatever it is called locally: `const { layers } = await import('m'); const d = layers.dense; d(…)` is
 * (`m`, `layers.dense`). Cost grows with the uses of imported names, not with the size of the file.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { ContextObject } from '../knowledge/context-objects.ts';
import { BROWSER_GLOBALS } from '../knowledge/browser-globals.ts';
import { contextUses } from './context-uses.ts';
import { importedName } from './exports.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { calleeName, enclosingFunction, isCall, isFunction, nameOfFunction, outerUse, staticName, unwrap } from './nodes.ts';
import { requiredBy } from './required.ts';
import { nodesAt } from './walk.ts';
import type { SourceModule, Variable } from './module.ts';
import { isOfValue } from './module.ts';
import type { Origin, OriginStep } from './origin.ts';
import { ITEM, addTo, isSameWay, rootOf } from './origin.ts';
import type { Gathered } from './gathered.ts';
import { ASSERTION, ITERATORS, LISTERS, callOf, gatheredIn, isMarkedRow, inheritedBy, iterator, listedBy, parameterOf, readByTable, readsOfThis } from './gathered.ts';

export type { Origin } from './origin.ts';

export interface ResolvedCall {
  readonly node: CallNode | TSESTree.TaggedTemplateExpression;
  readonly origin: Origin;
}

/** A followed value handed to somebody else: an argument, an array element, an export. */
export interface ResolvedUse {
  readonly node: Node;
  readonly origin: Origin;
}

export interface Origins {
  readonly calls: readonly ResolvedCall[];
  readonly uses: readonly ResolvedUse[];
  readonly byCall: ReadonlyMap<Node, Origin>;
  /** Variables that hold a followed value. */
  readonly byVariable: ReadonlyMap<Variable, readonly Origin[]>;
  /** Module specifiers the file imports, in order. */
  readonly specifiers: readonly string[];
}

const MAX_PATH = 10;

export interface FollowOptions {
  /** Modules that are called otherwise here. */
  readonly aliases?: ReadonlyMap<string, string> | undefined;
  /** `name` is what is imported of it; undefined for all of it. */
  followsModule(specifier: string, name?: string): boolean;
  /** Is it known what its functions cost? */
  knowsModule?(specifier: string): boolean;
  /** Can what this call gives lead on to something of interest? Most results are plain values. */
  followsResult?(origin: OriginStep): boolean;
  readonly globals: ReadonlySet<string>;
  readonly context?: ContextObject | undefined;
  /** Rows of a table that carry it are slow. */
  readonly marker?: string;
}

export function readOrigins(module: SourceModule, options: FollowOptions): Origins {
  const reader = new OriginReader(module, options);
  reader.read();
  return reader;
}

const IMPORTS_LATE = /\bimport\s*\(/;
const PROMISIFIES = /^(?:promisify|pify|thenify|denodeify)$/;
const BINDS: ReadonlySet<string> = new Set(['bind', 'call', 'apply']);
/** Members after which something else goes on than what they are called on. */
const LEADS_ELSEWHERE: ReadonlySet<string> = new Set([...BINDS, ...ITERATORS, ...LISTERS]);
/** Given a function, these may never run it. */
const KEEPS_FOR_LATER = /^(?:fn|spyOn|stub|on|once|off|add\w*Listener|tap\w*|catch|finally|set(?:Timeout|Interval|Immediate))$/;

class OriginReader implements Origins {
  readonly calls: ResolvedCall[] = [];
  readonly uses: ResolvedUse[] = [];
  readonly byCall = new Map<Node, Origin>();
  readonly byVariable = new Map<Variable, OriginStep[]>();
  readonly #roots = new Map<string | null, OriginStep>();
  /** What a class keeps in `this`, by where it is read. */
  readonly #kept = new Map<Node, OriginStep[]>();
  readonly #results = new Map<FunctionNode, Set<OriginStep>>();
  readonly specifiers: string[] = [];
  readonly #module: SourceModule;
  readonly #options: FollowOptions;

  constructor(module: SourceModule, options: FollowOptions) {
    this.#module = module;
    this.#options = options;
  }

  read(): void {
    for (const variable of this.#module.topScope?.variables ?? []) {
      for (const definition of variable.defs) {
        if (definition.type === 'ImportBinding') this.#readImport(variable, definition.node, definition.parent);
      }
    }
    for (const identifier of this.#module.globalUses('require')) this.#readRequire(identifier);
    if (this.#module.says(IMPORTS_LATE)) this.#readDynamicImports();
    const { context } = this.#options;
    for (const node of context ? contextUses(this.#module.file, context) : []) this.#follow(node, this.#root(context?.module ?? null));
    for (const name of this.#module.globalsAmong(this.#options.globals)) {
      const library = Object.hasOwn(BROWSER_GLOBALS, name) ? BROWSER_GLOBALS[name] : undefined;
      const origin = this.#root(library?.module ?? null).along(library?.path ?? [name]);
      for (const identifier of this.#module.globalUses(name)) this.#follow(identifier, origin);
    }
  }

  #root(specifier: string | null): OriginStep {
    let root = this.#roots.get(specifier);
    if (!root) this.#roots.set(specifier, (root = rootOf((specifier !== null && this.#options.aliases?.get(specifier)) || specifier)));
    return root;
  }

  #follows(specifier: string, name?: string): boolean {
    if (!this.specifiers.includes(specifier)) this.specifiers.push(specifier);
    return this.#options.followsModule(specifier, name);
  }

  #readImport(variable: Variable, node: Node, parent: Node | null | undefined): void {
    if (node.type === 'TSImportEqualsDeclaration') {
      const reference = node.moduleReference;
      if (reference.type !== 'TSExternalModuleReference' || reference.expression.type !== 'Literal') return;
      const specifier = String(reference.expression.value);
      if (this.#follows(specifier)) this.#bindVariable(variable, this.#root(specifier));
      return;
    }
    if (parent?.type !== 'ImportDeclaration' || parent.importKind === 'type') return;
    const specifier = parent.source.value;
    const name = importedName(node);
    if (!this.#follows(specifier, name)) return;
    // By far the most used import of a test file, and it leads nowhere.
    if (name !== undefined && ASSERTION.test(name)) return;
    const root = this.#root(specifier);
    this.#bindVariable(variable, name === undefined ? root : root.then(name));
  }

  /** `import('m')` is no reference, so its nodes have to be looked for; few files have one. */
  #readDynamicImports({ ast, text } = this.#module.file): void {
    for (const node of nodesAt(ast, text, /\bimport\s*\(/g, 'ImportExpression')) {
      const specifier = node.type === 'ImportExpression' ? requiredBy(node, node.source) : undefined;
      if (specifier !== undefined && this.#follows(specifier)) this.#follow(node, this.#root(specifier));
    }
  }

  #readRequire(identifier: Node): void {
    const call = identifier.parent;
    if (call?.type !== 'CallExpression' || call.callee !== identifier) return;
    const specifier = requiredBy(call, call.arguments[0]);
    if (specifier !== undefined && this.#follows(specifier)) this.#follow(call, this.#root(specifier));
  }

  #bindVariable(variable: Variable, origin: OriginStep): void {
    if (!addTo(this.byVariable, variable, origin)) return;
    for (const reference of variable.references) {
      if (reference.isRead() && isOfValue(reference)) this.#follow(reference.identifier, origin);
    }
  }

  #bindPattern(pattern: Node, origin: OriginStep): void {
    if (origin.path.length > MAX_PATH) return;
    switch (pattern.type) {
      case 'Identifier': {
        const variable = this.#module.variableOf(pattern);
        if (variable) this.#bindVariable(variable, origin);
        return;
      }
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') continue;
          const name = staticName(property);
          const member = name === undefined ? undefined : origin.member(name);
          if (member) this.#bindPattern(property.value, member);
        }
        return;
      case 'AssignmentPattern':
        this.#bindPattern(pattern.left, origin);
        return;
      case 'ArrayPattern':
        pattern.elements.forEach((element, index) => {
          const item = origin.isHeld ? origin.member(String(index)) : origin.item(String(index));
          if (element && item) this.#bindPattern(element, item);
        });
        return;
      default:
    }
  }

  #follow(start: Node, from: OriginStep): void {
    let current = start;
    let origin = from;
    for (;;) {
      const { child, parent } = outerUse(current);
      if (!parent || origin.path.length > MAX_PATH) return;
      if (parent.type === 'MemberExpression' && parent.object === child) {
        const name = staticName(parent);
        if (name === undefined || (origin.isList && /^\d+$/.test(name))) {
          // `models[i]` of a list is one of its items.
          if (!parent.computed || !(origin.isList || origin.isHeld)) return;
          origin = origin.item(ITEM);
          current = parent;
        } else {
          const next = this.#followMember(parent, name, origin);
          if (!next) return;
          ({ node: current, origin } = next);
        }
      } else if ((isCall(parent) && parent.callee === child) || (parent.type === 'TaggedTemplateExpression' && parent.tag === child)) {
        if (origin.isHeld) return;
        this.#addCall(parent, origin);
        if (this.#options.followsResult?.(origin) === false) return;
        origin = origin.then('()');
        current = parent;
      } else if (parent.type === 'ConditionalExpression' && parent.test !== child) {
        origin = origin.behind(parent.test);
        current = parent;
      } else if (parent.type === 'LogicalExpression') {
        current = parent;
      } else if (isCall(parent) && parent.arguments[0] === child && PROMISIFIES.test(calleeName(parent) ?? '')) {
        // `promisify(webpack)` is called like what it is given.
        current = parent;
      } else {
        const gathered = gatheredIn(child, parent, origin);
        if (!gathered) {
          this.#end(child, parent, origin);
          return;
        }
        if (this.#options.marker !== undefined && isMarkedRow(parent, this.#options.marker)) return;
        if (parent.type === 'Property') this.uses.push({ node: child, origin });
        ({ node: current, origin } = gathered);
      }
    }
  }

  #followMember(member: Node, name: string, origin: OriginStep): Gathered | undefined {
    if (LEADS_ELSEWHERE.has(name)) {
      const parameter = iterator(member, name)?.params[0];
      if (parameter) this.#bindPattern(parameter, origin.item('*'));
      const listed = listedBy(member, name, origin);
      if (listed) return listed;
      // `loader.call(context, source)` of the file next door, `compiler.run.bind(compiler)` of what a library gave.
      const call = BINDS.has(name) && (origin.path.includes('()') || (name !== 'bind' && origin.specifier?.startsWith('.') === true)) ? callOf(member) : undefined;
      if (call) return this.#followBound(call, name, origin);
    }
    const next = origin.member(name);
    return next && { node: member, origin: next };
  }

  /** `compiler.run.bind(compiler)`: whoever it is handed to will call it. */
  #followBound(call: CallNode, name: string, origin: OriginStep): Gathered | undefined {
    const { child, parent } = outerUse(call);
    const taker = name === 'bind' && isCall(parent) && parent.callee !== child ? (calleeName(parent) ?? '') : undefined;
    if (name === 'bind' && (taker === undefined || PROMISIFIES.test(taker))) return { node: call, origin };
    if (taker === undefined || !KEEPS_FOR_LATER.test(taker)) this.#addCall(call, origin);
    return taker === undefined ? { node: call, origin: origin.then('()') } : undefined;
  }

  /** `for (const Model of [A, B])`: the loop variable is one of the items. */
  #bindLoopVariable(left: Node, origin: OriginStep): void {
    const pattern = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : left;
    if (pattern) this.#bindPattern(pattern, origin.item('*'));
  }

  #bindArguments(call: CallNode, argument: Node, origin: OriginStep): void {
    const read = call.arguments[0] === argument ? readByTable(call, origin) : undefined;
    if (read) for (const { node, origin: cell } of read) this.#bindPattern(node, cell);
    else this.#bindParameter(call, argument, origin);
  }

  /** A value handed to a function of this file is what its parameter holds: `runTests(solc)`. */
  #bindParameter(call: CallNode, argument: Node, origin: OriginStep): void {
    const parameter = parameterOf(this.#module, call, argument);
    if (parameter) this.#bindPattern(parameter, origin);
  }

  /** What a function of this file returns is what its calls give: `const model = makeModel();`. */
  #bindResult(from: Node, origin: OriginStep): void {
    const callback = isFunction(from) ? from : enclosingFunction(from);
    const name = callback && nameOfFunction(callback);
    const variable = name && this.#module.resolve(name.name, callback.parent);
    if (!callback || !variable) return;
    const known = this.#results.get(callback);
    // A function that calls itself behind a condition comes back the same way, for ever.
    if (known && [...known].some((other) => isSameWay(other, origin))) return;
    if (known) known.add(origin);
    else this.#results.set(callback, new Set([origin]));
    for (const { identifier } of variable.references) {
      const { child, parent } = outerUse(identifier);
      if (parent?.type === 'CallExpression' && parent.callee === child) this.#follow(parent, origin);
    }
  }

  #end(child: Node, parent: Node, origin: OriginStep): void {
    if (parent.type === 'VariableDeclarator' && parent.init === child) {
      this.#bindPattern(parent.id, origin);
    } else if (parent.type === 'AssignmentExpression' && parent.right === child && /^(\|\||\?\?)?=$/.test(parent.operator)) {
      this.#assign(unwrap(parent.left), origin);
    } else if (parent.type === 'PropertyDefinition' && parent.value === child) {
      this.#keepInThis(parent, staticName(parent) ?? '', origin);
    } else if (parent.type === 'AssignmentPattern' && parent.right === child) {
      this.#bindPattern(parent.left, origin);
    } else if (parent.type === 'ForOfStatement' && parent.right === child) {
      this.#bindLoopVariable(parent.left, origin);
    } else if ((parent.type === 'ClassDeclaration' || parent.type === 'ClassExpression') && parent.superClass === child) {
      for (const { node, name } of inheritedBy(this.#module, parent)) this.#follow(node, origin.then(name));
    } else if (parent.type === 'ReturnStatement' || (parent.type === 'ArrowFunctionExpression' && parent.body === child)) {
      this.#bindResult(parent, origin);
    } else {
      if (!origin.isHeld) this.uses.push({ node: child, origin });
      if (isCall(parent)) this.#bindArguments(parent, child, origin);
    }
  }

  /** `context.compiler = webpack({ … })` is kept in the object. */
  #assign(target: Node, origin: OriginStep): void {
    const owner = target.type === 'MemberExpression' ? unwrap(target.object) : undefined;
    const name = target.type === 'MemberExpression' ? staticName(target) : undefined;
    if (!owner) this.#bindPattern(target, origin);
    else if (name === undefined) return;
    else if (owner.type === 'Identifier') this.#bindPattern(owner, origin.heldAs(name));
    // What is only the default for something given may be a fake: `this.tf = options.tf ?? tf`.
    else if (owner.type === 'ThisExpression' && !(target.parent?.type === 'AssignmentExpression' && unwrap(target.parent.right).type === 'LogicalExpression')) this.#keepInThis(target, name, origin);
  }

  #keepInThis(at: Node, name: string, origin: OriginStep): void {
    for (const read of readsOfThis(at, name)) if (addTo(this.#kept, read, origin)) this.#follow(read, origin);
  }

  #rankOf({ specifier }: Origin): number {
    return specifier !== null && this.#options.knowsModule?.(specifier) === true ? 1 : 0;
  }

  #addCall(node: ResolvedCall['node'], origin: Origin): void {
    const known = this.byCall.get(node);
    // A variable may hold `it` or `it.skip`: the shorter path is the one that runs, and both conditions stay.
    if (known) {
      // Of what a variable may hold, what somebody knows counts more: `const tools = [ownBuild, rollup];`.
      const rank = this.#rankOf(origin) - this.#rankOf(known);
      const [chosen, other] = rank > 0 || (rank === 0 && origin.path.length < known.path.length) ? [origin, known] : [known, origin];
      if (rank > 0) this.calls[this.calls.findIndex((call) => call.node === node)] = { node, origin };
      this.byCall.set(node, { ...chosen, gates: [...chosen.gates, ...other.gates] });
      return;
    }
    this.byCall.set(node, origin);
    this.calls.push({ node, origin });
  }
}
