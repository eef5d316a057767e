/** To which test or group does a planned change belong, so that it can be left out without the others? Told by title: places move. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Range } from '../analysis/nodes.ts';
import type { TitlePattern } from '../timing/title-pattern.ts';
import { plainTitle, titlePattern } from '../timing/title-pattern.ts';

export interface ChangeOwner {
  /** The same for every change of this test, in whichever pass; for what is in no test, its line. */
  readonly key: string;
  /** Undefined for what is in no test and no group. */
  readonly title: TitlePattern | undefined;
}

export function ownerOf({ reading }: Analysis, [start]: Range): ChangeOwner {
  const { module, declarations, settings } = reading;
  const around = declarations.filter(({ kind, call }) => kind !== 'hook' && call.range[0] <= start && start < call.range[1]);
  const innermost = around.reduce<Declaration | undefined>((inner, other) => (inner && inner.call.range[0] >= other.call.range[0] ? inner : other), undefined);
  if (!innermost) return { key: `line ${lineAround(module.file.text, start)}`, title: undefined };
  const plain = plainTitle(settings.marker);
  const title = withoutRow(titlePattern(module, innermost, plain));
  return { key: around.map((declaration) => withoutRow(titlePattern(module, declaration, plain)).join('*')).join(' > '), title };
}

/** What `tier-title.ts` appends is no part of what a test was called. */
function withoutRow(title: TitlePattern): TitlePattern {
  const last = title.at(-1);
  const before = title.at(-2);
  return last === ')' && before?.endsWith('(') === true ? [...title.slice(0, -2), before.slice(0, -1)] : title;
}

function lineAround(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? text.length : end).trim();
}
