/**
 * What a migration has done so far, on the disk before it is done: which files, their bytes of before, and every text that was written
 * in their place. Whatever ends the process, each file is old or one of the texts noted here.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import type { RunCoverage } from '../../coverage/read-v8.ts';
import { readCoverage, writeCoverage } from '../../coverage/store.ts';
import type { Profile } from '../../timing/profile.ts';
import { ProfileError } from '../../timing/profile-error.ts';
import { readProfile, writeProfile } from '../../timing/store.ts';
import { CommandError } from '../surroundings.ts';

const strings = v.array(v.string());

const entrySchema = v.object({
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
});

const journalSchema = v.object({
  version: v.literal(1),
  startedAt: v.string(),
  state: v.picklist(['running', 'done']),
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
  leftOut: strings,
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

export class Journal {
  readonly #folder: string;
  readonly #root: string;
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
    const path = join(folder, 'journal.json');
    if (!existsSync(path)) return undefined;
    const result = v.safeParse(journalSchema, parse(path));
    if (!result.success) throw new ProfileError(`${path}: is no journal of this version: ${result.issues[0].message}.`);
    return new Journal(folder, root, result.output);
  }

  /** The one before is kept beside it, until the next one. */
  static begin(root: string, data: JournalData, baseline: Profile, coverage?: RunCoverage): Journal {
    const folder = Journal.folderIn(root);
    if (existsSync(folder)) {
      rmSync(`${folder}.previous`, { recursive: true, force: true });
      renameSync(folder, `${folder}.previous`);
    }
    mkdirSync(folder, { recursive: true });
    const journal = new Journal(folder, root, data);
    for (const { file, backup, before } of data.files) {
      const bytes = readFileSync(join(root, file));
      if (digest(bytes) !== before) throw new CommandError(`${file} was changed while the suite ran. Nothing is written; begin again.`);
      writeFileAtomic.sync(join(folder, backup), bytes);
    }
    writeProfile(journal.#baseline, baseline);
    if (coverage) writeCoverage(journal.#coverage, coverage);
    journal.#save();
    return journal;
  }

  get #baseline(): string {
    return join(this.#folder, 'baseline.json');
  }

  baseline(): Profile {
    return readProfile(this.#baseline);
  }

  get #coverage(): string {
    return join(this.#folder, 'coverage.json');
  }

  /** Of the suite as it was; undefined where there is nothing to compare with. */
  coverage(): RunCoverage | undefined {
    const read = this.data.coverage === undefined ? undefined : readCoverage(this.#coverage);
    return read && read.whole.size > 0 ? read : undefined;
  }

  change(change: Partial<JournalData>): void {
    this.data = { ...this.data, ...change };
    this.#save();
  }

  update(file: string, change: Partial<Entry>): void {
    this.change({ files: this.data.files.map((entry) => (entry.file === file ? { ...entry, ...change } : entry)) });
  }

  entry(file: string): Entry {
    const found = this.data.files.find((entry) => entry.file === file);
    if (!found) throw new Error(`${file} is not in the journal.`);
    return found;
  }

  original(file: string): Buffer {
    return readFileSync(join(this.#folder, this.entry(file).backup));
  }

  /** False when somebody else has changed the file: it is not touched then. */
  write(file: string, text: string): boolean {
    if (!this.isOurs(file)) return false;
    this.update(file, { written: [...this.entry(file).written, digest(text)] });
    writeFileAtomic.sync(join(this.#root, file), text);
    return true;
  }

  restore(file: string, force = false): Restored {
    const path = join(this.#root, file);
    const { before } = this.entry(file);
    if (digestOf(path) === before) return 'restored';
    // A test may have deleted it.
    if (!force && existsSync(path) && !this.isOurs(file)) return 'foreign';
    writeFileAtomic.sync(path, this.original(file));
    return 'restored';
  }

  isOurs(file: string): boolean {
    const now = digestOf(join(this.#root, file));
    const { before, written } = this.entry(file);
    return now === before || (now !== undefined && written.includes(now));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #save(): void {
    writeFileAtomic.sync(join(this.#folder, 'journal.json'), `${JSON.stringify(this.data, undefined, 1)}\n`);
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
