/** Does a test keep something under its title, so that another title would lose it? External snapshots do; inline ones stay. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Node } from '../analysis/nodes.ts';
import { calleeName, isCall, isFunction } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';

const KEYED = /^(?:match|toMatch|toThrowErrorMatching|assert|expect|check|verify|compare)\w*snapshot|^snapshot$|^toHaveScreenshot$/i;
const KEYED_TEXT = /snapshot|toHaveScreenshot|currentTestName/i;

/** The name of what goes by the title, looked for in the callback and in helpers of this file that it calls. */
export function findTitleKeyed(analysis: Analysis, { callback, call }: Declaration): string | undefined {
  const root = callback ?? call;
  if (!mayHoldKeyed(analysis)) return undefined;
  let known = answers.get(root);
  if (known === undefined) answers.set(root, (known = keyedIn(analysis, root, 1) ?? null));
  return known ?? undefined;
}

/** Ten findings of one test ask the same. */
const answers = new WeakMap<Node, string | null>();

/** In most files nothing is, which their text tells. */
const files = new WeakMap<Analysis, boolean>();

function mayHoldKeyed(analysis: Analysis): boolean {
  let known = files.get(analysis);
  if (known === undefined) files.set(analysis, (known = KEYED_TEXT.test(analysis.reading.module.file.text)));
  return known;
}

function keyedIn(analysis: Analysis, root: Node, hops: number): string | undefined {
  const { module } = analysis.reading;
  let found: string | undefined;
  walk(root, (node) => {
    if (found !== undefined) return;
    if (node.type === 'Identifier' && node.name === 'currentTestName') found = node.name;
    if (!isCall(node)) return;
    const name = calleeName(node) ?? '';
    if (KEYED.test(name) && !/inline/i.test(name)) found = name;
    else if (hops > 0 && node.callee.type === 'Identifier') {
      const definition = module.variableOf(node.callee)?.defs[0]?.node;
      const helper = definition?.type === 'VariableDeclarator' ? definition.init : definition;
      if (isFunction(helper)) found = keyedIn(analysis, helper, hops - 1);
    }
  });
  return found;
}
