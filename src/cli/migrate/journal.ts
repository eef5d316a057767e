/**
 * What a migration has done so far, on the disk before it is done: which files, their bytes of before, and every text that was written
 * in their place. Whatever ends the process, each file is old or one of the texts noted here.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { RunCoverage } from '../../coverage/read-v8.ts';
import { coverageAsText, readCoverage } from '../../coverage/store.ts';
import type { Profile } from '../../timing/profile.ts';
import { ProfileError } from '../../timing/profile-error.ts';
import { readProfile } from '../../timing/store.ts';
import { replaceFile } from '../replace-file.ts';
import { CommandError } from '../surroundings.ts';

const strings = v.array(v.string());

const entrySchema = v.object({
  /** package.json is kept as well; no test is in it. */
  kind: v.optional(v.literal('scripts')),
  /** Relative to the folder of package.json, with `/`. */
  file: v.string(),
  /** Name of the copy in the folder of the migration. */
  backup: v.string(),
  before: v.string(),
  /** Digests of all that was written, the latest last. */
  written: strings,
  /** `open`: not decided yet. */
  state: v.picklist(['open', 'kept', 'restored', 'foreign']),
  /** Of those that were kept. */
  codemods: strings,
  changed: v.array(v.object({ codemod: v.string(), line: v.number(), description: v.string() })),
  left: v.array(v.object({ codemod: v.string(), line: v.number(), column: v.number(), reason: v.string() })),
  /** Why codemods were taken away. */
  reasons: strings,
  fastBefore: v.number(),
  fastAfter: v.optional(v.number()),
  /** Is its slow run to be proven alone, since that of all did not prove it? */
  isThorough: v.optional(v.boolean()),
});

const journalSchema = v.object({
  version: v.literal(1),
  startedAt: v.string(),
  /** `undoing`: files are being put back. */
  state: v.picklist(['running', 'done', 'undoing']),
  /** The given command of the suite; empty for the script. */
  command: strings,
  script: v.string(),
  /** ms from which a test is slow. */
  over: v.number(),
  /** ms of the whole run before. */
  wall: v.number(),
  exitCode: v.number(),
  /** Keys of unsteady tests, by file. */
  aside: v.record(v.string(), strings),
  /** Sentences about tests that fail at times, by file. */
  unsteady: v.optional(v.record(v.string(), strings)),
  leftOut: strings,
  /** Are variants kept that cover what all cover? */
  coversVariants: v.optional(v.boolean()),
  /** Where mutants are to be tried at the end. */
  mutants: v.optional(v.object({ count: v.number(), seed: v.number() })),
  /** How it is counted; left out where it is not. */
  coverage: v.optional(v.picklist(['functions', 'blocks'])),
  report: v.optional(v.string()),
  files: v.array(entrySchema),
});

export type Entry = v.InferOutput<typeof entrySchema>;
export type JournalData = v.InferOutput<typeof journalSchema>;

export type Restored = 'restored' | 'foreign';

const JOURNAL = 'journal.json';
const BASELINE = 'baseline.json';
const COVERAGE = 'coverage.json';
/** Of the report that an earlier migration, or somebody, wrote. */
const REPORT_BACKUP = 'report.bak';

export class Journal {
  #folder: string;
  readonly #root: string;
  /** What stands in the folder beside the journal: a test may delete it. */
  readonly #kept = new Map<string, Uint8Array>();
  data: JournalData;

  private constructor(folder: string, root: string, data: JournalData) {
    this.#folder = folder;
    this.#root = root;
    this.data = data;
  }

  static folderIn(root: string): string {
    return join(root, '.slow-tests', 'migration');
  }

  /** Undefined where there is none. */
  static read(root: string): Journal | undefined {
    const folder = Journal.folderIn(root);
    const path = join(folder, JOURNAL);
    if (!existsSync(path)) return undefined;
    const result = v.safeParse(journalSchema, parse(path));
    if (!result.success) throw new ProfileError(`${path}: is no journal of this version: ${result.issues[0].message}.`);
    const journal = new Journal(folder, root, result.output);
    for (const name of [BASELINE, COVERAGE, REPORT_BACKUP, ...journal.data.files.map(({ backup }) => backup)]) if (existsSync(join(folder, name))) journal.#kept.set(name, readFileSync(join(folder, name)));
    return journal;
  }

