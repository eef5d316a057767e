/** What an installation of the plugin brings along, without ESLint: which packages, and how many bytes. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface InstallSize {
  readonly platform: string;
  readonly packages: readonly { readonly name: string; readonly version: string; readonly kilobytes: number }[];
}

/** The plugin, and the parser that reads the files next door: no linter, no Babel, no TypeScript. */
const EXPECTED = /^(?:eslint-plugin-slow-tests|oxc-parser|@oxc-parser\/binding-[\w-]+|@oxc-project\/types)$/;
const LIMIT_KILOBYTES = 12_000;

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
}

/** Throws when it grew, or brought something else. */
export function measureInstall(folder: string): InstallSize {
  const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as Lock;
  const found = Object.entries(packages).map(([path, { version }]) => ({ name: path.replace(/^.*node_modules\//, ''), version, kilobytes: Math.round(bytesOf(join(folder, path)) / 1000) }));
  const others = found.filter(({ name }) => !EXPECTED.test(name)).map(({ name }) => name);
  if (others.length > 0) throw new Error(`The installation also brings ${others.join(', ')}.`);
  const total = found.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
  if (total > LIMIT_KILOBYTES) throw new Error(`The installation takes ${total} kB, more than ${LIMIT_KILOBYTES} kB.`);
  return { platform: `${process.platform} ${process.arch}`, packages: found };
}

function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
