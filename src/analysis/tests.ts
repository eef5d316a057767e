/** The tests of a file with their groups, what repeats them, and the tier they belong to. */
import { DECLARES_SLOW, MEASURES_TITLE } from '../knowledge/vocabulary.ts';
import type { Declaration } from './declarations.ts';
import { titleText } from './declarations.ts';
import type { Execution, ExecutionReader } from './execution.ts';
import type { Iteration } from './iteration.ts';
import type { SourceModule } from './module.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { literalText, staticName, unwrap } from './nodes.ts';
import { evaluate } from './static-value.ts';
import type { Tier } from './tier.ts';
import { slower, tierOfTitle } from './tier.ts';
import { numberOf } from './value.ts';

export type { Tier };

/** One test (or hook, or group) with everything around it. */
export interface Placed {
  readonly declaration: Declaration;
  /** Groups around it, outermost first. */
  readonly groups: readonly Declaration[];
  /** What runs it several times, outermost first. */
  readonly repeats: readonly Repeat[];
  readonly title: string;
  /** Titles of the groups and the test, joined by ` > `. */
  readonly fullTitle: string;
  readonly tier: Tier;
  readonly isSkipped: boolean;
  /** Runs in the fast run: neither skipped nor slow. */
  readonly isFast: boolean;
  /** Its title says that it is about performance or stress. */
  readonly declaresSlow: boolean;
  /** Some of its variants carry the marker: `${dtype === 'float32' ? '' : ' @slow'}`, or rows of its table. */
  readonly isPartlyMarked: boolean;
  /** ms, when the text tells. */
  readonly timeout: number | undefined;
}

/** A loop around tests, a helper that registers them, or a table: what repeats a test. */
export interface Repeat {
  readonly type: 'loop' | 'table';
  readonly node: Node;
  readonly list: Node | undefined;
  /** Pattern that receives one item (loops), or the callback whose parameters do (tables). */
  readonly item: Node | undefined;
  readonly callback: FunctionNode | undefined;
  readonly declaration: Declaration | undefined;
}

export interface TierSettings {
  readonly markers: { readonly slow: string; readonly stress: string };
  /** Tier that the file's path gives to all its tests. */
  readonly fileTier: Tier;
}

export class TestReader {
  readonly #module: SourceModule;
  readonly #executions: ExecutionReader;
  readonly #settings: TierSettings;
  readonly #placed = new Map<Declaration, Placed>();
  readonly #underWay = new Set<Declaration>();

  constructor(module: SourceModule, executions: ExecutionReader, settings: TierSettings) {
    this.#module = module;
    this.#executions = executions;
    this.#settings = settings;
  }

  get fileTier(): Tier {
    return this.#settings.fileTier;
  }

  place(declaration: Declaration): Placed {
    const known = this.#placed.get(declaration);
    if (known) return known;
    const [around] = this.#executions.executionsOf(declaration.call);
    // Helpers that call each other may lead a declaration back to itself.
    this.#underWay.add(declaration);
    const outer = around?.declaration && !this.#underWay.has(around.declaration) ? this.place(around.declaration) : undefined;
    this.#underWay.delete(declaration);
    const placed = this.#describe(declaration, around, outer);
    this.#placed.set(declaration, placed);
    return placed;
  }

  #describe(declaration: Declaration, around: Execution | undefined, outer: Placed | undefined): Placed {
    const repeats: Repeat[] = [...(outer?.repeats ?? [])];
    const loops: readonly Iteration[] = around?.loops ?? [];
    for (const loop of [...loops].reverse()) {
      repeats.push({ type: 'loop', node: loop.node, list: loop.list, item: loop.item, callback: undefined, declaration: undefined });
    }
    if (declaration.table) {
      const { table, callback } = declaration;
      repeats.push({ type: 'table', node: declaration.call, list: table, item: undefined, callback, declaration });
    }
    const { fixed: title, computed } = titleText(this.#module, declaration.title);
    const fullTitle = outer ? `${outer.fullTitle} > ${title}` : title;
    const isSkipped = declaration.isSkipped || (outer?.isSkipped ?? false);
    const { slow } = this.#settings.markers;
    const tier = slower(this.#tierOf(declaration, around, title), outer?.tier ?? this.#settings.fileTier);
    return {
      declaration,
      groups: outer ? [...outer.groups, outer.declaration] : [],
      repeats,
      title,
      fullTitle,
      tier,
      isSkipped,
      isFast: !isSkipped && (tier === 'unit' || tier === 'integration'),
      declaresSlow: (outer?.declaresSlow ?? false) || DECLARES_SLOW.test(title) || MEASURES_TITLE.test(title.trim()),
      isPartlyMarked: (outer?.isPartlyMarked ?? false) || computed.includes(slow) || this.#isMarkedTable(declaration.table),
      timeout: this.#timeoutOf(declaration),
    };
  }

  #tierOf(declaration: Declaration, around: Execution | undefined, title: string): Tier {
    const { slow, stress } = this.#settings.markers;
    const tags = this.#tagsOf(declaration);
    const titled = tierOfTitle(title, { slow, stress });
    if (titled === 'stress' || tags.some((tag) => tag === bare(stress))) return 'stress';
    if (titled === 'comprehensive' || tags.some((tag) => tag === bare(slow))) return 'comprehensive';
    if (declaration.gates.some((gate) => this.#executions.isSlowGate(gate))) return 'comprehensive';
    // Nobody runs what stands behind `if (process.env.SLOW)` in the fast run.
    if ((!around && this.#executions.isGated(declaration.call)) || this.#executions.returnsUnlessSlow(declaration.callback)) return 'comprehensive';
    return 'unit';
  }

  /** Some rows carry the marker; a small and a full row of one body are no variants. */
  #isMarkedTable(table: Node | undefined): boolean {
    if (!table || !this.#module.file.text.slice(table.range[0], table.range[1]).includes(this.#settings.markers.slow)) return false;
    const value = evaluate(this.#module, table);
    const rows = value?.type === 'list' ? value.items : [];
    return rows.length !== 2 || !rows.every((row) => row?.type === 'list' && row.items.length === 2 && row.items[0]?.type === 'scalar' && row.items[1]?.type === 'dictionary');
  }

  #tagsOf(declaration: Declaration): string[] {
    const key = declaration.runner.options.tags;
    if (key === undefined || !declaration.options) return [];
    for (const property of declaration.options.properties) {
      if (property.type !== 'Property' || staticName(property) !== key) continue;
      const value = unwrap(property.value);
      const nodes: readonly (Node | null)[] = value.type === 'ArrayExpression' ? value.elements : [value];
      return nodes.flatMap((node) => literalText(node) ?? []).map(bare);
    }
    return [];
  }

  #timeoutOf(declaration: Declaration): number | undefined {
    if (declaration.timeout) {
      const value = evaluate(this.#module, declaration.timeout);
      const direct = numberOf(value);
      if (direct !== undefined) return direct;
      if (value?.type === 'dictionary') return numberOf(value.entries.get('timeout'));
    }
    const key = declaration.runner.options.timeout;
    if (key === undefined || !declaration.options) return undefined;
    const options = evaluate(this.#module, declaration.options);
    return options?.type === 'dictionary' ? numberOf(options.entries.get(key)) : undefined;
  }
}

function bare(marker: string): string {
  return marker.replace(/^@/, '');
}
