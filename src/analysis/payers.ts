/** Who pays for a piece of code, with the values that parameters, loops and tables give to its names. */
import type { Declaration } from './declarations.ts';
import type { Execution } from './execution.ts';
import type { SourceModule, Variable } from './module.ts';
import type { Node } from './nodes.ts';
import { enclosingFunction, isCall, outerUse } from './nodes.ts';
import type { Reading } from './reading.ts';
import type { Bindings, Value } from './value.ts';
import { bindParameters, bindPattern } from './bind-pattern.ts';
import { evaluate } from './static-value.ts';
import { evaluateRows } from './tagged-table.ts';
import type { TestFact } from './facts.ts';
import type { Placed } from './tests.ts';

export interface Payer {
  readonly fact: TestFact;
  readonly placed: Placed | undefined;
  readonly execution: Execution;
}

/** The fast tests, hooks, groups or the file that execute a node; tests that are skipped or slow do not pay. */
export class PayerReader {
  readonly #reading: Reading;
  readonly #facts = new Map<Declaration, TestFact>();
  readonly #byExecutions = new Map<readonly Execution[], readonly Payer[]>();
  readonly #fastIn = new Map<Declaration | undefined, boolean>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Most nodes of a test share one list of executions, and so of payers. */
  payersOf(node: Node): readonly Payer[] {
    const executions = this.#reading.executions.executionsOf(node);
    let payers = this.#byExecutions.get(executions);
    if (!payers) {
      payers = executions
        .filter((execution) => execution.hook !== 'after')
        .map((execution) => this.#payer(execution))
        .filter((payer) => payer.fact.isFast);
      this.#byExecutions.set(executions, payers);
    }
    return payers;
  }

  /** The test that a helper declares where it is called: on import, in groups, in functions handed to who knows whom. */
  declaredBy(node: Node): Payer[] {
    const { executions, tests } = this.#reading;
    let group: Placed | undefined;
    for (let current = enclosingFunction(node); current; current = enclosingFunction(current)) {
      const declaration = executions.declarationOf(current);
      if (declaration && declaration.kind !== 'group') return [];
      if (!declaration && !isCall(outerUse(current).parent)) return [];
      if (declaration) group ??= tests.place(declaration);
    }
    const tier = group?.tier ?? tests.fileTier;
    const isFast = group?.isFast ?? (tier === 'unit' || tier === 'integration');
    if (!isFast || executions.isGated(node)) return [];
    const fact: TestFact = { range: node.range, kind: 'test', fullTitle: group?.fullTitle ?? '', tier, isFast, timeout: undefined };
    const execution: Execution = { kind: group ? 'group' : 'module', declaration: undefined, via: undefined, helper: undefined, loops: [], expectsError: false, expectsRejection: false };
    return [{ fact, placed: undefined, execution }];
  }

  #payer(execution: Execution): Payer {
    const { declaration } = execution;
    const placed = declaration && this.#reading.tests.place(declaration);
    if (declaration && placed) return { fact: this.factOf(declaration), placed, execution };
    const range = this.#reading.module.file.ast.range;
    const fact: TestFact = {
      range,
      kind: execution.kind,
      fullTitle: '',
      tier: 'unit',
      isFast: this.#holdsFastTest(undefined),
      timeout: undefined,
    };
    return { fact, placed: undefined, execution };
  }

  factOf(declaration: Declaration): TestFact {
    const known = this.#facts.get(declaration);
    if (known) return known;
    const placed = this.#reading.tests.place(declaration);
    const scope = declaration.kind === 'hook' ? placed.groups.at(-1) : declaration;
    const fact: TestFact = {
      range: declaration.call.range,
      kind: declaration.kind,
      fullTitle: placed.fullTitle,
      tier: placed.tier,
      isFast: declaration.kind === 'test' ? placed.isFast : placed.isFast && this.#holdsFastTest(scope),
      timeout: placed.timeout,
    };
    this.#facts.set(declaration, fact);
    return fact;
  }

  #holdsFastTest(group: Declaration | undefined): boolean {
    let known = this.#fastIn.get(group);
    if (known === undefined) {
      known = this.#reading.declarations.some((declaration) => {
        if (declaration.kind !== 'test') return false;
        const placed = this.#reading.tests.place(declaration);
        return placed.isFast && (group === undefined || placed.groups.includes(group));
      });
      this.#fastIn.set(group, known);
    }
    return known;
  }
}

const MAX_ROWS = 24;
const MAX_COMBINATIONS = 64;

/** Every combination of values that helper parameters, loops and tables give at this place; slow rows are left out. */
export function bindingsAt(reading: Reading, payer: Payer): Bindings[] {
  const { module, settings } = reading;
  const { execution, placed } = payer;
  let combinations: Bindings[] = [new Map()];
  const multiply = (bind: (bindings: Bindings) => readonly Bindings[]) => {
    const next: Bindings[] = [];
    for (const bindings of combinations) {
      for (const more of bind(bindings)) next.push(more.size === 0 ? bindings : new Map([...bindings, ...more]));
      if (next.length >= MAX_COMBINATIONS) break;
    }
    if (next.length > 0) combinations = next;
  };
  for (const repeat of placed?.repeats ?? []) {
    const { list, item, callback } = repeat;
    if (!list) continue;
    multiply((bindings) => rowsOf(module, list, bindings, settings.marker.slow).map((row) => {
      if (callback) return bindParameters(module, callback, row.type === 'list' ? row.items : [row]);
      const into = new Map<Variable, Value>();
      if (item) bindPattern(module, item, row, into);
      return into;
    }));
  }
  const { via, helper } = execution;
  // Loops inside the helper come first in `loops`; the helper's parameters are known before them.
  if (via && helper) {
    multiply((bindings) => [
      bindParameters(module, helper, via.arguments.map((argument) => (argument.type === 'SpreadElement' ? undefined : evaluate(module, argument, bindings)))),
    ]);
  }
  for (const loop of [...execution.loops].reverse()) {
    const { list, item } = loop;
    if (!list || !item) continue;
    multiply((bindings) => rowsOf(module, list, bindings, settings.marker.slow).map((row) => {
      const into = new Map<Variable, Value>();
      bindPattern(module, item, row, into);
      return into;
    }));
  }
  return combinations;
}

function rowsOf(module: SourceModule, list: Node, bindings: Bindings, marker: string): readonly Value[] {
  const value = evaluateRows(module, list, bindings);
  if (value?.type !== 'list') return [];
  return value.items.slice(0, MAX_ROWS).filter((row): row is Value => row !== undefined && !carriesMarker(row, marker));
}

export function carriesMarker(row: Value, marker: string): boolean {
  if (row.type === 'scalar') return typeof row.value === 'string' && row.value.includes(marker);
  if (row.type === 'list') return row.items.some((item) => item !== undefined && carriesMarker(item, marker));
  if (row.type === 'dictionary') return [...row.entries.values()].some((item) => item?.type === 'scalar' && carriesMarker(item, marker));
  return false;
}
