/** One codemod over one file, in memory, and whether it did something that must never happen. */
import { readFileSync } from 'node:fs';
import { analyzeFile } from '../../src/analysis/analyze.ts';
import { parseText } from '../../src/analysis/parse.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { applyCodemod } from '../../src/host/apply-codemod.ts';
import type { CodemodDefinition } from '../../src/host/define-codemod.ts';
import { textOfBytes } from '../../src/host/file-text.ts';
import { defaultsOf } from '../../src/host/options.ts';
import { lostTitles } from './lost-titles.ts';
import { reportsOf } from './rule-reports.ts';

export const FAILURES = ['crash', 'result does not parse', 'never comes to rest', 'second run changes', 'title lost', 'rule still reports'] as const;
export type Failure = (typeof FAILURES)[number];

export interface Checked {
  readonly codemod: string;
  readonly path: string;
  readonly tests: number;
  /** It did not parse as it was. */
  readonly isUnread: boolean;
  readonly changes: number;
  readonly left: readonly string[];
  readonly failure?: Failure;
  readonly detail?: string;
  readonly output?: string;
}

const settings = readSettings(undefined);

export function checkFile(definition: CodemodDefinition, path: string): Checked {
  const nothing: Checked = { codemod: definition.name, path, tests: 0, isUnread: false, changes: 0, left: [] };
  const text = textOfBytes(readFileSync(path));
  if (text === undefined) return { ...nothing, isUnread: true };
  const apply = (given: string) => applyCodemod(definition, { text: given, path }, { settings, options: defaultsOf(definition.options) });
  try {
    const result = apply(text);
    if (result.type === 'no tests') return nothing;
    if (result.type === 'error') {
      if (result.cause === 'text') return { ...nothing, isUnread: true };
      return { ...nothing, failure: result.message.includes('parse') ? 'result does not parse' : 'never comes to rest', detail: result.message };
    }
    const { output, changed, left } = result;
    const found: Checked = { ...nothing, tests: 1, changes: changed.length, left: left.map(({ line, reason }) => `${line} ${reason}`) };
    if (output === undefined) return found;
    const done = { ...found, output };
    const again = apply(output);
    if (again.type !== 'done' || again.output !== undefined) return { ...done, failure: 'second run changes', detail: again.type === 'done' ? again.changed.map(({ line, description }) => `${line} ${description}`).join('; ') : again.type };
    const [lost] = lostTitles(titlesIn(text, path), titlesIn(output, path));
    if (lost !== undefined) return { ...done, failure: 'title lost', detail: lost };
    const reports = reportsOf(definition.name, output, path);
    if (reports.length > left.length) return { ...done, failure: 'rule still reports', detail: reports.join('; ') };
    return done;
  } catch (error) {
    return { ...nothing, failure: 'crash', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** The texts of all titles, as they are written. */
function titlesIn(text: string, path: string): string[] {
  const bare = text.replace(/^\uFEFF/, '');
  const parsed = parseText(bare, path);
  const analysis = parsed.type === 'file' ? analyzeFile(parsed.file, settings) : undefined;
  return (analysis?.reading.declarations ?? []).flatMap(({ title }) => (title ? [bare.slice(title.range[0], title.range[1])] : []));
}
