/**
 * How a program is written down. The grammar writes `«text»` for a string, `‹: number›` for what only TypeScript has, `°` where a
 * comment or a line break may stand, two spaces for a step, and a semicolon after each statement; here that becomes somebody's style.
 */
import type { Choices } from './choices.ts';

export interface Style {
  readonly quote: string;
  readonly hasSemicolons: boolean;
  readonly step: string;
  readonly newline: string;
  readonly bom: string;
  readonly isTypeScript: boolean;
  readonly isOdd: boolean;
}

export function styleFrom(choices: Choices, isTypeScript: boolean): Style {
  return {
    quote: choices.pick(["'", '"', "'", '`']),
    hasSemicolons: !choices.once(4),
    step: choices.pick(['  ', '    ', '\t', '   ']),
    newline: choices.once(5) ? '\r\n' : '\n',
    bom: choices.once(8) ? '\uFEFF' : '',
    isTypeScript,
    isOdd: choices.once(3),
  };
}

const ODD = ['', '', '', '', '', '', ' ', '/* odd */', ' /* it(\'a\', () => {}) */ ', '\n', '/* é 😀 */', '// to the end\n'];

export function writeDown(text: string, style: Style, choices: Choices): string {
  const written = text
    .replace(/°/g, () => (style.isOdd ? choices.pick(ODD) : ''))
    .replace(/‹([^›]*)›/g, (_all, type: string) => (style.isTypeScript ? type : ''))
    .replace(/«([^»]*)»/g, (_all, inner: string, at: number) => quoted(inner, text.slice(0, at), style.quote))
    .replace(/^(?: {2})+/gm, (spaces) => style.step.repeat(spaces.length / 2));
  const ended = style.hasSemicolons ? written : written.replace(/(?<![;{}]\s*);(?=\n(?!\s*[[(`+/*-]))/g, '');
  return style.bom + ended.replaceAll('\n', style.newline);
}

/** Imports, keys and types take no template. */
function quoted(inner: string, before: string, quote: string): string {
  const mark = quote === '`' && /(?:from|import|as|:|\||module|<) ?$/.test(before.slice(-8)) ? "'" : quote;
  return mark + inner + mark;
}
