/** The one door: a parsed file in, facts out. Remembered by AST, "holds no tests" included. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { DeclaredSlow } from './declared-slow.ts';
import { declaredSlow } from './declared-slow.ts';
import type { FileFacts } from './facts.ts';
import { expensiveCalls, mayBeFound } from './expensive-calls.ts';
import type { ExpensiveCall } from './expensive-calls.ts';
import type { ParsedFile } from './module.ts';
import { PayerReader } from './payers.ts';
import type { Reading } from './reading.ts';
import { readFile } from './reading.ts';
import type { Settings } from './settings.ts';
import type { Sleep } from './sleeps.ts';
import { sleepsOf } from './sleeps.ts';
import type { MeasuredSize, SizeLimits } from './sizes.ts';
import { mayExceed, measureSizes } from './sizes.ts';
import type { VariantLoop } from './variants.ts';
import { variantLoops } from './variants.ts';

/** Facts with the syntax behind them. Rules see `facts`; `src/rewrites` may look at the rest. */
export interface Analysis {
  readonly facts: FileFacts;
  readonly reading: Reading;
  readonly sizes: readonly MeasuredSize[];
  readonly calls: readonly ExpensiveCall[];
  readonly loops: readonly VariantLoop[];
  readonly declared: readonly DeclaredSlow[];
  readonly sleeps: readonly Sleep[];
  /** May one of the sizes be over a limit? Cheaper than to ask for the sizes. */
  mayExceed(limits: SizeLimits): boolean;
  /** May there be an expensive call, or one that only its name says to be? */
  mayCall(byName: boolean): boolean;
}

const analyses = new WeakMap<TSESTree.Program, Analysis | null>();

/** Undefined for a file that declares no test. `root` is the folder that file patterns are relative to. */
export function analyzeFile(file: ParsedFile, settings: Settings, root?: string): Analysis | undefined {
  const known = analyses.get(file.ast);
  if (known !== undefined) return known ?? undefined;
  const analysis = analyze(file, settings, root);
  analyses.set(file.ast, analysis ?? null);
  return analysis;
}

function analyze(file: ParsedFile, settings: Settings, root: string | undefined): Analysis | undefined {
  const reading = readFile(file, settings, root);
  return reading && new LazyAnalysis(reading);
}

/** Most files hold nothing of most kinds: each is looked for when somebody asks. */
class LazyAnalysis implements Analysis {
  readonly reading: Reading;
  readonly #payers: PayerReader;
  #sizes: readonly MeasuredSize[] | undefined;
  #calls: readonly ExpensiveCall[] | undefined;
  #loops: readonly VariantLoop[] | undefined;
  #declared: readonly DeclaredSlow[] | undefined;
  #sleeps: readonly Sleep[] | undefined;

  constructor(reading: Reading) {
    this.reading = reading;
    this.#payers = new PayerReader(reading);
  }

  get sizes(): readonly MeasuredSize[] {
    return (this.#sizes ??= measureSizes(this.reading, this.#payers));
  }

  get calls(): readonly ExpensiveCall[] {
    return (this.#calls ??= expensiveCalls(this.reading, this.#payers));
  }

  get loops(): readonly VariantLoop[] {
    return (this.#loops ??= variantLoops(this.reading, this.#payers, this));
  }

  get declared(): readonly DeclaredSlow[] {
    return (this.#declared ??= declaredSlow(this.reading, this.#payers));
  }

  get sleeps(): readonly Sleep[] {
    return (this.#sleeps ??= sleepsOf(this.reading, this.#payers));
  }

  mayExceed(limits: SizeLimits): boolean {
    return mayExceed(this.reading, limits);
  }

  mayCall(byName: boolean): boolean {
    return mayBeFound(this.reading, byName);
  }

  get facts(): FileFacts {
    return {
      tests: this.reading.declarations.filter(({ kind }) => kind === 'test').map((declaration) => this.#payers.factOf(declaration)),
      sizes: this.sizes.map(({ fact }) => fact),
      calls: this.calls.map(({ fact }) => fact),
      variants: this.loops.map(({ fact }) => fact),
    };
  }
}
