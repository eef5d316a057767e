/** One runner with its suite: linted, fixed, migrated, and its tiers run. What was computed is read from a file that the suite writes. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunnerCell } from './cells.ts';
import type { Project } from './project.ts';
import { writeFiles } from './project.ts';
import type { RunnerSuite } from './suites.ts';
import { RAN, suites, WORK } from './suites.ts';

export interface RunnerResult {
  /** Rules that report something of the suite, and those that still do after `eslint --fix`. */
  readonly reported: readonly string[];
  readonly left: readonly string[];
  /** `migrate`, or by hand with the codemods, and then why. */
  readonly rewrittenBy: 'migrate' | 'codemods';
  readonly reason?: string;
  /** What a tier computed: `exact` when only its own tests ran. */
  readonly fast: Tier;
  readonly slow: Tier;
}

/** `exact`: its tests and no others; `also others`: what has no filter runs everything, gated tests apart. */
type Tier = 'exact' | 'also others';

const CONFIG = "import slowTests from 'eslint-plugin-slow-tests';\n\nexport default [slowTests.configs.strict];\n";

export function runRunnerCell({ runner }: RunnerCell, project: Project): RunnerResult {
  const suite = suites[runner];
  if (!suite) throw new Error(`There is no suite for ${runner}.`);
  write(suite, project);
  const reported = rulesOf(project);
  if (reported.length !== 3) throw new Error(`Three rules should report, got ${reported.join(', ') || 'none'}.`);
  project.run('eslint', ['--fix', 'test']);
  const left = rulesOf(project);
  expectPass('the suite after `eslint --fix`', project.run('npm', ['test']));
  computed(project);

  write(suite, project);
  const { rewrittenBy, reason } = rewrite(suite, project);
  return { reported, left, rewrittenBy, ...(reason === undefined ? {} : { reason }), ...tiers(project) };
}

function write({ files, script, devDependency }: RunnerSuite, { folder, run }: Project): void {
  rmSync(join(folder, RAN), { force: true });
  const type = files['src/attention.js']?.includes('module.exports') ? 'commonjs' : 'module';
  writeFiles(folder, {
    'package.json': `${JSON.stringify({ private: true, type, scripts: { test: script }, devDependencies: devDependency === undefined ? {} : { [devDependency]: '*' } }, undefined, 2)}\n`,
    'eslint.config.mjs': CONFIG,
    '.gitignore': `.slow-tests/\n${RAN}\n`,
    ...files,
  });
  for (const args of [['init', '--quiet'], ['add', '.'], ['-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '--message', 'As it is']]) expectPass('git', run('git', args));
}

function rulesOf(project: Project): string[] {
  const { printed } = project.run('eslint', ['--format', 'json', 'test']);
  const json = printed.slice(printed.indexOf('['), printed.lastIndexOf(']') + 1);
  const results = JSON.parse(json) as readonly { readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[] }[];
  return [...new Set(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ruleId?.replace('slow-tests/', '') ?? message)))].sort();
}

/** By `migrate`; where it says that it can prove nothing, by the codemods themselves. */
function rewrite({ file }: RunnerSuite, project: Project): Pick<RunnerResult, 'rewrittenBy' | 'reason'> {
  const before = readFileSync(join(project.folder, file), 'utf8');
  const { exitCode, printed } = project.run('slow-tests', ['migrate']);
  computed(project);
  const isChanged = readFileSync(join(project.folder, file), 'utf8') !== before;
  if (exitCode === 0 && isChanged) return { rewrittenBy: 'migrate' };
  const reason = /^slow-tests: (.*?)(?: It printed at last:)?$/m.exec(printed)?.[1];
  if (isChanged || reason === undefined) throw new Error(`migrate ended with ${exitCode}:\n${printed}`);
  for (const codemod of ['tiered-fixtures', 'split-slow']) expectPass(codemod, project.run('slow-tests', [codemod, '--force', 'test']));
  return { rewrittenBy: 'codemods', reason };
}

/** Fast and slow run together compute everything that the suite computed before, and the fast run nothing of what is slow. */
function tiers(project: Project): Pick<RunnerResult, 'fast' | 'slow'> {
  const [fast, slow] = (['fast', 'slow'] as const).map((tier) => {
    expectPass(`slow-tests run ${tier}`, project.run('slow-tests', ['run', tier]));
    return computed(project);
  });
  if (!fast || !slow) throw new Error('There are two tiers.');
  const lost = WORK.all.filter((work) => !fast.includes(work) && !slow.includes(work));
  if (lost.length > 0) throw new Error(`Nobody computes ${lost.join(', ')} any more; fast: ${fast.join(', ')}; slow: ${slow.join(', ')}`);
  return { fast: fast.some((work) => WORK.slow.includes(work)) ? 'also others' : 'exact', slow: slow.every((work) => WORK.slow.includes(work)) ? 'exact' : 'also others' };
}

/** And forgets it. */
function computed({ folder }: Project): string[] {
  const log = join(folder, RAN);
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
  rmSync(log, { force: true });
  return lines;
}

function expectPass(what: string, { exitCode, printed }: { readonly exitCode: number; readonly printed: string }): void {
  if (exitCode !== 0) throw new Error(`${what} ended with ${exitCode}:\n${printed}`);
}
