/**
 * Words that tell what a number or a function is when no cost row does: names of dimensions, of creators, layers and compile
 * verbs, and cue words of the traps. Words only; how they are combined is the analysis's business.
 */

/** Names of a length whose cost is quadratic in attention-like code. */
export const SEQUENCE_NAME =
  /^(?:(?:max|query|key|kv|q|k|src|tgt|source|target|input|prompt|context|total|long|num)_?)?(?:seq(?:uence)?_?(?:len(?:gth)?|size)?|len_?[qk]|(?:time_?steps)|tokens?|n_?tokens|context_?(?:len(?:gth)?)|n_?ctx|n_?seq|positions)$|^(?:q|kv|k|src|tgt)_?len(?:gth)?$/i;

/** Names of a number of samples. */
export const SAMPLES_NAME =
  /^(?:n|num|number_?of|total|max|count_?of)?_?(?:samples?|examples?|data_?points?|points|observations|trials|draws|n_?samples|vectors|records|documents|docs|embeddings|(?<=num_?|n_?|number_?of_?)rows)(?:_?(?:count|size|num|n))?$/i;

/** Names of any dimension of a tensor. */
export const DIMENSION_NAME =
  /^(?:batch(?:_?size)?|n?_?heads?|num_?heads|head_?(?:dim|size)|(?:embed|model|hidden|feature|input|output|in|out|key|value|inner|ff|feed_?forward|intermediate|latent)_?(?:dim|size|features|channels|units|depth)|dim(?:ension)?s?|d_?(?:model|k|v|ff|head)|width|height|rows?|cols?|columns|channels|depth|units|vocab_?size|size|n|m|k|b|h|s|d|t|c|w)$/i;

/** Creators: called with a shape they allocate (and mostly fill) a tensor. */
export const CREATOR_NAME =
  /^(?:zeros|ones|full|fill|filled|empty|eye|identity|randn|rand|random|randoms?Tensor|rand(?:om)?_?(?:normal|uniform|int|integers|gamma|bernoulli|tensor|matrix|array)|randomUniformInt|normal|uniform|bernoulli|gumbel|multinomial|truncated_?normal|standard_?normal|sample|tensor|(?:create|make|random)_?(?:random)?_?(?:tensor|matrix|ndarray)s?)$/i;

/** Creators that take a shape as their first array argument, whose positional numbers mean dimensions. */
export const POSITIONAL_CREATOR_NAME = /^(?:zeros|ones|empty|eye|identity|randn|rand|random|randomNormal|randomUniform|random_?matrix)$/i;

/** Samplers: one number given to them is a count of random draws. */
export const SAMPLER_NAME = /^(?:randn|rand|random|normal|uniform|standard_?normal|random_?(?:normal|uniform|samples?|points|vectors)|samples?)$/i;

/** Makers of data sets, whose first number is the count of samples. */
export const SAMPLE_MAKER_NAME =
  /^(?:make|generate|create|gen|random)_?(?:random_?)?(?:blobs|moons|circles|swiss_?roll|s_?curve|classification|regression|clusters?|data_?set|samples|data_?points|points)(?:_?data)?$/i;

/** Functions that call what they are given a number of times: `repeat(() => normal(rng), 100_000)`. */
export const REPEATER_NAME = /^(?:repeat(?:edly)?|replicate|n_?times|times|collect|sample(?:_?many|_?n)?|draw(?:_?many|_?n|_?samples)?)$/i;

/** Layers and models: constructing one allocates weights. `square`: the weights grow with the square of the first size. */
export const LAYER_NAME = /^(?:Linear|Dense|Embedding|Conv(?:1d|2d|3d)|LSTM(?:Cell)?|GRU(?:Cell)?|RNN(?:Cell)?|SimpleRNN|Bilinear|MLP|FeedForward)$/;
export const SQUARE_LAYER_NAME =
  /^(?:Multi_?[Hh]ead_?(?:Self)?Attention|(?:Self|Causal(?:Self)?|Cross|Grouped(?:Query)?|GQA|MHA)?Attention|Transformer(?:Block|Layer|Encoder(?:Layer)?|Decoder(?:Layer)?|Model)?|(?:Encoder|Decoder)(?:Layer|Block)|GPT\d?|Mamba(?:Block)?)$/;

/** Functions that compile: `compile`, `compileX`, `jit`. */
export const COMPILE_NAME = /^(?:compile(?:$|[A-Z_]\w*)|jit(?:$|[A-Z_]\w*)|build(?:$|[A-Z_]\w*)|bundle|transpile\w*|create(?:Kernel|Session|Compiler|Bundle|Pipeline|ComputePipeline\w*)|instantiate\w*|load(?:Model|Weights|Session|GraphModel|LayersModel)\w*|from_?[pP]retrained|deploy(?:$|[A-Z_]\w*))$/;

/** Methods that fit a model, awaited or not. */
export const TRAIN_NAME = /^(?:train|fit)(?:Model|Async|Sync)?$/;

/** Work whose name says that it is expensive when a test awaits it. */
export const WORK_NAME =
  /^(?:build|bundle|compile|train|fit|deploy|launch|spawn|transpile|evaluateModel|quantize|from_?pretrained|load_?(?:model|weights|pipeline)|create_?(?:session|pipeline|server|kernel|bundle))(?:$|[A-Z_]\w*)/;

