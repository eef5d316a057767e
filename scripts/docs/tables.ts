/** Tables and heads of the documentation, computed from the rules, runners and cost rows themselves. */
import type { Linter } from 'eslint';
import { allCodemods } from '../../codemods/all.ts';
import plugin from '../../src/index.ts';
import type { RuleDefinition, SlowTestsRule } from '../../src/host/define-rule.ts';
import type { Option } from '../../src/host/options.ts';
import type { CostKind, CostRow } from '../../src/knowledge/cost-row.ts';
import { allCostRows } from '../../src/knowledge/costs/all.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import type { Filter, Runner } from '../../src/knowledge/runner.ts';
import { allRunners } from '../../src/knowledge/runners/all.ts';
import { quoteWords } from '../../src/timing/quote-words.ts';
import { selectTier } from '../../src/timing/select.ts';

export const NAMESPACE = plugin.meta.namespace;

export const definitions: readonly RuleDefinition[] = Object.values(plugin.rules)
  .map((rule) => (rule as SlowTestsRule).definition)
  .sort((a, b) => a.name.localeCompare(b.name));

export function ruleHead(definition: RuleDefinition): string {
  const { name, description, fixable, hasSuggestions, options } = definition;
  return [
    `# ${NAMESPACE}/${name}`,
    description,
    [`In the configurations ${configsOf(name).join(' and ')}.`, fixable ? FIXABLE : '', hasSuggestions ? SUGGESTS : ''].filter(Boolean).join('\\\n'),
    optionsTable(options),
  ].join('\n\n');
}

const FIXABLE = '🔧 `eslint --fix` mends what is proven to be safe.';
const SUGGESTS = '💡 Editors offer suggestions for what a person must look at.';

/** Membership is read from the configurations that users get, not from the rule. */
function configsOf(name: string): string[] {
  return Object.entries(plugin.configs).flatMap(([config, { rules = {} }]: [string, Linter.Config]) => {
    const entry = rules[`${NAMESPACE}/${name}`];
    if (entry === undefined) return [];
    const [severity, options] = Array.isArray(entry) ? entry : [entry];
    return [`\`${config}\` (${severity === 'warn' ? 'a warning' : 'an error'}${options ? `, with \`${JSON.stringify(options)}\`` : ''})`];
  });
}

function optionsTable(options: Readonly<Record<string, Option>>): string {
  const rows = Object.entries(options).map(([name, option]) => [
    `\`${name}\``,
    typeOf(option),
    `\`${JSON.stringify(option.default)}\``,
    option.description,
  ]);
  return rows.length === 0 ? 'It has no options.' : table(['option', 'type', 'default', 'meaning'], rows);
}

export function typeOf({ type, minimum, values }: Option): string {
  if (values) return values.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  const name = type === 'strings' ? 'array of strings' : type;
  return minimum === undefined ? name : `${name}, ${minimum} or more`;
}

export function rulesTable(): string {
  const rows = definitions.map(({ name, description, fixable, hasSuggestions }) => [
    `[${name}](docs/rules/${name}.md)`,
    description,
    isIn('recommended', name),
    isIn('strict', name),
    [fixable ? '🔧' : '', hasSuggestions ? '💡' : ''].filter(Boolean).join(' '),
  ]);
  return table(['rule', 'what it does', '`recommended`', '`strict`', ''], rows);
}

function isIn(config: keyof typeof plugin.configs, name: string): string {
  return plugin.configs[config].rules?.[`${NAMESPACE}/${name}`] === undefined ? '' : 'yes';
}

export function codemodsTable(): string {
  return table(['codemod', 'what it does'], allCodemods.map(({ name, description }) => [`[${name}](docs/codemods.md#${name})`, description]));
}

const MARKERS = readSettings(undefined).marker;

/** Each selection of each runner, with what it needs. */
export function selectionsTable(runners: readonly Runner[] = allRunners): string {
  const rows = runners.flatMap((runner) =>
    runner.command.selections.map((selection) => {
      const { since, tags = [] } = selection;
      const alone: Runner = { ...runner, command: { ...runner.command, selections: [selection] } };
      const calls = TIERS.map((tier) => commandOf(runner, selectTier(alone, tier, { markers: MARKERS, declares: () => true })));
      const program = runner.command.words[0] === 'node' ? 'Node' : runner.name;
      const needs = [since === undefined ? '' : `${program} ${since.replace(/\.0$/, '')}`, tags.length === 0 ? '' : `tags ${tags.map((tag) => `\`${tag.replace(/^\$(\w+)Tag$/, '$1')}\``).join(' and ')} declared`];
      return [runner.name, needs.filter(Boolean).join(', '), ...calls];
    }),
  );
  return table(['runner', 'needs', ...TIERS], rows);
}

const TIERS = ['fast', 'slow', 'stress'] as const;

/** A runner without selections cannot choose tests by their titles. */
function commandOf({ command }: Runner, calls: readonly Filter[] | undefined): string {
  return calls?.map((filter) => `\`${quoteWords([...command.words, ...filter], 'posix')}\``).join(', then ') ?? 'no filter by title: use `*.slow.*` files or an environment variable';
}

/** A record, so that a new kind has to be put somewhere. */
const GROUPS: Readonly<Record<CostKind, string>> = {
  tensor: 'tensors, buffers and samples by size',
  buffer: 'tensors, buffers and samples by size',
  samples: 'tensors, buffers and samples by size',
  layer: 'layers and models by weights',
  model: 'layers and models by weights',
  compile: 'compiles',
  build: 'builds',
  session: 'sessions and contexts',
  load: 'model loads',
  launch: 'launches',
  deploy: 'deployments',
  prove: 'proofs',
  train: 'training and other long runs',
  run: 'training and other long runs',
  cheap: 'look-alikes known to be cheap',
};

export function librariesTable(): string {
  const groups = new Map<string, Set<string>>(Object.values(GROUPS).map((group) => [group, new Set()]));
  for (const row of allCostRows) for (const library of librariesOf(row)) groups.get(GROUPS[row.kind])?.add(library);
  const rows = [...groups].map(([group, libraries]) => [group, gathered(libraries).map((name) => `\`${name}\``).join(' ')]);
  return table(['what is known', 'libraries'], rows);
}

/** Packages of one scope stand as one, where there are many. */
function gathered(libraries: ReadonlySet<string>): string[] {
  const scopes = new Map<string, number>();
  const scopeOf = (library: string) => (library.startsWith('@') ? library.split('/', 1)[0] : undefined) ?? library;
  for (const library of libraries) scopes.set(scopeOf(library), (scopes.get(scopeOf(library)) ?? 0) + 1);
  const names = [...libraries].map((library) => ((scopes.get(scopeOf(library)) ?? 0) > 2 ? `${scopeOf(library)}/…` : library));
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}

/** Packages without their subpaths; a global by its first name. */
function librariesOf({ module, export: path }: CostRow): string[] {
  if (module === undefined) return [path.split(/[.(]/, 1)[0] ?? path];
  return (typeof module === 'string' ? [module] : module).map((specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
