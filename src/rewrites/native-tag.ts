/** The runner's own tag beside the token in the title: `{ tags: ['slow'] }`. Titles stay the common tongue of all runners. */
import type { Analysis } from '../analysis/analyze.ts';
import { declaresTag } from '../analysis/declared-tags.ts';
import type { Declaration } from '../analysis/declarations.ts';
import { contains, isFunction, staticName, unwrap } from '../analysis/nodes.ts';
import type { Edit } from './edit.ts';
import { braced, quoted, styleOf } from './source-style.ts';

/** `condition` holds where the test stays fast. No edits where the runner has no tags, or a test has some of its own already. */
export function tagSlow({ reading }: Analysis, { runner, call, options, timeout, callback, title }: Declaration, marker: string, isAsked: boolean, condition?: string): Edit[] {
  const { module } = reading;
  const key = runner.options.tags;
  const tag = marker.replace(/^@/, '');
  const isDeclared = runner.name === 'vitest' ? declaresTag(module.file.path, tag) : isAsked;
  if (key === undefined || !isDeclared || !title || !callback || !contains(call, callback)) return [];
  const style = styleOf(module);
  const { text } = module.file;
  // Playwright's tags begin with the sign and are one or several; the others' are several.
  const given = runner.name === 'playwright' ? quoted(marker, style) : `[${quoted(tag, style)}]`;
  const property = `${key}: ${condition === undefined ? given : `${condition} ? [] : ${given}`}`;
  if (options) {
    const [first] = options.properties;
    const isSimple = unwrap(options) === options && options.properties.every((item) => item.type === 'Property' && staticName(item) !== key);
    return first && isSimple ? [{ range: [first.range[0], first.range[0]], text: `${property}, ` }] : [];
  }
  const argument = call.arguments.find((item) => contains(item, callback));
  if (!argument || !isFunction(unwrap(argument))) return [];
  // Beside options, a timeout behind the callback would be ignored.
  const isBehind = timeout !== undefined && call.arguments.includes(timeout as never);
  const moved = isBehind ? [`timeout: ${text.slice(timeout.range[0], timeout.range[1])}`] : [];
  const edits: Edit[] = [{ range: [argument.range[0], argument.range[0]], text: `${braced([property, ...moved], style)}, ` }];
  if (isBehind) edits.push({ range: [argument.range[1], timeout.range[1]], text: '' });
  return edits;
}
