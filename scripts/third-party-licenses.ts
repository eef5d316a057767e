/**
 * A plugin of the build that gathers which packages end up in the bundles, and writes `dist/THIRD-PARTY-LICENSES.txt` with their licences. A package
 * without a licence text, or with a licence that nobody has looked at yet, fails the build.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Those that ask for no more than their text in the package. */
const ACCEPTED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0'];
const FILE = 'THIRD-PARTY-LICENSES.txt';
/** Packages whose own bundle holds others that their text does not name. */
const INSIDE: Readonly<Record<string, string>> = {
  magicast: 'Its bundle holds recast (Copyright (c) 2012 Ben Newman <bn@cs.stanford.edu>) and ast-types (Copyright (c) 2013 Ben Newman\n<bn@cs.stanford.edu>), both under the same terms as itself.',
};

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

interface Chunk {
  readonly moduleIds?: readonly string[];
}

/** One for all bundles of a build: each one writes what all have gathered so far, so the last one writes everything. */
export function thirdPartyLicenses(folder: string): { readonly name: string; generateBundle(options: object, bundle: Readonly<Record<string, Chunk>>): void } {
  const packages = new Map<string, string>();
  return {
    name: 'third-party-licenses',
    generateBundle(_options, bundle) {
      for (const { moduleIds = [] } of Object.values(bundle)) {
        for (const id of moduleIds) {
          const home = packageFolder(id);
          if (home !== undefined) packages.set(home, noticeOf(home));
        }
      }
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, FILE), `This package contains code of the following packages.\n\n${[...packages.values()].sort().join('\n')}`);
    },
  };
}

/** The folder of the package that a module belongs to; undefined for a module of this project. */
export function packageFolder(id: string): string | undefined {
  return /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1];
}

function noticeOf(home: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Package;
  if (!ACCEPTED.includes(license)) throw new Error(`${name} is under ${license}, which nobody has looked at.`);
  const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no text of its licence.`);
  const inside = INSIDE[name];
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n${inside === undefined ? '' : `${inside}\n`}\n${readFileSync(join(home, file), 'utf8').trim()}\n`;
}
