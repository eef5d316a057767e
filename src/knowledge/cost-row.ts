/**
 * What a cost row is: one line of knowledge about one callable of one library. Rows are data, so that users can write the
 * same rows in `settings['slow-tests'].costs`. A row never says how a test is written, only what a call costs.
 */

/** What the call spends its time on. `cheap` is a row too: it keeps a look-alike from being taken for the real thing. */
export type CostKind =
  | 'tensor' // allocates and fills prod(shape) elements
  | 'buffer' // allocates prod(dimensions) numbers without computing them
  | 'samples' // draws or generates a number of samples
  | 'layer' // allocates the weights of one layer
  | 'model' // allocates the weights of a model
  | 'train' // fits a model
  | 'run' // computes for long on something prepared: recognition, generation
  | 'prove' // loads a circuit and its key and makes a proof
  | 'compile' // generates or compiles code, kernels, circuits, contracts
  | 'build' // runs a bundler or a whole program build
  | 'session' // creates an inference session or context
  | 'load' // loads a model, weights, a language pack
  | 'launch' // starts a browser, a process, a virtual machine, a server
  | 'deploy' // deploys a contract
  | 'cheap';

/**
 * Where an argument stands: `2` is the third argument, `'0.units'` the property `units` of the first one, `'1...'` the
 * second argument and all that follow.
 */
export type ArgumentPosition = number | string;

export interface ArgumentRoles {
  /** An array of dimensions, a `shape(…)` call, or one number. */
  readonly shape?: ArgumentPosition;
  /** Dimensions given one by one; elements are their product. */
  readonly dimensions?: readonly ArgumentPosition[];
  /** Sequence lengths, whose cost is quadratic. */
  readonly sequence?: readonly ArgumentPosition[];
  /** A number of samples. */
  readonly samples?: ArgumentPosition;
  /** Ready-made data: when this argument is given, its literal elements are all there is. */
  readonly data?: ArgumentPosition;
  /** A seed: never a size, wherever it stands. */
  readonly seed?: ArgumentPosition;
}

/** What a test can put in place of the call. */
export type StubName = 'identity' | 'attention' | 'wasm-module' | 'session' | 'model' | 'contract';

/** A function of yours that stands in for the call: it takes the same arguments, and its result can do what the tests ask of it. */
export interface OwnStub {
  /** A package, or a path from the folder of package.json: `./test/stubs.ts`. */
  readonly module: string;
  readonly export: string;
}

export interface CostRow {
  /** Module specifiers the row holds for; a trailing `/*` means every subpath. Left out for globals of the platform. */
  readonly module?: string | readonly string[];
  /**
   * The callee as a path from the module's exports (or from the global scope when there is no module). `()` stands for
   * calling or constructing, with any `await` looked through; `*` is any one name.
   * `zeros`, `layers.dense`, `Matrix.rand`, `default`, `GPU().createKernel`, `*.from_pretrained`.
   */
  readonly export: string;
  readonly kind: CostKind;
  readonly arguments?: ArgumentRoles;
  /** Layers and models: the weights are `times` × the product of `dimensions` (default), or `times` × the square of the first. */
  readonly weights?: 'product' | 'square';
  readonly times?: number;
  /** The call is cheap when this argument is written out in place (a byte array, an in-memory handler, an object). */
  readonly cheapWhenInline?: ArgumentPosition;
  /** Without a callback the call only prepares; a method of its result (`run`) does the work and has a row of its own. */
  readonly needsCallback?: boolean;
  /** Typical cost of one call, in ms: an order of magnitude for ranking and messages. */
  readonly milliseconds?: number;
  readonly stub?: StubName | OwnStub;
  /** TypeScript: the type of the result follows the arguments. */
  readonly isGeneric?: true;
}
