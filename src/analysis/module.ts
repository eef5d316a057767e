/**
 * One parsed file with its scopes, and the questions that only need those: which variable is this, who uses that global,
 * what does the file export. Knows nothing of tests.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope, ScopeManager, Variable } from '@typescript-eslint/scope-manager';
import type { Node } from './nodes.ts';
import { staticName, unwrap } from './nodes.ts';

export type { Variable } from '@typescript-eslint/scope-manager';

/** A type with one value: a literal, a tuple, an object; undefined for the parts that have many. */
export type LiteralType = number | string | boolean | readonly (LiteralType | undefined)[] | ReadonlyMap<string, LiteralType | undefined>;

export interface ParsedFile {
  readonly ast: TSESTree.Program;
  readonly scopes: ScopeManager;
  readonly text: string;
  /** Absolute path, or whatever the host calls the file. */
  readonly path: string;
  /** Where the host has types and the settings ask for them. */
  readonly literalTypeOf?: ((node: Node) => LiteralType | undefined) | undefined;
}

export type ExportTarget =
  | { readonly type: 'node'; readonly node: Node }
  | { readonly type: 'reexport'; readonly specifier: string; readonly name: string };

export type TopDeclaration = TSESTree.FunctionDeclaration | TSESTree.ClassDeclaration | TSESTree.VariableDeclarator | TSESTree.ImportClause;

function readTopDeclarations(program: TSESTree.Program): Map<string, TopDeclaration> {
  const declared = new Map<string, TopDeclaration>();
  for (const statement of program.body) {
    const inner = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration' ? statement.declaration : statement;
    if (inner?.type === 'ImportDeclaration') for (const specifier of inner.specifiers) declared.set(specifier.local.name, specifier);
    else if (inner?.type === 'VariableDeclaration') {
      for (const item of inner.declarations) if (item.id.type === 'Identifier') declared.set(item.id.name, item);
    } else if ((inner?.type === 'FunctionDeclaration' || inner?.type === 'ClassDeclaration') && inner.id) declared.set(inner.id.name, inner);
  }
  return declared;
}

/** Not most of what lies between a name and its scope; that of a class field's value declares nothing. */
function mayHaveScope(type: Node['type']): boolean {
  switch (type) {
    case 'Identifier':
    case 'MemberExpression':
    case 'CallExpression':
    case 'NewExpression':
    case 'AwaitExpression':
    case 'ExpressionStatement':
    case 'VariableDeclarator':
    case 'VariableDeclaration':
    case 'ReturnStatement':
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'Property':
      return false;
    default:
      return true;
  }
}

const GLOBAL_OBJECTS = ['globalThis', 'window', 'self', 'global'];

/** A host that knows the globals (ESLint's `globals`, TypeScript's lib) has resolved them to variables without definition. */
function isKnownToHost({ references, defs }: Variable): boolean {
  return references.length > 0 && defs.length === 0;
}

/** Hosts without types do not say which references are of types: none. */
export function isOfValue(reference: { readonly isTypeReference?: boolean; readonly isValueReference?: boolean }): boolean {
  return reference.isTypeReference !== true || reference.isValueReference === true;
}

/** Answers about one file, each computed once and only when asked. */
export class SourceModule {
  readonly file: ParsedFile;
  #globals: Map<string, Node[]> | undefined;
  #hostVariables: readonly Variable[] | undefined;
  #exports: Map<string, ExportTarget> | undefined;
  #declared: Map<string, TopDeclaration> | undefined;
  readonly #said = new Map<RegExp, boolean>();
  readonly exportAll: string[] = [];

  constructor(file: ParsedFile) {
    this.file = file;
  }

  get globalScope(): Scope | null {
    return this.file.scopes.globalScope;
  }

  /** The scope of the file's top level: the module scope, the function scope of CommonJS, or the global scope. */
  get topScope(): Scope | null {
    const global = this.globalScope;
    if (!global) return null;
    const child = global.childScopes[0];
    return child && child.block === global.block ? child : global;
  }

  /** Scopes of the file's code; the one around a module only holds what the host knows. */
  get ownScopes(): readonly Scope[] {
    const { scopes } = this.file.scopes;
    return this.topScope === this.globalScope ? scopes : scopes.filter((scope) => scope !== this.globalScope);
  }

