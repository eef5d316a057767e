/** The page of a report, in the browser: head, charts, and the table of all tests. */
import { drawBars } from './bars.ts';
import { element } from './element.ts';
import { duration } from './numbers.ts';
import type { CauseBar, PageData, TierBar } from './page-data.ts';
import { testTable } from './test-table.ts';

const NAMES: Readonly<Record<string, string>> = { none: 'no static cause' };
const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}') as PageData;

document.getElementById('report')?.replaceChildren(
  element('h1', {}, 'Test durations'),
  element('p', {}, data.headline),
  ...data.sentences.map((sentence) => element('p', { class: 'faint' }, sentence)),
  element('div', { class: 'panels' }, tierPanel(), ...(data.causes.length > 0 ? [causePanel()] : [])),
  testTable(data),
);

function tierPanel(): HTMLElement {
  const head = ['tier', 'tests', 'time', ...(data.before === null ? [] : ['before']), 'longest', 'budget', 'over'];
  const rowOf = ({ name, tests, duration: time, before, longest, budget, over }: TierBar): string[] => [
    name, tests.toLocaleString('en-US'), duration(time), ...(before === null ? [] : [duration(before)]), duration(longest), duration(budget), over.toLocaleString('en-US'),
  ];
  return panel('Time by tier', data.tiers, head, data.tiers.map(rowOf));
}

function causePanel(): HTMLElement {
  const head = ['cause', 'tests', 'time', ...(data.before === null ? [] : ['before'])];
  const rowOf = ({ name, tests, duration: time, before }: CauseBar): string[] => [NAMES[name] ?? name, tests.toLocaleString('en-US'), duration(time), ...(before === null ? [] : [duration(before)])];
  return panel('Fast tests over budget, by cause', data.causes.map((bar) => ({ ...bar, name: NAMES[bar.name] ?? bar.name })), head, data.causes.map(rowOf));
}

/** The chart, and the same figures for those who cannot see it. */
function panel(title: string, bars: readonly CauseBar[], head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const canvas = element('canvas', { role: 'img', 'aria-label': `${title}: ${bars.map((bar) => `${bar.name} ${duration(bar.duration)}`).join(', ')}` });
  drawBars(canvas, bars);
  const cells = (tag: 'th' | 'td', row: readonly string[]) => row.map((text, index) => element(tag, { ...(index === 0 ? {} : { class: 'number' }), ...(tag === 'th' ? { scope: 'col' } : {}) }, text));
  return element('section', { class: 'panel', 'aria-label': title },
    element('h2', {}, title),
    element('div', { class: 'chart' }, canvas),
    element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': `${title}, in figures` },
      element('table', {}, element('thead', {}, element('tr', {}, ...cells('th', head))), element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells('td', row))))),
    ),
  );
}
