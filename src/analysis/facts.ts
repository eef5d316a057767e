/**
 * What the analysis says about a test file. Facts hold ranges of the analysed text and plain values; syntax never leaves the
 * analysis, except behind `Rewritable`, which only `src/rewrites` opens.
 */
import type { CostKind, OwnStub, StubName } from '../knowledge/cost-row.ts';
import type { Range } from './nodes.ts';
import type { SizeKind } from './size-roles.ts';
import type { Tier } from './tests.ts';

export interface TestFact {
  readonly range: Range;
  /** `test`, or what else the fast run executes: a hook, the body of a group, the file itself. */
  readonly kind: 'test' | 'hook' | 'group' | 'module';
  readonly fullTitle: string;
  readonly tier: Tier;
  readonly isFast: boolean;
  /** ms, when the text tells. */
  readonly timeout: number | undefined;
}

/** Something the code of tests does, and who pays for it. */
export interface PaidFact {
  /** Where to report: the text that causes the cost. */
  readonly range: Range;
  readonly tests: readonly TestFact[];
}

/** A size that a test hands to something that allocates or computes with it. */
export interface SizeFact extends PaidFact {
  readonly kind: SizeKind;
  /** What is called, as the text says it, or `a loop`. */
  readonly callee: string;
  /** Of a loop that draws nothing but calls something too often: its samples are rounds. */
  readonly isRounds?: boolean | undefined;
  /** The call that allocates. */
  readonly callRange: Range;
  /** Known dimensions in order; undefined where the text does not tell. */
  readonly dimensions: readonly (number | undefined)[];
  /** Elements, or weights of a layer or model: a lower bound when a dimension is unknown. */
  readonly elements: number;
  readonly sequence: number | undefined;
  readonly samples: number | undefined;
}

export type ExpensiveKind = Extract<CostKind, 'compile' | 'build' | 'session' | 'load' | 'launch' | 'deploy' | 'train' | 'run' | 'prove'>;

/** A call that takes long whatever its size, and which a test really executes. */
export interface CallFact extends PaidFact {
  readonly kind: ExpensiveKind;
  readonly callee: string;
  /** How it is known: by a cost row, by looking into the called function, by the command that it starts, or by its name alone. */
  readonly evidence: 'row' | 'body' | 'command' | 'name';
  /** What inside the called helper is expensive: `rollup`, `new Function`; of a command, what builds: `vite build`. */
  readonly inside: string | undefined;
  /** ms of one call, an order of magnitude. */
  readonly milliseconds: number | undefined;
  readonly stub: StubName | OwnStub | undefined;
  /** Paid for every test again (a test body or `beforeEach`), not once for a file or group. */
  readonly isRepeated: boolean;
}

/** A loop or table that runs every variant of something through expensive work. */
export interface VariantFact extends PaidFact {
  /** `tests`: generates a test for each variant; `inside`: one test runs them all. */
  readonly form: 'tests' | 'inside';
  readonly variants: readonly string[];
  /** The list is only known when it runs: all members of an enumeration, all files of a folder. */
  readonly isOpen: boolean;
  /** Product over the loops around and inside that are variants too. */
  readonly combinations: number;
  /** The expensive work in the body: a callee, or elements. */
  readonly work: string;
}

/** A fast test that says of itself that it is slow. */
export interface DeclaredFact extends PaidFact {
  readonly evidence: 'timeout' | 'title' | 'tier';
  /** ms of a timeout of its own. */
  readonly timeout: number | undefined;
}

/** A wait on the real clock. */
export interface SleepFact extends PaidFact {
  readonly milliseconds: number;
}

export interface FileFacts {
  readonly tests: readonly TestFact[];
  readonly sizes: readonly SizeFact[];
  readonly calls: readonly CallFact[];
  readonly variants: readonly VariantFact[];
}
