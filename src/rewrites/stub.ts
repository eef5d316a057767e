/** What a stub is: a function of this package, or one made with it, that can stand in for an expensive one. */

export interface Stub {
  readonly module: string;
  /** What it takes from there. */
  readonly name: string;
  /** Its text, given the local name of that. */
  readonly text: (name: string) => string;
}
