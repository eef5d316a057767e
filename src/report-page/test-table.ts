/** All tests, a hundred at a time: sorted by any column, narrowed by words, tier and cause. */
import { element } from './element.ts';
import { duration } from './numbers.ts';
import type { PageData, TestRow } from './page-data.ts';

const PAGE_SIZE = 100;
/** How long nobody types before the table follows, in ms. */
const PAUSE = 120;

type Key = 'took' | 'before' | 'change' | 'tier' | 'test';

interface Column {
  readonly key: Key;
  readonly label: string;
  readonly isNumber: boolean;
  readonly value: (row: TestRow) => number | string;
}

const COLUMNS: readonly Column[] = [
  { key: 'took', label: 'Took', isNumber: true, value: (row) => row[4] },
  { key: 'before', label: 'Before', isNumber: true, value: (row) => row[5] ?? -1 },
  { key: 'change', label: 'Change', isNumber: true, value: (row) => (row[5] === null ? 0 : row[4] - row[5]) },
  { key: 'tier', label: 'Tier', isNumber: false, value: (row) => row[3] },
  { key: 'test', label: 'Test', isNumber: false, value: (row) => row[0] },
];

export function testTable(data: PageData): HTMLElement {
  const columns = COLUMNS.filter(({ key }) => data.before !== null || (key !== 'before' && key !== 'change'));
  let sorted: { key: Key; isAscending: boolean } = { key: 'took', isAscending: false };
  let page = 0;
  let rows: readonly TestRow[] = data.tests;

  const words = element('input', { type: 'search', id: 'words', autocomplete: 'off', spellcheck: 'false' });
  const tier = choice('tier', 'all', data.tierNames.map((name, index) => [String(index), name]));
  const cause = choice('cause', 'all', data.causeNames.map((name, index) => [String(index), name === 'none' ? 'no static cause' : name]));
  const over = element('input', { type: 'checkbox', id: 'over' });
  const count = element('p', { role: 'status', class: 'faint' });
  const body = element('tbody', {});
  const back = element('button', { type: 'button' }, 'Previous');
  const forth = element('button', { type: 'button' }, 'Next');
  const place = element('span', { class: 'faint' });
  const heads = columns.map(({ key, label, isNumber }) => {
    const button = element('button', { type: 'button' }, label);
    const head = element('th', { scope: 'col', class: isNumber ? `number ${key}` : key }, button);
    button.addEventListener('click', () => {
      // Long ones first, names from A on.
      sorted = sorted.key === key ? { key, isAscending: !sorted.isAscending } : { key, isAscending: !isNumber };
      narrow();
    });
    return { key, head };
  });

  function narrow(): void {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = data.tests.filter((row) => {
      if (tier.value !== '' && row[3] !== Number(tier.value)) return false;
      if (cause.value !== '' && row[7] !== Number(cause.value)) return false;
      if (over.checked && row[6] === 0) return false;
      if (wanted.length === 0) return true;
      const text = `${row[0]} ${data.files[row[1]] ?? ''}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
    const value = columns.find(({ key }) => key === sorted.key)?.value ?? ((row) => row[4]);
    const way = sorted.isAscending ? 1 : -1;
    rows = found.sort((a, b) => {
      const [left, right] = [value(a), value(b)];
      return left < right ? -way : left > right ? way : 0;
    });
    page = 0;
    show();
  }

  function show(): void {
    const pages = Math.max(1, Math.ceil(rows.length / PAGE_SIZE));
    body.replaceChildren(...rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE).map((row) => rowElement(row, data)));
    for (const { key, head } of heads) {
      if (key === sorted.key) head.setAttribute('aria-sort', sorted.isAscending ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    }
    count.textContent = `${rows.length.toLocaleString('en-US')} of ${data.tests.length.toLocaleString('en-US')} tests, ${duration(rows.reduce((sum, row) => sum + row[4], 0))} together`;
    place.textContent = `Page ${page + 1} of ${pages}`;
    back.disabled = page === 0;
    forth.disabled = page >= pages - 1;
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  words.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(narrow, PAUSE);
  });
  for (const control of [tier, cause, over]) control.addEventListener('change', narrow);
  back.addEventListener('click', () => {
    page--;
    show();
  });
  forth.addEventListener('click', () => {
    page++;
    show();
  });
  show();

  return element('section', { class: 'panel', 'aria-label': 'Tests' },
    element('h2', {}, 'Tests'),
    element('div', { class: 'controls' },
      element('label', {}, 'Title or file', words),
      element('label', {}, 'Tier', tier),
      ...(data.causeNames.length > 0 ? [element('label', {}, 'Cause', cause)] : []),
      element('label', { class: 'check' }, over, 'Only over budget'),
    ),
    count,
    element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Table of tests' },
      element('table', {}, element('thead', {}, element('tr', {}, ...heads.map(({ head }) => head))), body),
    ),
    element('nav', { class: 'pager', 'aria-label': 'Pages of the table' }, back, place, forth),
  );
}

function choice(id: string, all: string, options: readonly (readonly [value: string, label: string])[]): HTMLSelectElement {
  return element('select', { id }, ...[['', all] as const, ...options].map(([value, label]) => element('option', { value }, label)));
}

function rowElement(row: TestRow, data: PageData): HTMLElement {
  const [title, file, line, tier, took, before, isOver, , causeText] = row;
  const number = (text: string, kind: string): HTMLElement => element('td', { class: `number ${kind}` }, text);
  const place = `${data.files[file] ?? ''}${line > 0 ? `:${line}` : ''}`;
  const cause = data.causeTexts[causeText];
  return element('tr', {},
    number(duration(took), isOver === 1 ? 'over' : ''),
    ...(data.before === null ? [] : [number(before === null ? 'new' : duration(before), 'before'), number(before === null ? '' : changeOf(took, before), 'change')]),
    element('td', { class: 'tier' }, data.tierNames[tier] ?? ''),
    element('td', {}, element('div', { class: 'title' }, title), element('div', { class: 'below' }, place), ...(cause === undefined ? [] : [element('div', { class: 'below' }, cause)])),
  );
}

function changeOf(now: number, before: number): string {
  const difference = now - before;
  if (Math.abs(difference) < 1) return '±0';
  return `${difference < 0 ? '−' : '+'}${duration(Math.abs(difference))}`;
}
