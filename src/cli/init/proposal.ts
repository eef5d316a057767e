/** What `slow-tests init` would write, as a value: a file's text before and after, or what a person has to do. */

export type Proposal =
  | { readonly type: 'write'; readonly path: string; readonly before: string | undefined; readonly after: string }
  /** Nothing is to be written; says why, or what is to be done by hand. */
  | { readonly type: 'hint'; readonly text: string };
