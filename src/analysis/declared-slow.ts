/**
 * Which fast tests say of themselves that they are slow: by a long timeout of their own, by a title that calls them a performance,
 * stress or load test, by the large tier of the fixtures. A timeout that most tests of a file share, or that comes from
 * elsewhere, is the habit of a suite and says nothing about one test.
 */
import { MEASURES_TITLE } from '../knowledge/vocabulary.ts';
import type { Declaration } from './declarations.ts';
import type { DeclaredFact } from './facts.ts';
import { importedName } from './exports.ts';
import type { Node } from './nodes.ts';
import { contains, isCall, literalText, staticName, unwrap } from './nodes.ts';
import type { PayerReader } from './payers.ts';
import type { Reading } from './reading.ts';
import { evaluate } from './static-value.ts';
import type { Placed } from './tests.ts';

export interface DeclaredSlow {
  readonly fact: DeclaredFact;
  /** The test, or the group whose title says it. */
  readonly declaration: Declaration;
}

/** From so many tests on a timeout that more than half of a file share is the file's habit. */
const HABIT = 3;
const FIXTURES = 'eslint-plugin-slow-tests/fixtures';

export function declaredSlow(reading: Reading, payers: PayerReader): DeclaredSlow[] {
  const { declarations, tests } = reading;
  const fast = declarations.filter(({ kind }) => kind === 'test').map((declaration) => tests.place(declaration)).filter((placed) => placed.isFast && !placed.isPartlyMarked && !hasSlowRow(reading, placed));
  const shares = new Map<number, number>();
  for (const { timeout } of fast) if (timeout !== undefined) shares.set(timeout, (shares.get(timeout) ?? 0) + 1);
  const found = new Map<Declaration, DeclaredSlow>();
  const large = usesOfLarge(reading);
  for (const placed of fast) {
    const { declaration, timeout, groups } = placed;
    const share = timeout === undefined ? 0 : (shares.get(timeout) ?? 0);
    const own = timeout !== undefined && (share < HABIT || share * 2 <= fast.length) && isOwnTimeout(reading, declaration) ? timeout : undefined;
    const measuring = [...groups, declaration].find((candidate) => MEASURES_TITLE.test(titleOf(reading, candidate)));
    const isLarge = large.some((use) => contains(declaration.call, use));
    const marked = measuring ?? declaration;
    if (found.has(marked) || (own === undefined && !measuring && !isLarge)) continue;
    const marks = measuring ? fast.filter((other) => other.declaration === marked || other.groups.includes(marked)) : [placed];
    found.set(marked, { declaration: marked, fact: factOf(payers, marked, marks, measuring ? 'title' : isLarge ? 'tier' : 'timeout', own) });
  }
  return [...found.values()];
}

/** A small and a full row of one body: the small one is what the fast run is to keep, whatever timeout both have. */
function hasSlowRow({ module, settings }: Reading, { repeats }: Placed): boolean {
  const { text } = module.file;
  return repeats.some(({ list }) => list && text.slice(list.range[0], list.range[1]).includes(settings.marker.slow));
}

function factOf(payers: PayerReader, declaration: Declaration, marks: readonly Placed[], evidence: DeclaredFact['evidence'], timeout: number | undefined): DeclaredFact {
  const { call, title } = declaration;
  return { range: [call.range[0], title ? title.range[1] : call.callee.range[1]], tests: marks.map((placed) => payers.factOf(placed.declaration)), evidence, timeout };
}

function titleOf(reading: Reading, declaration: Declaration): string {
  return reading.tests.place(declaration).title.trim();
}

/** Written at the test or in its file, not taken from next door for a whole suite. */
function isOwnTimeout({ module }: Reading, { timeout, options }: Declaration): boolean {
  const option = options?.properties.find((property) => property.type === 'Property' && staticName(property) === 'timeout');
  const node = timeout ?? (option?.type === 'Property' ? option.value : undefined);
  const value = node && evaluate(module, node);
  const scalar = value?.type === 'dictionary' ? value.entries.get('timeout') : value;
  return scalar?.type === 'scalar' && scalar.leaves.every((leaf) => leaf.module === module);
}

/** `tiers.large`, `createTensors('large')` of our fixtures. */
function usesOfLarge({ module }: Reading): Node[] {
  const uses: Node[] = [];
  for (const statement of module.file.ast.body) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== FIXTURES) continue;
    for (const specifier of statement.specifiers) {
      const name = importedName(specifier);
      for (const { identifier } of module.variableOf(specifier.local)?.references ?? []) {
        const { parent } = identifier;
        const isMember = name === 'tiers' && parent?.type === 'MemberExpression' && parent.object === identifier && staticName(parent) === 'large';
        const isGiven = isCall(parent) && parent.callee === identifier && parent.arguments.some((argument) => literalText(unwrap(argument)) === 'large');
        if (isMember || isGiven) uses.push(identifier);
      }
    }
  }
  return uses;
}