  /** The variable an identifier stands for, by name through the enclosing scopes. */
  variableOf(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | undefined {
    return this.resolve(identifier.name, identifier);
  }

  /** The variable that a name means at a place. */
  resolve(name: string, at: Node): Variable | undefined {
    let scope = this.scopeAt(at);
    while (scope) {
      const variable = scope.set.get(name);
      if (variable) return variable;
      scope = scope.upper;
    }
    return undefined;
  }

  scopeAt(node: Node): Scope | null {
    let current: Node | undefined = node;
    while (current) {
      const scope = mayHaveScope(current.type) ? this.file.scopes.acquire(current, true) : null;
      if (scope) return scope.type === 'function-expression-name' ? (scope.childScopes[0] ?? scope) : scope;
      current = current.parent;
    }
    return this.globalScope;
  }

  /** Every use of a name that the file itself does not declare. */
  globalUses(name: string): readonly Node[] {
    const unknown = this.#unresolved().get(name);
    const variable = this.globalScope?.set.get(name);
    const known = variable && isKnownToHost(variable) ? variable.references.map(({ identifier }): Node => identifier) : undefined;
    return known && unknown ? [...unknown, ...known] : (known ?? unknown ?? []);
  }

  /** Those of the names that the file uses and does not declare: first what nobody knows, then what the host does. */
  globalsAmong(names: ReadonlySet<string>): string[] {
    const unresolved = this.#unresolved();
    const found: string[] = [];
    for (const name of unresolved.keys()) if (names.has(name)) found.push(name);
    for (const { name } of this.#knownToHost()) if (names.has(name) && !unresolved.has(name)) found.push(name);
    return found;
  }

  /** Most of what a host knows is not used. */
  #knownToHost(): readonly Variable[] {
    if (this.#hostVariables) return this.#hostVariables;
    const used: Variable[] = [];
    const variables = this.globalScope?.variables ?? [];
    // Hundreds of them, in every file.
    for (let index = 0; index < variables.length; index++) {
      const variable = variables[index];
      if (variable && isKnownToHost(variable)) used.push(variable);
    }
    this.#hostVariables = used;
    return used;
  }

  #unresolved(): Map<string, Node[]> {
    if (this.#globals) return this.#globals;
    const globals = new Map<string, Node[]>();
    for (const { identifier } of this.globalScope?.through ?? []) {
      const uses = globals.get(identifier.name);
      if (uses) uses.push(identifier);
      else globals.set(identifier.name, [identifier]);
    }
    for (const { name, node } of this.#readOffGlobals(globals)) globals.set(name, [...(globals.get(name) ?? []), node]);
    this.#globals = globals;
    return globals;
  }

  /** `globalThis.it` is `it`. */
  #readOffGlobals(unresolved: ReadonlyMap<string, readonly Node[]>): { name: string; node: Node }[] {
    return GLOBAL_OBJECTS.flatMap((object) => {
      const variable = this.globalScope?.set.get(object);
      const known = variable && isKnownToHost(variable) ? variable.references.map(({ identifier }): Node => identifier) : [];
      return [...(unresolved.get(object) ?? []), ...known].flatMap((use) => {
        const member = use.parent;
        const name = member?.type === 'MemberExpression' && member.object === use ? staticName(member) : undefined;
        return member && name !== undefined ? [{ name, node: member }] : [];
      });
    });
  }

  /** Does the text match, somewhere? Asked for many calls, read once. */
  says(pattern: RegExp): boolean {
    let said = this.#said.get(pattern);
    if (said === undefined) this.#said.set(pattern, (said = pattern.test(this.file.text)));
    return said;
  }

  /** The import, function, class or variable that the top level declares under a name, read without scopes. */
  topDeclaration(name: string): TopDeclaration | undefined {
    this.#declared ??= readTopDeclarations(this.file.ast);
    return this.#declared.get(name);
  }

  /** What an exported name stands for; `default` is the default export and `module.exports = …`. */
  exportOf(name: string): ExportTarget | undefined {
    this.#exports ??= this.#readExports();
    return this.#exports.get(name);
  }

  #readExports(): Map<string, ExportTarget> {
    const exports = new Map<string, ExportTarget>();
    const node = (name: string, target: Node) => exports.set(name, { type: 'node', node: target });
    for (const statement of this.file.ast.body) {
      if (statement.type === 'ExportNamedDeclaration') {
        const declaration = statement.declaration;
        if (declaration?.type === 'VariableDeclaration') {
          for (const item of declaration.declarations) if (item.id.type === 'Identifier') node(item.id.name, item.id);
        } else if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier') {
          node(declaration.id.name, declaration.id);
        }
        for (const specifier of statement.specifiers) {
          const exported = specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value;
          const local = specifier.local.type === 'Identifier' ? specifier.local.name : String(specifier.local.value);
          if (statement.source) exports.set(exported, { type: 'reexport', specifier: statement.source.value, name: local });
          else node(exported, specifier.local);
        }
      } else if (statement.type === 'ExportDefaultDeclaration') {
        const declaration = statement.declaration;
        node('default', 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id : declaration);
      } else if (statement.type === 'ExportAllDeclaration' && !statement.exported) {
        this.exportAll.push(statement.source.value);
      } else if (statement.type === 'ExpressionStatement') {
        this.#readCommonJsExport(statement.expression, exports);
      }
    }
    return exports;
  }

  #readCommonJsExport(expression: TSESTree.Expression, exports: Map<string, ExportTarget>): void {
    if (expression.type !== 'AssignmentExpression' || expression.left.type !== 'MemberExpression') return;
    const { object, property } = expression.left;
    if (property.type !== 'Identifier') return;
    const right = unwrap(expression.right);
    const isModuleExports = object.type === 'Identifier' && object.name === 'module' && property.name === 'exports';
    const isMember =
      (object.type === 'Identifier' && object.name === 'exports') ||
      (object.type === 'MemberExpression' &&
        object.object.type === 'Identifier' &&
        object.object.name === 'module' &&
        object.property.type === 'Identifier' &&
        object.property.name === 'exports');
    if (isModuleExports) {
      exports.set('default', { type: 'node', node: right });
      if (right.type !== 'ObjectExpression') return;
      for (const item of right.properties) {
        if (item.type === 'Property' && item.key.type === 'Identifier') exports.set(item.key.name, { type: 'node', node: item.value });
      }
    } else if (isMember) {
      exports.set(property.name, { type: 'node', node: right });
    }
  }
}
