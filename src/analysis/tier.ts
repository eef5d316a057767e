/** Which tier do the name of a file and a title say? */

export type Tier = 'unit' | 'integration' | 'comprehensive' | 'stress';

export interface Markers {
  readonly slow: string;
  readonly stress: string;
}

/** `name` is relative to the folder of package.json, with `/`. */
export function tierOfFile(name: string, files: Readonly<Record<'slow' | 'stress' | 'integration', RegExp>>): Tier {
  if (files.stress.test(name)) return 'stress';
  if (files.slow.test(name)) return 'comprehensive';
  return files.integration.test(name) ? 'integration' : 'unit';
}

export function tierOfTitle(title: string, { slow, stress }: Markers): Tier {
  if (hasToken(title, stress)) return 'stress';
  return hasToken(title, slow) ? 'comprehensive' : 'unit';
}

export function hasToken(title: string, marker: string): boolean {
  const at = title.indexOf(marker);
  return at >= 0 && !/[\w-]/.test(title[at + marker.length] ?? ' ');
}

const ORDER: readonly Tier[] = ['unit', 'integration', 'comprehensive', 'stress'];

export function slower(a: Tier, b: Tier): Tier {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}
