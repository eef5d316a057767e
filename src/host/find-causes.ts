/**
 * Why is a measured test slow, as far as its text tells? Runs rules on a file without a lint host, and gives each test the first
 * finding that it pays for.
 */
import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { Analysis } from '../analysis/analyze.ts';
import { analyzeFile } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { PaidFact } from '../analysis/facts.ts';
import { contains } from '../analysis/nodes.ts';
import { parseText } from '../analysis/parse.ts';
import type { Settings } from '../analysis/settings.ts';
import { matchTests } from '../timing/match.ts';
import { matchNextDoor } from '../timing/match-next-door.ts';
import type { ProfiledTest } from '../timing/profile.ts';
import type { RuleDefinition } from './define-rule.ts';
import { textOfBytes } from './file-text.ts';
import { measuredBy } from './measured.ts';
import { defaultsOf } from './options.ts';

export type Cause =
  | { readonly type: 'finding'; readonly rule: string; readonly message: string; readonly line: number }
  /** Its text is clean. */
  | { readonly type: 'none' }
  /** The file is not there or cannot be read, or no call in it declares the test. */
  | { readonly type: 'unknown'; readonly reason: string };

export interface Found {
  readonly cause: Cause;
  /** Of the call that declares the test. */
  readonly line: number | undefined;
}

export interface CauseOptions {
  readonly rules: readonly RuleDefinition[];
  readonly settings: Settings;
  readonly root: string | undefined;
}

interface Finding {
  readonly fact: Partial<PaidFact> & { readonly range: PaidFact['range'] };
  readonly rule: string;
  readonly message: string;
}

/** Of all tests that the profile has of the file. */
export function findCauses(path: string, tests: readonly ProfiledTest[], { rules, settings, root }: CauseOptions): (test: ProfiledTest) => Found {
  const nowhere = (reason: string) => (): Found => ({ cause: { type: 'unknown', reason }, line: undefined });
  const text = readText(path);
  if (text === undefined) return nowhere('its file is not there');
  const parsed = parseText(text, path);
  const analysis = parsed.type === 'file' ? analyzeFile(parsed.file, settings, root) : undefined;
  if (!analysis) return nowhere('its file declares no test that can be read');
  const { declared, unmatched } = matchTests(analysis.reading, tests);
  let shared: ReturnType<typeof matchNextDoor> | undefined;
  const findings = rules.flatMap((rule) => findingsOf(rule, analysis, settings, tests));
  const lineOf = lineFinder(text);
  return (test) => {
    const declaration = declared.get(test);
    if (!declaration) {
      const other = (shared ??= matchNextDoor(analysis.reading, unmatched)).get(test);
      const reason = other ? `${relative(dirname(path), other.path).replaceAll('\\', '/')} declares it, line ${lineFinder(other.reading.module.file.text)(other.declaration.call.range[0])}` : 'no call of its file declares it';
      return { cause: { type: 'unknown', reason }, line: test.line };
    }
    const finding = findings.find(({ fact }) => isPaidBy(fact, declaration, analysis));
    const cause: Cause = finding ? { type: 'finding', rule: finding.rule, message: finding.message, line: lineOf(finding.fact.range[0]) } : { type: 'none' };
    return { cause, line: lineOf(declaration.call.range[0]) };
  };
}

function findingsOf(rule: RuleDefinition, analysis: Analysis, settings: Settings, tests: readonly ProfiledTest[]): Finding[] {
  const findings: Finding[] = [];
  rule.check({
    analysis,
    settings,
    options: defaultsOf(rule.options),
    measured: measuredBy(analysis, settings, tests),
    report(messageId, fact, data) {
      // Who asks knows how long it took.
      const words: typeof data = { ...data, took: '' };
      const message = (rule.messages[messageId] ?? '').replace(/\{\{(\w+)\}\}/g, (_all, name: string) => String(words[name] ?? ''));
      findings.push({ fact, rule: rule.name, message });
    },
  });
  return findings;
}

/** Work of a hook is in the time of each test of its group. */
function isPaidBy({ tests = [] }: Finding['fact'], declaration: Declaration, { reading }: Analysis): boolean {
  return tests.some(({ kind, range }) => {
    if (kind === 'test') return range[0] === declaration.call.range[0];
    const hook = kind === 'hook' ? reading.declarations.find(({ call }) => call.range[0] === range[0]) : undefined;
    if (hook?.hook !== 'beforeEach') return false;
    const group = reading.tests.place(hook).groups.at(-1);
    return !group || contains(group.call, declaration.call);
  });
}

/** Line breaks are looked for once a file. */
function lineFinder(text: string): (offset: number) => number {
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => {
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

function readText(path: string): string | undefined {
  try {
    return textOfBytes(readFileSync(path))?.replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
