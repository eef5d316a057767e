/** Libraries that tests reach through the context of the runner: `this.hre.run('compile')`. */

export interface ContextObject {
  readonly module: string;
  /** Where in a text it is used. */
  readonly pattern: RegExp;
}

/** By the package that a suite depends on. */
export const CONTEXT_OBJECTS: readonly ContextObject[] = [
  // How Hardhat's guide for plugins sets up their tests.
  { module: 'hardhat', pattern: /\bthis\s*\.\s*(?:hre|env)\s*\.\s*run\s*\(/g },
];

/** Tasks of Hardhat that compile, by their name or by the constant for it. */
export const HARDHAT_COMPILES = /^(?:compile(?::solidity)?|test|coverage|TASK_(?:COMPILE|TEST)|TASK_COMPILE_SOLIDITY)$/;
