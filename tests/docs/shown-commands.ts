/** Whether a command that a page shows is there: subcommands and options of ours, scripts, files, runners. */
import { existsSync } from 'node:fs';
import { createProgram } from '../../src/cli/program.ts';
import { splitCommand } from '../../src/timing/split-command.ts';
import { recogniseCommand } from '../../src/timing/suite-command.ts';
import packageJson from '../../package.json' with { type: 'json' };

const quiet = { write: () => true };
/** Of a reader's own project, by the recipes and pages that show them. */
const READERS_SCRIPTS = ['test', 'test:fast', 'test:slow'];
const PLAIN = ['cd', 'echo', 'git', 'test'];

/** What is wrong with each command of some lines of a shell. */
export async function complaintsOf(text: string): Promise<string[]> {
  const lines = text.replaceAll('\\\n', ' ').split('\n').map((line) => line.replace(/(?:^|\s)#.*$/, '').replace(/\$\{\{.*?\}\}/g, '1').trim()).filter(Boolean);
  const calls = lines.flatMap((line) => {
    const inner = [...line.matchAll(/\$\(([^()]*)\)/g)].map(([, call = '']) => call);
    const outer = line.replace(/\$\([^()]*\)/g, 'x').replace(/\s*>>?\s*\S+$/, '');
    return [...inner, outer].flatMap(splitCommand);
  });
  const complaints = await Promise.all(calls.map(complaintOf));
  return complaints.filter((complaint) => complaint !== undefined);
}

async function complaintOf(words: readonly string[]): Promise<string | undefined> {
  const [program = '', ...rest] = words;
  const typed = words.join(' ');
  if (PLAIN.includes(program)) return undefined;
  if (program === 'npx') return rest[0] === '--yes' ? complaintOf(rest.slice(1)) : complaintOf(rest);
  if (program === 'slow-tests' || program === packageJson.name) return ownComplaint(rest);
  if (program === 'npm') return npmComplaint(rest);
  if (program === 'bash' || program === 'tsx') return existsSync(rest[0] ?? '') ? undefined : `${typed}: there is no such file`;
  if (program === 'tsc') return undefined;
  if (program === 'jscodeshift') {
    const transform = rest[rest.indexOf('-t') + 1]?.replace(`node_modules/${packageJson.name}/`, '') ?? '';
    // A bare name is the file that `init --transforms` writes.
    return existsSync(`${transform.includes('/') ? '' : 'codemods/'}${transform}/index.js`) ? undefined : `${typed}: there is no such transform`;
  }
  if (program === 'vitest' && rest.some((word) => word.startsWith('tests/'))) {
    const missing = rest.filter((word) => word.startsWith('tests/') && !existsSync(word));
    // The walk-throughs of CONTRIBUTING.md write files of their own.
    return missing.every((file) => /endless-timeout|pacer/.test(file)) ? undefined : `${typed}: there is no ${missing.join(', ')}`;
  }
  return recogniseCommand(words, '/nowhere') ? undefined : `${typed}: nobody knows this command`;
}

async function ownComplaint(words: readonly string[]): Promise<string | undefined> {
  const [name = '', ...given] = words;
  const program = await createProgram(words, { cwd: '.', environment: {}, output: quiet, progress: quiet }, () => undefined);
  const command = program.commands.find((known) => known.name() === name);
  if (!command) return `slow-tests ${name}: there is no such command`;
  const end = given.indexOf('--');
  const own = end < 0 ? given : given.slice(0, end);
  const known = command.options.flatMap(({ long, short }) => [long, short]);
  const unknown = own.map((word) => word.replace(/=.*$/, '')).filter((word) => /^--?[a-z]/.test(word) && !known.includes(word));
  if (unknown.length > 0) return `slow-tests ${name}: there is no ${unknown.join(', ')}`;
  const rest = end < 0 ? [] : given.slice(end + 1);
  return rest.length === 0 || rest[0]?.startsWith('-') ? undefined : complaintOf(rest);
}

function npmComplaint([verb = '', script = '']: readonly string[]): string | undefined {
  if (['ci', 'test', 'install', 'publish', 'audit'].includes(verb)) return undefined;
  const scripts = [...Object.keys(packageJson.scripts), ...READERS_SCRIPTS];
  return verb === 'run' && scripts.includes(script) ? undefined : `npm ${verb} ${script}: there is no such script`;
}
