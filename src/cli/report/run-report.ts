/** Reads one or two profiles and prints what they say, or writes the page. */
import { mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { readProfile } from '../../timing/store.ts';
import { existingProfile } from '../profile-place.ts';
import type { Surroundings } from '../surroundings.ts';
import { openTerminal } from '../terminal.ts';
import { gather } from './gather.ts';
import { reportAsPage } from './page.ts';
import { printReport, reportAsJson, reportAsMarkdown } from './print-report.ts';

export interface ReportOptions {
  readonly profile: string | undefined;
  readonly before: string | undefined;
  readonly top: number;
  readonly form: 'text' | 'markdown' | 'json' | 'html';
  /** Where the page is written, when not beside the profile. */
  readonly page: string | undefined;
}

const PAGE_PATH = '.slow-tests/report.html';

/** The exit code: 0, since a report judges nothing. */
export async function runReport({ profile: given, before, top, form, page }: ReportOptions, { cwd, environment, output }: Surroundings): Promise<number> {
  const { path, root, settings } = existingProfile(cwd, given);
  const report = gather(readProfile(path), settings, root);
  const terminal = openTerminal(output, environment);
  switch (form) {
    case 'text':
      printReport(report, top, terminal);
      break;
    case 'markdown':
      terminal.say(reportAsMarkdown(report, top));
      break;
    case 'json':
      terminal.say(reportAsJson(report));
      break;
    case 'html': {
      const target = page === undefined ? join(root, PAGE_PATH) : resolve(cwd, page);
      mkdirSync(dirname(target), { recursive: true });
      writeFileAtomic.sync(target, reportAsPage(report, before === undefined ? undefined : readProfile(resolve(cwd, before)), settings.marker));
      terminal.say(`Wrote ${relative(cwd, target)}.`);
    }
  }
  return 0;
}
