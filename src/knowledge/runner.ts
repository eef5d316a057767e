/** What a test runner looks like in the text of a test file, as data. One file per runner in `runners/`. */
export interface Runner {
  readonly name: string;
  /** Modules that export the roots. */
  readonly modules: readonly string[];
  /** Packages in package.json that tell that this runner is in use (for files that use globals). */
  readonly packages: readonly string[];
  /** Are the roots global, without an import? */
  readonly globals: boolean;
  /** Is the module's default export (or `require` result) itself the first test root? */
  readonly defaultIsTest: boolean;
  readonly roots: {
    readonly test: readonly string[];
    readonly group: readonly string[];
    readonly beforeAll: readonly string[];
    readonly beforeEach: readonly string[];
    readonly after: readonly string[];
  };
  /** Roots that declare without running: `xit`, `xdescribe`. */
  readonly skippedRoots: readonly string[];
  /** Members of a root that change how a test runs, and stay chainable. */
  readonly modifiers: readonly string[];
  /** Modifiers that keep the test from running. */
  readonly skipModifiers: readonly string[];
  /** Modifiers that take a condition and return the root: `skipIf(…)`. */
  readonly conditions: readonly string[];
  /** Members that take a table and return the root. */
  readonly tables: readonly string[];
  /** What returns a new root when it is called: `test.extend(…)`, `suite('name')`. */
  readonly extenders: readonly string[];
  /** Methods of the context (first parameter) that declare a subtest or a group. */
  readonly subtests: readonly string[];
  /** Which options object, if any: its keys for timeout, tags, skipping. */
  readonly options: { readonly timeout?: string; readonly tags?: string; readonly skip: readonly string[] };
  /** How a test sets its timeout beside the options: a last numeric argument, `this.timeout(ms)`, `t.timeout(ms)`. */
  readonly timeouts: { readonly lastArgument: boolean; readonly contextMethods: readonly string[] };
  /** Objects with `fn`, `mock`, `spyOn`: `vi`, `jest`. */
  readonly mockObjects: readonly string[];
  /** How a test replaces a method; undefined where tests of one file may run at the same time, or there is no such tool. */
  readonly spies: SpyTool | undefined;
  /** Fake timers that can be moved while a promise waits for them. */
  readonly clock: ClockTool | undefined;
  readonly command: RunnerCommand;
}

/** How a runner is called, and what is added to the call so that it runs one tier. */
export interface RunnerCommand {
  /** What runs the whole suite once, as it is typed: the program of the package of that name, or `node`. */
  readonly words: readonly string[];
  /** How a filter for titles reads its text, and so how a marker is written in it. */
  readonly titles: 'regexp' | 'text';
  /** What its own summary says when no test ran, without colours. */
  readonly nothingRan: RegExp;
  /** Does it fail by itself then? */
  readonly failsOnNothing: boolean;
  /** The first that fits version and tags is used. None where the runner has no filter for titles: files and the environment decide there. */
  readonly selections: readonly Selection[];
}

/** `$slow` and `$stress` stand for the markers; a tier that is left out cannot be selected. */
export interface Selection {
  /** The first version that takes these arguments: of the package, or of Node for its own runner. */
  readonly since?: string;
  /** Tags that the configuration must declare. */
  readonly tags?: readonly string[];
  readonly fast?: readonly Filter[];
  readonly slow?: readonly Filter[];
  readonly stress?: readonly Filter[];
}

/** Arguments of one call. A tier takes several calls where no single filter selects all its tests. */
export type Filter = readonly string[];

export interface ClockTool {
  /** Names that the module exports for it. */
  readonly names: readonly string[];
  readonly start: string;
  /** `$time` stands for the milliseconds. */
  readonly advance: string;
  readonly restore: string;
}

export interface SpyTool {
  /** Names that the module exports for it. */
  readonly names: readonly string[];
  /** `$target` stands for the object and the quoted name, `$stub` for the function, `$context` for what the test is given. */
  readonly replace: string;
  /** Undoes all after each test; left out where the runner does so itself. */
  readonly restore?: string;
}
