/** A title that names its tier: what is appended, and what has to be escaped for it, by runner and form. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Node } from '../analysis/nodes.ts';
import { unwrap } from '../analysis/nodes.ts';
import type { Edit } from './edit.ts';

/** `matches` -> `matches (%s)`; undefined when a table would read the title in another way than it stands there. */
export function tableTitle(analysis: Analysis, { runner, title }: Declaration): Edit | undefined {
  const node = title && unwrap(title);
  if (!node) return undefined;
  const { text } = analysis.reading.module.file;
  if (node.type === 'Literal' && typeof node.value === 'string') {
    const inner = escapePercent(text.slice(node.range[0] + 1, node.range[1] - 1), runner.name);
    const quote = text[node.range[0]] ?? '';
    return inner === undefined ? undefined : { range: node.range, text: `${quote}${inner} (%s)${quote}` };
  }
  // What a hole holds is only known when it runs: where the file writes placeholders, it may be one.
  if (PLACEHOLDER.test(text)) return undefined;
  return titleWith(analysis, node, ' (%s)');
}

const PLACEHOLDER = /%[a-zA-Z#$%]/;

/** Checked by running: Vitest 4 lets `%%` take an argument, Jest and bun print one `%` for it; bun drops a lone one. */
function escapePercent(title: string, runner: string): string | undefined {
  if (runner === 'jest') return title.replace(/%(?=[sdifjoOcp#$%])/g, '%%');
  if (runner === 'bun') return title.replaceAll('%', '%%');
  return /%[sdifjoOc#$%]|\$\d/.test(title) ? undefined : title;
}

/** Appends text that may hold `${…}`: a template gains a piece, anything else becomes a template. */
export function titleWith({ reading }: Analysis, title: Node, suffix: string): Edit | undefined {
  const { module } = reading;
  const node = unwrap(title);
  const { range } = node;
  const raw = module.file.text.slice(range[0], range[1]);
  switch (node.type) {
    case 'TemplateLiteral':
      return { range: [range[1] - 1, range[1]], text: `${suffix}\`` };
    case 'Literal': {
      if (typeof node.value !== 'string') return undefined;
      if (!suffix.includes('${')) return { range: [range[1] - 1, range[1]], text: `${suffix}${raw.at(-1) ?? ''}` };
      const inner = raw.slice(1, -1).replace(/\\(['"])/g, '$1').replace(/`|\$\{/g, '\\$&');
      return { range, text: `\`${inner}${suffix}\`` };
    }
    case 'Identifier': {
      const definition = module.variableOf(node)?.defs[0];
      // A class or function names its group; whether an import is one, the text does not tell.
      if (definition?.type === 'ClassName' || definition?.type === 'FunctionName') return { range, text: `\`\${${raw}.name}${suffix}\`` };
      if (definition?.type === 'ImportBinding' && /^[A-Z][a-z]/.test(raw)) return undefined;
      return { range, text: `\`\${${raw}}${suffix}\`` };
    }
    case 'MemberExpression':
    case 'CallExpression':
    case 'BinaryExpression':
      return { range, text: `\`\${${raw}}${suffix}\`` };
    default:
      return undefined;
  }
}
