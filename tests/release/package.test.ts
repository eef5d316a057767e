// What is published: the files of the tarball, what they weigh, what they load, and whose code is in them.
import { execFileSync } from 'node:child_process';
import { builtinModules } from 'node:module';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import plugin from '../../src/index.ts';
import { packageFolder, thirdPartyLicenses } from '../../scripts/third-party-licenses.ts';

const MB = 1_000_000;
const ALLOWED = [
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/[\w-]+\.(?:cjs|mjs|d\.cts|d\.mts)$/,
  /^dist\/report-page\.iife\.js$/,
  /^dist\/THIRD-PARTY-LICENSES\.txt$/,
  /^codemods\/[\w-]+\/index\.js$/,
  /^schema\/profile\.schema\.json$/,
  /^docs\/(?:[\w-]+\/)*[\w:.-]+\.md$/,
];
const LICENSES = 'dist/THIRD-PARTY-LICENSES.txt';
const built = (name: string): string => readFileSync(join('dist', name), 'utf8');

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

// The build comes first: `npm test` begins with it.
const isBuilt = existsSync('dist/index.mjs');

describe.skipIf(!isBuilt)('the tarball', () => {
  let packed: Packed;
  let paths: readonly string[] = [];
  beforeAll(() => {
    const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' });
    [packed] = JSON.parse(printed) as [Packed];
    paths = packed.files.map(({ path }) => path);
  }, 60_000);

  it('holds nothing but what is asked for: no sources, no maps, no tests', () => {
    expect(paths.filter((path) => !ALLOWED.some((allowed) => allowed.test(path)))).toEqual([]);
  });

  it('holds what package.json leads to', () => {
    const leaves = (value: unknown): string[] => (typeof value === 'string' ? [value] : Object.values(value as object).flatMap(leaves));
    const named = leaves([packageJson.exports, packageJson.bin, packageJson.main, packageJson.module, packageJson.types]).map((path) => path.replace('./', ''));
    for (const path of named.filter((name) => !name.includes('*'))) expect(paths).toContain(path);
    for (const codemod of ['mock-compile', 'split-slow', 'tiered-fixtures']) expect(paths).toContain(`codemods/${codemod}/index.js`);
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md', LICENSES]));
  });

  it('holds the page that each rule leads to', () => {
    const base = `https://unpkg.com/${packageJson.name}@${packageJson.version}/`;
    for (const rule of Object.values(plugin.rules)) expect(paths.map((path) => base + path)).toContain(rule.meta?.docs?.url);
  });

  it('stays small', () => {
    expect(packed.size).toBeLessThan(1.2 * MB);
    expect(packed.unpackedSize).toBeLessThan(4.8 * MB);
  });

  it('asks for one package, and forces neither a linter, a compiler nor what makes mutants on anybody', () => {
    expect(Object.keys(packageJson.dependencies)).toEqual(['oxc-parser']);
    expect(Object.keys(packageJson.peerDependencies)).toEqual(['@stryker-mutator/instrumenter', 'eslint']);
    expect(Object.values(packageJson.peerDependenciesMeta).every(({ optional }) => optional)).toBe(true);
    expect(Object.keys(packageJson.peerDependenciesMeta)).toEqual(Object.keys(packageJson.peerDependencies));
  });

  it('was made with the dependencies that are installed', () => {
    expect(readFileSync(LICENSES, 'utf8')).toContain(`\ncommander ${(JSON.parse(readFileSync('node_modules/commander/package.json', 'utf8')) as { readonly version: string }).version} (MIT)\n`);
  });

  it.each(isBuilt ? readdirSync('dist').filter((name) => /\.[cm]js$/.test(name)) : [])('%s: the licence of each package in it is there', (name) => {
    const licenses = readFileSync(LICENSES, 'utf8');
    const inside = new Set([...built(name).matchAll(/^\/\/#region .*node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)].map(([, found]) => found));
    for (const found of inside) expect(licenses).toMatch(new RegExp(`^${found} \\S+ \\(`, 'm'));
  });

  it.each(['index.mjs', 'index.cjs'])('%s: whoever lints loads no codemod, no command, and nothing that is not here', (name) => {
    const { texts, modules } = loaded(name);
    expect([...modules].filter((module) => !builtinModules.includes(module.replace(/^node:/, '')))).toEqual([]);
    for (const inside of ['@babel/parser', 'magicast', 'commander', 'diff', 'chart.js', 'write-file-atomic']) expect(texts).not.toContain(`node_modules/${inside}/`);
  });

  it.each(['fixtures.mjs', 'fixtures.cjs', 'kernel.mjs', 'kernel.cjs'])('%s loads nothing', (name) => {
    expect([...loaded(name).modules]).toEqual([]);
  });
});

/** Follows what a built file requires and imports as soon as it is loaded. */
function loaded(entry: string): { readonly texts: string; readonly modules: ReadonlySet<string> } {
  const files = new Map<string, string>();
  const modules = new Set<string>();
  const visit = (name: string): void => {
    if (files.has(name)) return;
    files.set(name, built(name));
    for (const [, target = ''] of built(name).matchAll(/^(?:(?:const|let|var) [^\n]*?|import [^\n]*? from |import |export [^\n]*? from )(?:\brequire\()?["']([^"'\n]+)["']/gm)) {
      if (target.startsWith('./')) visit(target.slice(2));
      else if (/^[@a-z][\w:/@.-]*$/.test(target) && isModule(built(name), target)) modules.add(target);
    }
  };
  visit(entry);
  return { texts: [...files.values()].join('\n'), modules };
}

/** A string constant is no module. */
function isModule(text: string, target: string): boolean {
  return text.includes(`require("${target}")`) || text.includes(`from "${target}"`) || text.includes(`import "${target}"`);
}

it('the changelog tells of this version', () => {
  expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`\n## ${packageJson.version}\n`);
});

describe('workflows', () => {
  const workflow = (name: string): string => readFileSync(`.github/workflows/${name}.yml`, 'utf8');

  it('run everything that must hold, on every Node that is promised', () => {
    expect(workflow('ci')).toContain('node: [20, 22, 24]');
    expect(workflow('ci')).toContain('run: bash .ci/run');
  });

  it('call scripts that exist', () => {
    const scripts = /script: \[(.*)\]/.exec(workflow('nightly'))?.[1]?.replaceAll("'", '').split(', ') ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(scripts));
  });

  it('publish what was tested, with provenance', () => {
    const release = workflow('release');
    expect(release).toContain('id-token: write');
    expect(release).toContain('npm publish --provenance');
    expect(release.indexOf('bash .ci/run')).toBeLessThan(release.indexOf('npm publish'));
  });
});

describe('licences', () => {
  const chunk = (folder: string) => ({ 'a.js': { moduleIds: [join(folder, 'node_modules/@scope/name/index.js'), join(folder, 'src/own.js'), '\0virtual'] } });

  it.each([
    ['/project/node_modules/diff/lib/index.js', '/project/node_modules/diff'],
    ['/project/node_modules/@babel/parser/lib/index.js', '/project/node_modules/@babel/parser'],
    ['/project/node_modules/magicast/node_modules/@babel/parser/lib/index.js', '/project/node_modules/magicast/node_modules/@babel/parser'],
    ['\0/project/node_modules/diff/lib/index.js?commonjs', '/project/node_modules/diff'],
    ['/project/src/index.ts', undefined],
  ])('%s belongs to %s', (id, folder) => {
    expect(packageFolder(id)).toBe(folder);
  });

  it.each([
    [{ license: 'MIT', text: 'May be used.' }, undefined],
    [{ license: 'GPL-3.0-only', text: 'Must be shared.' }, '@scope/name is under GPL-3.0-only, which nobody has looked at.'],
    [{ license: 'MIT', text: undefined }, '@scope/name has no text of its licence.'],
  ])('of %j', ({ license, text }, error) => {
    const folder = mkdtempSync(join(tmpdir(), 'slow-tests-licenses-'));
    try {
      const home = join(folder, 'node_modules/@scope/name');
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, 'package.json'), JSON.stringify({ name: '@scope/name', version: '1.2.3', license }));
      if (text !== undefined) writeFileSync(join(home, 'LICENSE'), text);
      const write = () => thirdPartyLicenses(join(folder, 'out')).generateBundle({}, chunk(folder));
      if (error !== undefined) return expect(write).toThrow(error);
      write();
      expect(readFileSync(join(folder, 'out/THIRD-PARTY-LICENSES.txt'), 'utf8')).toContain('@scope/name 1.2.3 (MIT)\n\nMay be used.\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
