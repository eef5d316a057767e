/** Does a command start the command line of a package of this project, and does that one build or launch a browser? */
import { relative, resolve, dirname } from 'node:path';
import { BROWSER_DRIVER, BUILD_COMMAND, BUILD_VERB, ONLY_TALKS } from '../knowledge/commands.ts';
import type { CostIndex } from './cost-lookup.ts';
import type { ExpensiveKind } from './facts.ts';
import type { PackageInfo } from './neighbours.ts';
import { packageOf } from './neighbours.ts';

/** What a command does that takes long, and the words which say so. */
export interface BuildCommand {
  readonly kind: ExpensiveKind;
  readonly text: string;
}

/** A command starts with its program; what is given to it comes later. */
const MAX_WORDS_BEFORE = 5;
const STARTS_NEXT = /^(?:npx|bunx|exec|dlx|run|yarn|pnpm|bun|--no-install|--no|--yes|-y|--)$/;
/** Commands that only talk, where they come first. */
const TALKS = /^(?:help|version|configtest|[hiv])$/;
/** A page or a file; a word alone would be a command that need not show anything. */
const SHOWN = /\/|\.[a-z]{2,5}$/;
const OF_BUILDING = /^(?:\.{0,2}|…|dist|lib|build|out|src|esm|cjs)$/;

/** May a file next to this package.json start a command of its own that takes long? */
export function hasLongCommand(info: PackageInfo, costs: CostIndex): boolean {
  return info.commands.size > 0 && (costs.expectedOf(info.needs).builds || costs.expectedOf(info.brings).compiles || (info.name !== undefined && costs.isMaker(info.name)) || drivesBrowser(info) || [...info.commands.keys()].some((name) => isBuilder(name)));
}

/** `more` is what a helper is called with that starts the command; without, the words are all that is known. */
export function ownCommandOf(from: string, command: string, more: readonly string[] | undefined, costs: CostIndex): BuildCommand | undefined {
  const words = command.split(' ').filter((word) => word !== '');
  for (const [index, word] of words.slice(0, MAX_WORDS_BEFORE).entries()) {
    const before = words[index - 1];
    const tool = /[/\\]|\.[cm]?[jt]s$/.test(word) ? toolAt(from, word) : before === undefined || STARTS_NEXT.test(before) ? toolNamed(from, word) : undefined;
    if (tool) return workOf(tool, words.slice(index + 1), more, costs);
  }
  return undefined;
}

interface Tool {
  readonly name: string;
  readonly info: PackageInfo;
}

function toolNamed(from: string, name: string): Tool | undefined {
  const info = packageOf(from);
  return info?.commands.has(name) === true ? { name, info } : undefined;
}

/** A path is read from the folder of the file; one whose beginning nobody knows has to end like a command. */
function toolAt(from: string, word: string): Tool | undefined {
  const path = resolve(dirname(from), word.replace(/^…\/*/, ''));
  for (const info of new Set([packageOf(path), packageOf(from)])) {
    if (info === undefined || info.commands.size === 0) continue;
    const inside = partsOf(relative(info.folder, path));
    const written = /^(?:…|\.{1,2})\//.test(word) || word.includes('/') ? partsOf(word) : undefined;
    for (const [name, started] of info.commands) {
      const parts = partsOf(started);
      // `dist/generate.js` is what `bin/generate.js` starts; tests run in the folder of package.json.
      if (parts === inside || (parts === written && parts !== 'index') || inside === name || started.replace(/^\.\//, '') === word) return { name, info };
    }
  }
  return undefined;
}

/** `bin/cli` of `./dist/src/bin/cli.js`. */
function partsOf(path: string): string {
  return path.replace(/\.[cm]?[jt]s$/, '').split(/[\\/]/).filter((part) => !OF_BUILDING.test(part)).join('/');
}

function workOf({ name, info }: Tool, written: readonly string[], more: readonly string[] | undefined, costs: CostIndex): BuildCommand | undefined {
  const isWhole = !written.includes('…');
  const known = [...written, ...(isWhole ? [] : (more ?? []))].filter((word) => !/^[./…]+$/.test(word));
  if (ONLY_TALKS.test(known.join(' ')) || known.slice(0, 2).some((word) => TALKS.test(word))) return undefined;
  if ((isWhole || more !== undefined) && (isBuilder(name, known.join(' ')) || isOfMaker(info, name, costs))) return { kind: 'build', text: name };
  const verb = costs.expectedOf(info.needs).builds ? known.find((word) => BUILD_VERB.test(word)) : undefined;
  if (verb !== undefined) return { kind: 'build', text: `${name} ${verb}` };
  const isGiven = !/^[a-z][a-z-]*$/.test(known[0] ?? '') && known.some((word) => SHOWN.test(word));
  if (isGiven && costs.expectedOf(info.brings).compiles) return { kind: 'build', text: name };
  return isGiven && drivesBrowser(info) ? { kind: 'launch', text: name } : undefined;
}

/** The command line of a compiler or of a bundler around another one compiles, but for that of a framework, which has to be told to. */
function isOfMaker(info: PackageInfo, name: string, costs: CostIndex): boolean {
  const isMaker = (info.name !== undefined && costs.isMaker(info.name)) || (info.saysBuilds && costs.expectedOf(info.needs).builds);
  return isMaker && !isBuilder(name, 'build');
}

function isBuilder(name: string, given = ''): boolean {
  return BUILD_COMMAND.exec(`${name} ${given}`)?.index === 0;
}

function drivesBrowser({ needs }: PackageInfo): boolean {
  return [...needs].some((name) => BROWSER_DRIVER.test(name));
}
