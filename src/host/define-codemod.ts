/** The one adapter between codemods and jscodeshift. The text is parsed and rewritten by us, whatever `--parser` says. */
import { applyCodemod } from './apply-codemod.ts';
import type { CodemodDefinition } from './codemod.ts';
import type { Option } from './options.ts';
import { readOptions } from './options.ts';
import { projectSettings } from './project-settings.ts';

interface SourceFile {
  readonly path: string;
  readonly source: string;
}

/** What a transform is given; `stats` counts in dry runs only. */
interface Api {
  readonly report: (message: string) => void;
  readonly stats: (name: string, quantity?: number) => void;
}

export interface Codemod {
  (file: SourceFile, api: Api, options?: Readonly<Record<string, unknown>>): string | undefined;
  readonly definition: CodemodDefinition;
}

export function defineCodemod<const O extends Record<string, Option>>(given: CodemodDefinition<O>): Codemod {
  const definition = given as unknown as CodemodDefinition;
  const transform = ({ path, source }: SourceFile, api: Api, options: Readonly<Record<string, unknown>> = {}): string | undefined => {
    const { settings, root } = projectSettings(path);
    const result = applyCodemod(definition, { text: source, path }, { settings, root, options: readOptions(definition.options, options) });
    // jscodeshift counts a thrown error for this file, prints its message and goes on.
    if (result.type === 'error') throw new Error(result.message);
    if (result.type === 'no tests') return undefined;
    for (const { line, column, reason } of result.left) {
      api.report(`${line}:${column} left alone: ${reason}`);
      api.stats(`left alone: ${reason}`);
    }
    for (const { description } of result.changed) api.stats(description);
    // The same text counts as unmodified.
    return result.output ?? source;
  };
  return Object.assign(transform, { definition });
}