/** A list with such a name holds variants of one thing. */
export const VARIANTS_NAME = /(?:_?to_?test|_?under_?test)$|(?:^|_)(?:all|every)_|ALL_|(?:modes?|types?|formats?|models?|architectures|implementations?|backends?|devices?|patterns?|variants?|configs?|configurations?|bundlers?|targets?|dtypes?|precisions?|kernels?|strategies|strategy|engines?|compilers?|presets?|activations?|optimizers?|losses|metrics|algorithms?|methods|platforms?|runtimes?|providers?|layouts?|quantizations?)s?$/i;

/** A list with such a name holds what tests are generated from. */
export const TABLE_NAME =
  /(?:^|_|[a-z\d](?=[A-Z]))(?:test_?)?(?:cases?|tests|suites?|fixtures?|examples|projects|apps|templates|scenarios|versions|languages?|locales|params|parameters|matrix|combinations|dirs|directories|folders|files|file_?names)$/i;

/** Title words which say that the size itself is under test. */
export const SIZE_IS_SUBJECT =
  /\b(?:threshold|(?:max(?:imum)?|min(?:imum)?) (?:size|length|number|elements|dims?|dimensions?|buffer|texture|allocation)|limits?\b|workgroups?|overflow(?:s|ed)?|exceed(?:s|ed|ing)?|boundar(?:y|ies)|oom|out of memory|more than \d|greater than \d|over \d)/i;

/** Title words which say that the size is large on purpose: such a test says nothing at a small one. Words are in lower case, apart. */
export const SPEAKS_OF_SIZE =
  /\b(?:large|larger|big|bigger|huge|long|longer|many|massive|deep|thousands?|millions?|overflow|range ?error|oom|leaks?|limits?|more .{1,40} than|\d+ ?[km]|max(?:imum)? (?:\w+ )?(?:size|length|count|number|tokens?|dims?|dimensions?|elements))\b/;

/** Words of a comment which say that a size is chosen for a limit. */
export const SPEAKS_OF_LIMITS =
  /\b(?:threshold|workgroups?|overflows?|exceed(?:s|ed|ing)?|(?:larger|greater|bigger|more|longer) than|at least|(?:large|big|long) enough|(?:page|size|memory|texture|stack|recursion) (?:depth )?limits?)\b|_THRESHOLD\b/i;

/** Comments between which a documentation generator takes its examples. */
export const SHOWN_IN_DOCUMENTATION = /--8<--|\[(?:START|END) [\w-]+\]|#(?:end)?docregion|\bdocs?:(?:start|end|begin)\b|\b(?:tag|end)::[\w-]+\[/;

/** Words of a title that judge how long something takes. */
export const SPEAKS_OF_SPEED = /\b(?:fast|quick|quickly|speed|time ?outs?|performance|performant|perf|bench(?:mark)?s?|stress|load test|throughput|latency|profiles?|efficiently|(?:reasonable|linear|constant) time)\b/;

/** Title words with which a test declares itself slow, wherever they stand; a title that measures does so, too. */
export const DECLARES_SLOW = /\b(?:bench(?:mark)?s?|stress|load test|throughput|latency|measur\w+\b.*\b(?:performance|speed|overhead))\b/i;

/** Titles of tests and groups that measure or load: a performance test, not a test of something called performance. */
export const MEASURES_TITLE =
  /^(?:(?:memory|speed|scaling) (?:and|&) )?(?:perf(?:ormance)?|bench(?:mark(?:s|ing)?)?|stress)(?: (?:tests?|benchmarks?|characteristics|comparisons?|suite|smoke))?$|\b(?:performance|perf|stress|load|benchmark) tests?$|\((?:perf(?:ormance)?|bench(?:mark)?|stress)(?: (?:test|smoke))?\)$|^(?:bench(?:mark)?|stress|perf(?:ormance)?) *[-:—] /i;

/** Environment variables that gate slow tests. */
export const SLOW_GATE = /(?:^|_)(?:SLOW|STRESS|PERF|PERFORMANCE|BENCH|BENCHMARKS?|NIGHTLY|LONG|HEAVY|EXPENSIVE|EXHAUSTIVE|EXTENSIVE|LARGE)(?:_|$)/;

/** Names of things a test compares with: never a size that it pays for. */
export const EXPECTED_NAME = /expected|golden|^want(?:ed)?$|^answer|lookup|^table$|^lut$/i;

export const TYPED_ARRAYS = [
  'Float16Array', 'Float32Array', 'Float64Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Uint16Array', 'Uint32Array', 'BigInt64Array',
  'BigUint64Array',
] as const;

/** Typed arrays of bytes: files, digests, texts, seldom numbers to compute with. */
export const BYTE_ARRAYS = ['Uint8Array', 'Uint8ClampedArray'] as const;

/** Methods that leave what a compile, a build or a load gave as it was. */
export const READING_METHOD =
  /^(?:newPage|newContext|createBrowserContext|createIncognitoBrowserContext|version|generate|write|forward|predict\w*|infer\w*|execute\w*|run|call|apply|evaluate\w*|encode\w*|decode\w*|tokenize\w*|transform|calculate\w*|compute\w*|check\w*|expect\w*|to[A-Z]\w*|is[A-Z]\w*|has|has[A-Z]\w*|at|slice|map|filter|find\w*|some|every|forEach|keys|values|entries|includes|indexOf|match|replace|replaceAll|split|trim|startsWith|endsWith|join|toString|toArray|getTimings|getSemanticDiagnostics|getSyntacticDiagnostics|getSourceFile\w*|getTypeChecker|getModelInfo|classify|segment\w*|embed\w*)$/;

/** Methods after which it cannot be used any more. */
export const CLOSING_METHOD = /^(?:close|dispose|release|destroy|free|terminate|delete|end|stop|kill|unload|cancel|shutdown)$/;
