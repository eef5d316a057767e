/**
 * The one adapter between facts and ESLint. Merges option defaults itself (ESLint 8.57 ignores `meta.defaultOptions`), reads
 * settings, asks the analysis once per file, and turns rewrites into fixes and suggestions.
 */
import type { Rule, AST } from 'eslint';
import packageJson from '../../package.json' with { type: 'json' };
import type { TSESTree } from '@typescript-eslint/utils';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { Analysis } from '../analysis/analyze.ts';
import { analyzeFile } from '../analysis/analyze.ts';
import type { Range } from '../analysis/nodes.ts';
import { readSettings, SettingsError } from '../analysis/settings.ts';
import type { Settings } from '../analysis/settings.ts';
import type { Edit, Rewrite } from '../rewrites/edit.ts';
import { literalTypes } from './literal-types.ts';
import type { Measured } from './measured.ts';
import { measuredIn } from './measured.ts';
import type { Option, OptionsOf, OptionValue } from './options.ts';
import { defaultsOf } from './options.ts';

/** Beside the rule's description, `configs.recommended` and `configs.strict` are derived from this. */
export interface RuleDefinition<O extends Record<string, Option> = Record<string, Option>, M extends string = string> {
  readonly name: string;
  readonly description: string;
  readonly recommended: boolean;
  /** Options that `configs.strict` sets. */
  readonly strict?: Partial<OptionsOf<O>>;
  readonly fixable: boolean;
  readonly hasSuggestions: boolean;
  readonly options: O;
  readonly messages: Readonly<Record<M, string>>;
  check(input: {
    readonly analysis: Analysis;
    readonly options: OptionsOf<O>;
    readonly settings: Settings;
    /** What a profile says about the tests of this file. */
    readonly measured: Measured;
    readonly report: (
      messageId: M,
      fact: { readonly range: Range },
      data: Readonly<Record<string, string | number>>,
      rewrites?: readonly Rewrite[],
    ) => void;
  }): void;
}

/** The pages travel in the package, so that each version leads to its own. */
const DOCS_URL = `https://unpkg.com/${packageJson.name}@${packageJson.version}/docs/rules`;
export type SlowTestsRule = Rule.RuleModule & { readonly definition: RuleDefinition };

export function defineRule<const O extends Record<string, Option>, M extends string>(definition: RuleDefinition<O, M>): SlowTestsRule {
  const defaults: Record<string, OptionValue> = defaultsOf(definition.options);
  const meta: Rule.RuleMetaData = {
    type: 'suggestion',
    docs: { description: definition.description, recommended: definition.recommended, url: `${DOCS_URL}/${definition.name}.md` },
    ...(definition.fixable ? { fixable: 'code' } : {}),
    hasSuggestions: definition.hasSuggestions,
    schema: Object.keys(definition.options).length === 0 ? [] : [schemaOf(definition.options)],
    defaultOptions: Object.keys(definition.options).length === 0 ? [] : [defaults],
    messages: { ...definition.messages, rewrite: '{{description}}', settings: '{{problem}}' },
  };
  return {
    meta,
    definition: definition as unknown as RuleDefinition,
    create(context) {
      return { Program: () => runCheck(context, definition, defaults) };
    },
  };
}

function schemaOf(options: Record<string, Option>): Record<string, unknown> {
  const properties = Object.entries(options).map(([name, { type, description, minimum, values }]) => {
    const common = { description };
    if (type === 'strings') return [name, { ...common, type: 'array', items: { type: 'string' }, uniqueItems: true }];
    return [name, { ...common, type, ...(minimum === undefined ? {} : { minimum }), ...(values ? { enum: values } : {}) }];
  });
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

/** Files whose settings have been found wrong: one rule says it for all. */
const complained = new WeakSet<object>();

function runCheck<O extends Record<string, Option>, M extends string>(
  context: Rule.RuleContext,
  definition: RuleDefinition<O, M>,
  defaults: Record<string, OptionValue>,
): void {
  const { sourceCode } = context;
  const given: unknown = context.options[0];
  const options = { ...defaults, ...(typeof given === 'object' ? given : {}) } as OptionsOf<O>;
  let settings: Settings;
  try {
    settings = readSettings(context.settings);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    if (complained.has(sourceCode.ast)) return;
    complained.add(sourceCode.ast);
    context.report({ loc: { line: 1, column: 0 }, messageId: 'settings', data: { problem: error.message } });
    return;
  }
  const scopes = sourceCode.scopeManager as unknown as ScopeManager | null;
  const ast = sourceCode.ast as unknown as TSESTree.Program;
  if (!scopes?.globalScope || !Array.isArray(ast.body)) return;
  const path = context.physicalFilename || context.filename;
  const analysis = analyzeFile({ ast, scopes, text: sourceCode.text, path, literalTypeOf: settings.types ? literalTypes(sourceCode.parserServices) : undefined }, settings, context.cwd);
  if (!analysis) return;
  definition.check({
    analysis,
    options,
    settings,
    measured: measuredIn(analysis, settings, context.cwd),
    report(messageId, { range }, data, rewrites = []) {
      const proven = definition.fixable ? rewrites.find((rewrite) => rewrite.type === 'edits' && rewrite.isProven) : undefined;
      const others = rewrites.filter((rewrite) => rewrite.type === 'edits' && (!definition.fixable || !rewrite.isProven));
      context.report({
        loc: { start: sourceCode.getLocFromIndex(range[0]), end: sourceCode.getLocFromIndex(range[1]) },
        messageId,
        data: textsOf(data),
        fix: proven?.type === 'edits' ? (fixer) => toFixes(fixer, proven.edits) : null,
        suggest: definition.hasSuggestions
          ? others.flatMap((rewrite) =>
              rewrite.type === 'edits'
                ? [{ messageId: 'rewrite', data: { description: rewrite.description }, fix: (fixer: Rule.RuleFixer) => toFixes(fixer, rewrite.edits) }]
                : [],
            )
          : [],
      });
    },
  });
}

function textsOf(data: Readonly<Record<string, string | number>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const key in data) texts[key] = String(data[key]);
  return texts;
}

function toFixes(fixer: Rule.RuleFixer, edits: readonly Edit[]): Rule.Fix[] {
  return edits.map(({ range, text }) => fixer.replaceTextRange([range[0], range[1]] as AST.Range, text));
}
