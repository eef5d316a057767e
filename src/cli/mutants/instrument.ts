/** Which mutants can be made of the source, and what is its text with one of them? */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tellingReached, withMutant } from '../../host/mutant-switches.ts';
import { CommandError } from '../surroundings.ts';

export interface Mutant {
  readonly id: string;
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

export interface Instrumented {
  readonly mutants: readonly Mutant[];
  /** By file: the text that tells which mutants are reached. Files without mutants are left out. */
  readonly telling: ReadonlyMap<string, string>;
  /** The text of a mutant's file with that mutant. */
  readonly textWith: (mutant: Mutant) => string;
  /** Files that the instrumenter cannot read. */
  readonly unread: readonly string[];
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** What is used of the package; it has no types for those who do not have it. */
interface Position {
  readonly line: number;
  readonly column: number;
}
interface StrykerMutant {
  readonly id: string;
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}
interface StrykerResult {
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly mutants: readonly StrykerMutant[];
}
interface StrykerInstrumenter {
  instrument(files: readonly { readonly name: string; readonly mutate: true; readonly content: string }[], options: object): Promise<StrykerResult>;
}
interface StrykerModule {
  readonly Instrumenter: new (logger: object) => StrykerInstrumenter;
}

export const PACKAGE = '@stryker-mutator/instrumenter';

const OPTIONS = { plugins: null, ignorers: [], excludedMutations: [] };
export async function loadInstrumenter(root: string): Promise<StrykerInstrumenter> {
  const path = [join(root, 'package.json'), import.meta.filename].map(resolvedFrom).find((found) => found !== undefined);
  if (path === undefined) throw new CommandError(`Mutants are made by ${PACKAGE}, which is not installed. It comes only where it is asked for:\n  npm install --save-dev ${PACKAGE}${Number(process.versions.node.split('.')[0]) < 22 ? '@9' : ''}`);
  const loaded = (await import(pathToFileURL(path).href)) as Partial<StrykerModule>;
  if (!loaded.Instrumenter) throw new CommandError(`${path}: This version of ${PACKAGE} is not known; 9 and 10 are.`);
  return new loaded.Instrumenter(SILENT);
}

const no = (): boolean => false;
const nothing = (): void => undefined;
const SILENT = {
  isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: no, isErrorEnabled: no, isFatalEnabled: no,
  trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing,
};

function resolvedFrom(file: string): string | undefined {
  try {
    return createRequire(file).resolve(PACKAGE);
  } catch {
    return undefined;
  }
}

export async function instrument(instrumenter: StrykerInstrumenter, sources: readonly SourceText[]): Promise<Instrumented> {
  const given = sources.map(({ file, text }) => ({ name: file, mutate: true, content: withoutBom(text) }) as const);
  const unread: string[] = [];
  let result: StrykerResult;
  try {
    result = await instrumenter.instrument(given, OPTIONS);
  } catch {
    // Which one was it?
    const readable: (typeof given)[number][] = [];
    for (const one of given) {
      try {
        await instrumenter.instrument([one], OPTIONS);
        readable.push(one);
      } catch {
        unread.push(one.name);
      }
    }
    result = await instrumenter.instrument(readable, OPTIONS);
  }
  const before = new Map(sources.map(({ file, text }) => [file, withoutBom(text).split(/(?<=\r\n|[\n\r\u2028\u2029])/)]));
  const mutants = result.mutants.filter(({ status }) => status !== 'Ignored').map((mutant): Mutant => {
    const { id, fileName: file, mutatorName: mutator, replacement, location } = mutant;
    return { id, file, line: location.start.line + 1, mutator, original: textAt(before.get(file) ?? [], location), replacement };
  });
  const switched = new Map(result.files.map(({ name, content }) => [name, content]));
  const telling = new Map<string, string>();
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const text = tellingReached(switched.get(file) ?? '', file);
    if (text === undefined) unread.push(file);
    else telling.set(file, unchecked(file, text));
  }
  return {
    mutants: mutants.filter(({ file }) => telling.has(file)),
    telling,
    textWith: ({ file, id }) => unchecked(file, withMutant(switched.get(file) ?? '', file, id) ?? ''),
    unread,
  };
}

function textAt(lines: readonly string[], { start, end }: StrykerMutant['location']): string {
  if (start.line === end.line) return (lines[start.line] ?? '').slice(start.column, end.column);
  return [(lines[start.line] ?? '').slice(start.column), ...lines.slice(start.line + 1, end.line), (lines[end.line] ?? '').slice(0, end.column)].join('');
}

/** A mutant may be of the wrong type, and shall run nevertheless. */
function unchecked(name: string, text: string): string {
  return /\.[cm]?tsx?$/.test(name) && !text.startsWith('#!') ? `// @ts-nocheck\n${text}` : text;
}

function withoutBom(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
