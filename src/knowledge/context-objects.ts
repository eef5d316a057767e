/** Libraries that tests reach through the context of the runner: `this.hre.run('compile')`. */

export interface ContextObject {
  readonly module: string;
  /** Where in a text it is used as a member of `this`. */
  readonly pattern: RegExp;
  /** Names of variables that hold it, by what is done with them. */
  readonly named: RegExp;
  /** With these words a file puts its own work in place of the library's. */
  readonly replaced: RegExp;
}

/** `hre.tasks.getTask('build')` of Hardhat 3, where nothing else has tasks to ask for. */
const HARDHAT_TASKS = /(?<![\w$])[A-Za-z_$][\w$]*(?=\s*\.\s*tasks\s*\.\s*getTask\s*\()/g;

/** By the package that a suite depends on. */
const CONTEXT_OBJECTS: readonly ContextObject[] = [
  // How Hardhat's guide for plugins sets up their tests.
  { module: 'hardhat', pattern: /\bthis\s*\.\s*(?:hre|env)\s*\.\s*run\s*\(/g, named: HARDHAT_TASKS, replaced: /\boverrideTask\s*\(/ },
];

/** The one that the suites of a package may use. */
export function contextObjectOf(info: { readonly name: string | undefined; readonly dependencies: ReadonlySet<string> } | undefined): ContextObject | undefined {
  return CONTEXT_OBJECTS.find(({ module }) => info?.name === module || info?.dependencies.has(module) === true);
}

/** Tasks of Hardhat that compile, by their name or by the constant for it. */
export const HARDHAT_COMPILES = /^(?:build|test|coverage|TASK_TEST|compile:solidity|TASK_COMPILE_SOLIDITY)$|(?:^|[:_])(?:compile|COMPILE|make|MAKE)$/;
