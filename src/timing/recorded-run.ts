/** What one run of a suite, or one report of it, says of each test: the common form of all readers. */
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { OutsidePart } from './profile.ts';
import { isInside } from './profile-schema.ts';
import type { MeasuredTest, OutsideTimes } from './reporters/sink.ts';

export type { MeasuredTest, OutsideTimes };

export interface RecordedFile {
  readonly tests: readonly MeasuredTest[];
  readonly outside: OutsideTimes;
}

export interface RecordedRun {
  readonly runner?: string | undefined;
  /** From start to end, where it is known. */
  readonly wall?: number | undefined;
  /** By path relative to the project, with `/`. */
  readonly files: ReadonlyMap<string, RecordedFile>;
  /** Files that lie outside the project, or have no name: nothing can be said of them. */
  readonly strangers: ReadonlySet<string>;
}

interface OpenFile {
  tests: MeasuredTest[];
  outside: Partial<Record<OutsidePart, number>>;
}

/** Collects a run; paths are what the runner says, absolute, relative to `root`, or an address. */
export class RunRecorder {
  readonly #root: string;
  readonly #files = new Map<string, OpenFile>();
  readonly #names = new Map<string, string | undefined>();
  readonly #strangers = new Set<string>();
  readonly #elsewhere: boolean;

  /** `elsewhere`: it may have been recorded on another machine, where the project lay in another folder. */
  constructor(root: string, { elsewhere }: { readonly elsewhere: boolean }) {
    this.#root = root;
    this.#elsewhere = elsewhere;
  }

  addTest(path: string, test: MeasuredTest): void {
    this.#file(path)?.tests.push(test);
  }

  /** The file runs again. */
  forget(path: string): void {
    const file = this.#file(path);
    if (!file) return;
    file.tests = [];
    file.outside = {};
  }

  addOutside(path: string, times: OutsideTimes): void {
    const file = this.#file(path);
    if (!file) return;
    for (const [part, time] of Object.entries(times) as [OutsidePart, number][]) file.outside[part] = (file.outside[part] ?? 0) + time;
  }

  finish({ runner, wall }: { readonly runner?: string | undefined; readonly wall?: number | undefined }): RecordedRun {
    return { runner, wall, files: this.#files, strangers: this.#strangers };
  }

  #file(path: string): OpenFile | undefined {
    if (!this.#names.has(path)) this.#names.set(path, this.#nameOf(path));
    const name = this.#names.get(path);
    if (name === undefined) return undefined;
    const file = this.#files.get(name) ?? { tests: [], outside: {} };
    this.#files.set(name, file);
    return file;
  }

  #nameOf(path: string): string | undefined {
    const name = relativeName(path, this.#root);
    if (name !== '' && isInside(name)) return name;
    const moved = this.#elsewhere ? this.#sameFileHere(path) : undefined;
    if (moved !== undefined) return moved;
    this.#strangers.add(path);
    return undefined;
  }

  /** `test/a.test.ts` of `/builds/acme/web/app/test/a.test.ts`: the longest end of the path that is a file of this project. */
  #sameFileHere(path: string): string | undefined {
    const parts = path.split(/[\\/]/).filter(Boolean);
    const ends = parts.map((_part, index) => parts.slice(index + 1).join('/')).filter(isInside);
    return ends.find((end) => existsSync(join(this.#root, end)));
  }
}

function relativeName(path: string, root: string): string {
  const plain = path.startsWith('file://') ? decodeAddress(path) : path;
  if (/^[A-Za-z]:[\\/]/.test(plain) && process.platform !== 'win32') return plain;
  const inside = plain === '' ? '' : relative(root, isAbsolute(plain) ? plain : resolve(root, plain));
  return process.platform === 'win32' ? inside.replaceAll('\\', '/') : inside;
}

function decodeAddress(address: string): string {
  try {
    return decodeURIComponent(new URL(address).pathname).replace(/^\/(?=[A-Za-z]:)/, '');
  } catch {
    return '';
  }
}
