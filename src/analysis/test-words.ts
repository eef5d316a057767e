/**
 * May this text declare tests, before anybody has parsed it? Never no for a file that declares some: a name of a runner stands in
 * it where code can use it. Prose and other things of these names make it say yes too often; parsing tells.
 */
import { globalRoots, RUNNER_IMPORT } from './reading.ts';

const NAMES = [...globalRoots, 'QUnit', '(?:test|it|describe)[\\w$]*'].join('|');
/** Not a member of something else, a part of a path or string, or the next word of a sentence. */
const USED = new RegExp(`(?<![\\w$.#'"/-]|\\w-)(?:${NAMES})(?![\\w$'"’:-]|[ \\t]+(?!(?:as|satisfies|from|in|instanceof)\\b)[a-zA-Z])`);
/** `condition ? it:it.skip` */
const CHOSEN = new RegExp(`\\?\\s*(?:${NAMES}):`);

export function mayHoldTests(text: string): boolean {
  return RUNNER_IMPORT.test(text) || USED.test(text) || CHOSEN.test(text);
}
