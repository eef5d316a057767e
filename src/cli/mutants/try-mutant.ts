/** Do the tests as they were notice a mutant, does the fast run, and which slow tests do? */
import type { ProfiledTest } from '../../timing/profile.ts';
import type { Titles } from '../migrate/titles.ts';
import type { SuiteRun } from '../migrate/suite-runs.ts';
import type { Mutant } from './instrument.ts';
import type { MutantTier, TestPart } from './reached.ts';

export interface SlowTest {
  readonly file: string;
  readonly title: readonly string[];
  readonly ms: number;
}

export interface Tried {
  readonly mutant: Mutant;
  /** By the tests at their original sizes and with their own calls, in whichever run they are now. */
  readonly isKilledBefore: boolean;
  readonly isKilledFast: boolean;
  /** Where the fast run does not notice it: slow tests that do. Empty also where a run hung, and no one test can be named. */
  readonly killers: readonly SlowTest[];
}

export interface Trying {
  readonly parts: readonly TestPart[];
  readonly titles: Titles;
  /** Keys of the tests of a file before a migration; a test that was called `… (small)` all along is no small row. */
  readonly known: (file: string) => ReadonlySet<string>;
  /** Keys of tests that end in one way and in another. */
  readonly aside: (file: string) => ReadonlySet<string>;
  /** How many mutants are tried side by side: each of them takes longer then. */
  readonly jobs: number;
  /** Some files in one tier; the mutant is in its place. */
  readonly run: (tier: MutantTier, limit: number, files: readonly string[]) => Promise<SuiteRun>;
}

export async function tryMutant(mutant: Mutant, trying: Trying): Promise<Tried | 'stopped'> {
  const fast = await noticed('fast', mutant, trying);
  if (fast === 'stopped') return 'stopped';
  const result = { mutant, isKilledFast: fast.isKilled, killers: [] };
  if (fast.killers.some(({ isOriginal }) => isOriginal)) return { ...result, isKilledBefore: true };
  const slow = await noticedSlow(mutant, new Set(fast.killers.map(({ file }) => file)), trying);
  if (slow === 'stopped') return 'stopped';
  // A run that hangs or breaks off without a failing test, and holds no small rows, would have done so before.
  const isKilledBefore = slow.isKilled || (fast.isKilled && fast.killers.length === 0 && !fast.hasSmall);
  const killers = fast.isKilled ? [] : slow.killers.map(({ file, test: { title, duration = 0 } }) => ({ file, title, ms: duration }));
  return { ...result, isKilledBefore, killers };
}

interface Killer {
  readonly file: string;
  readonly test: ProfiledTest;
  readonly isOriginal: boolean;
}

interface Noticed {
  readonly isKilled: boolean;
  readonly killers: readonly Killer[];
  readonly hasSmall: boolean;
}

/** A machine may be busy; a mutant that hangs is as slow as can be. */
const LIMIT = { factor: 3, ms: 15_000 };

/** Where a small row notices it, its file is asked first: most of the time the row at the original size notices it too, and that is enough to know. */
async function noticedSlow(mutant: Mutant, likely: ReadonlySet<string>, trying: Trying): Promise<Noticed | 'stopped'> {
  if (likely.size === 0) return noticed('slow', mutant, trying);
  const first = await noticed('slow', mutant, trying, ({ file }) => likely.has(file));
  return first === 'stopped' || first.isKilled ? first : noticed('slow', mutant, trying, ({ file }) => !likely.has(file));
}

async function noticed(tier: MutantTier, mutant: Mutant, trying: Trying, isAsked: (part: TestPart) => boolean = () => true): Promise<Noticed | 'stopped'> {
  const parts = trying.parts.filter((part) => part.tier === tier && part.reached.has(mutant.id) && isAsked(part));
  if (parts.length === 0) return { isKilled: false, killers: [], hasSmall: false };
  const limit = parts.reduce((sum, { wall }) => sum + wall, 0) * LIMIT.factor * trying.jobs + LIMIT.ms;
  const run = await trying.run(tier, limit, parts.map(({ file }) => file));
  if (run.isStopped) return 'stopped';
  const candidates = parts.flatMap((part) => candidatesOf(part, trying));
  const notPassing = candidates.filter(({ file, test }) => !passes(run, file, test));
  // Whatever came after the test that hangs did not run either.
  const killers = run.isOverTime && notPassing.length > 1 ? notPassing.filter(({ file, test }) => fails(run, file, test)) : notPassing;
  const breaksOff = run.exitCode !== 0 && parts.every(({ exitCode }) => exitCode === 0);
  return { isKilled: run.isOverTime || notPassing.length > 0 || breaksOff, killers, hasSmall: candidates.some(({ isOriginal }) => !isOriginal) };
}

function candidatesOf({ file, passed }: TestPart, { parts, titles, known, aside }: Trying): Killer[] {
  const originals = new Set(parts.filter((part) => part.file === file).flatMap((part) => part.passed).map(({ title }) => titles.recognise(title, known(file))).filter(({ row }) => row === 'original').map(({ key }) => key));
  return passed.flatMap((test) => {
    const { key, row } = titles.recognise(test.title, known(file));
    return aside(file).has(key) ? [] : [{ file, test, isOriginal: row === 'original' || !originals.has(key) }];
  });
}

function passes({ files }: SuiteRun, file: string, test: ProfiledTest): boolean {
  const same = sameTests(files, file, test);
  return same.length > 0 && same.every(({ outcome }) => outcome !== 'failed') && same.some(({ outcome }) => outcome === 'passed');
}

function fails({ files }: SuiteRun, file: string, test: ProfiledTest): boolean {
  return sameTests(files, file, test).some(({ outcome }) => outcome === 'failed');
}

function sameTests(files: SuiteRun['files'], file: string, { title }: ProfiledTest): ProfiledTest[] {
  const wanted = JSON.stringify(title);
  return files.filter((other) => other.file === file).flatMap(({ tests }) => tests.filter((test) => JSON.stringify(test.title) === wanted));
}