  /** The one before is kept beside it, until the next one. */
  static begin(root: string, data: JournalData, baseline: Profile, coverage?: RunCoverage): Journal {
    const folder = Journal.folderIn(root);
    const [next, previous] = [`${folder}.next`, `${folder}.previous`];
    rmSync(next, { recursive: true, force: true });
    const journal = new Journal(next, root, data);
    for (const { file, backup, before } of data.files) {
      const path = join(root, file);
      if (digestOf(path) !== before) throw new CommandError(`${file} was ${existsSync(path) ? 'changed' : 'deleted'} while the suite ran. Nothing is written; begin again.`);
      journal.#keep(backup, readFileSync(path));
    }
    journal.#keep(BASELINE, Buffer.from(JSON.stringify(baseline)));
    if (coverage) journal.#keep(COVERAGE, Buffer.from(coverageAsText(coverage)));
    journal.#save();
    // What could not be begun leaves the one before as it is.
    rmSync(previous, { recursive: true, force: true });
    if (existsSync(folder)) renameSync(folder, previous);
    renameSync(next, folder);
    journal.#folder = folder;
    return journal;
  }

  baseline(): Profile {
    return readProfile(join(this.#folder, BASELINE));
  }

  /** Of the suite as it was; undefined where there is nothing to compare with. */
  coverage(): RunCoverage | undefined {
    const read = this.data.coverage === undefined ? undefined : readCoverage(join(this.#folder, COVERAGE));
    return read && read.whole.size > 0 ? read : undefined;
  }

  change(change: Partial<JournalData>): void {
    this.data = { ...this.data, ...change };
    this.#save();
  }

  update(file: string, change: Partial<Entry>): void {
    this.change({ files: this.data.files.map((entry) => (entry.file === file ? { ...entry, ...change } : entry)) });
  }

  /** Tests that failed, and for which no rewrite is blamed. */
  tell(file: string, sentences: readonly string[]): void {
    if (sentences.length === 0) return;
    const { unsteady = {} } = this.data;
    this.change({ unsteady: { ...unsteady, [file]: [...new Set([...(unsteady[file] ?? []), ...sentences])] } });
  }

  entry(file: string): Entry {
    const found = this.data.files.find((entry) => entry.file === file);
    if (!found) throw new Error(`${file} is not in the journal.`);
    return found;
  }

  original(file: string): Buffer {
    const { backup } = this.entry(file);
    return Buffer.from(this.#kept.get(backup) ?? readFileSync(join(this.#folder, backup)));
  }

  /** False when somebody else has changed the file: it is not touched then. */
  write(file: string, text: string): boolean {
    if (!this.isOurs(file)) return false;
    this.update(file, { written: [...this.entry(file).written, digest(text)] });
    replaceFile(join(this.#root, file), text, this.#folder);
    return true;
  }

  restore(file: string, force = false): Restored {
    const path = join(this.#root, file);
    const { before } = this.entry(file);
    if (digestOf(path) === before) return 'restored';
    // A test may have deleted it.
    if (!force && existsSync(path) && !this.isOurs(file)) return 'foreign';
    mkdirSync(dirname(path), { recursive: true });
    this.#mend();
    replaceFile(path, this.original(file), this.#folder);
    return 'restored';
  }

  isOurs(file: string): boolean {
    const now = digestOf(join(this.#root, file));
    const { before, written } = this.entry(file);
    return now === before || (now !== undefined && written.includes(now));
  }

  isGone(file: string): boolean {
    return !existsSync(join(this.#root, file));
  }

  /** What stood there before is kept, unless it is what an earlier `--resume` wrote. */
  writeReport(name: string, text: string): void {
    const path = join(this.#root, name);
    const old = digestOf(path);
    if (old !== undefined && old !== this.data.report) this.#keep(REPORT_BACKUP, readFileSync(path));
    this.change({ report: digest(text) });
    replaceFile(path, text, this.#folder);
  }

  /** Unless somebody has written into it. */
  restoreReport(name: string): void {
    const path = join(this.#root, name);
    if (this.data.report === undefined || digestOf(path) !== this.data.report) return;
    const before = this.#kept.get(REPORT_BACKUP);
    if (before) replaceFile(path, before, this.#folder);
    else rmSync(path, { force: true });
  }

  remove(): void {
    // Without it the rest is nothing, whatever ends the process here.
    rmSync(join(this.#folder, JOURNAL), { force: true });
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #keep(name: string, bytes: Uint8Array): void {
    this.#kept.set(name, bytes);
    mkdirSync(this.#folder, { recursive: true });
    replaceFile(join(this.#folder, name), bytes);
  }

  #save(): void {
    this.#mend();
    replaceFile(join(this.#folder, JOURNAL), `${JSON.stringify(this.data, undefined, 1)}\n`);
  }

  /** A test may have deleted the folder. */
  #mend(): void {
    mkdirSync(this.#folder, { recursive: true });
    for (const [name, bytes] of this.#kept) if (!existsSync(join(this.#folder, name))) replaceFile(join(this.#folder, name), bytes);
  }
}

export function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function digestOf(path: string): string | undefined {
  try {
    return digest(readFileSync(path));
  } catch {
    return undefined;
  }
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ProfileError(`${path}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
