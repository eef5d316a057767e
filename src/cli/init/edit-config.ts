/** Edits of configurations that are programs: the rules in ESLint's, the tags in Vitest's. What cannot be edited safely is left. */
import { builders, generateCode, parseModule } from 'magicast';
import { getDefaultExportOptions } from 'magicast/helpers';

const PLUGIN = 'eslint-plugin-slow-tests';
/** ms; what Vitest kills a slow test after. */
const SLOW_TIMEOUT = 30_000;

interface List {
  push(item: unknown): void;
}
type Arguments = List & readonly unknown[];

/** Undefined when the text is in no form that is known. */
export function withEslintEntry(text: string): string | undefined {
  if (text.includes(PLUGIN)) return text;
  const module = parse(text);
  const exported = (module?.exports as Readonly<Record<string, unknown>> | undefined)?.['default'] as { readonly $type?: string; readonly $callee?: string; readonly $args?: Arguments } | undefined;
  const list = exported?.$type === 'array' ? (exported as unknown as List) : isConfigCall(exported?.$callee) ? listOf(exported?.$args) : undefined;
  if (!module || !list) return undefined;
  module.imports.$append({ from: PLUGIN, imported: 'default', local: 'slowTests' });
  list.push(builders.raw('slowTests.configs.recommended'));
  return generateCode(module).code;
}

function isConfigCall(callee: string | undefined): boolean {
  return callee === 'defineConfig' || callee === 'tseslint.config';
}

/** `defineConfig([…])` and `defineConfig(…, …)`. */
function listOf(given: Arguments | undefined): List | undefined {
  const first = given?.[0] as { readonly $type?: string } | undefined;
  return first?.$type === 'array' ? (first as unknown as List) : given;
}

interface VitestOptions {
  readonly $type?: string;
  test?: { tags?: { readonly name: string; readonly timeout?: number }[] };
}

/** Undefined when the text is in no form that is known. */
export function withSlowTag(text: string): string | undefined {
  const module = parse(text);
  if (!module) return undefined;
  try {
    const options = getDefaultExportOptions(module) as VitestOptions;
    if (options.$type !== 'object') return undefined;
    options.test ??= {};
    options.test.tags ??= [];
    const { tags } = options.test;
    if ([...tags].some(({ name }) => name === 'slow')) return text;
    tags.push({ name: 'slow', timeout: SLOW_TIMEOUT });
    return generateCode(module).code;
  } catch {
    return undefined;
  }
}

function parse(text: string): ReturnType<typeof parseModule> | undefined {
  try {
    return parseModule(text);
  } catch {
    return undefined;
  }
}
