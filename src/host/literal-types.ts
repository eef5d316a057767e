/**
 * Literal types from typescript-eslint's parser services, asked by their shape: nobody needs TypeScript for the rules, and whoever
 * has type information brings their own.
 */
import type { LiteralType } from '../analysis/module.ts';
import type { Node } from '../analysis/nodes.ts';

/** What is used of TypeScript's `Type`. */
interface Type {
  readonly value?: unknown;
  readonly symbol?: unknown;
  readonly intrinsicName?: string;
  isNumberLiteral(): boolean;
  isStringLiteral(): boolean;
  isUnion(): boolean;
  isClassOrInterface(): boolean;
  getProperties(): readonly TypeSymbol[];
  getCallSignatures(): readonly unknown[];
  getConstructSignatures(): readonly unknown[];
}

interface TypeSymbol {
  readonly name: string;
}

/** What is used of its `TypeChecker`. */
interface TypeChecker {
  getTypeAtLocation(node: unknown): Type;
  getTypeOfSymbolAtLocation(symbol: TypeSymbol, node: unknown): Type;
  getTypeArguments(type: Type): readonly Type[];
  isTupleType?(type: Type): boolean;
}

interface ParserServices {
  readonly program?: { getTypeChecker(): TypeChecker } | null;
  readonly esTreeNodeToTSNodeMap?: { get(node: unknown): unknown };
}

/** An object with more members is no shape and no configuration of one. */
const MAX_MEMBERS = 32;
const MAX_DEPTH = 3;

/** Undefined where the parser gives no type information. */
export function literalTypes(services: unknown): ((node: Node) => LiteralType | undefined) | undefined {
  const { program, esTreeNodeToTSNodeMap: nodes } = (services ?? {}) as ParserServices;
  if (!program || !nodes) return undefined;
  const checker = program.getTypeChecker();
  return (node) => {
    const place = nodes.get(node);
    return place === undefined ? undefined : literalType(checker, checker.getTypeAtLocation(place), place, 0);
  };
}

function literalType(checker: TypeChecker, type: Type, place: unknown, depth: number): LiteralType | undefined {
  if (depth > MAX_DEPTH || type.isUnion()) return undefined;
  // A member of an enumeration is known by its name.
  if (type.isNumberLiteral() || type.isStringLiteral()) return type.symbol === undefined ? (type.value as number | string) : undefined;
  if (type.intrinsicName === 'true' || type.intrinsicName === 'false') return type.intrinsicName === 'true';
  if (checker.isTupleType?.(type)) return checker.getTypeArguments(type).map((item) => literalType(checker, item, place, depth + 1));
  if (type.symbol === undefined || type.isClassOrInterface() || type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return undefined;
  const members = type.getProperties();
  if (members.length === 0 || members.length > MAX_MEMBERS) return undefined;
  const entries = members.map((member) => [member.name, literalType(checker, checker.getTypeOfSymbolAtLocation(member, place), place, depth + 1)] as const);
  return entries.some(([, value]) => value !== undefined) ? new Map(entries) : undefined;
}
