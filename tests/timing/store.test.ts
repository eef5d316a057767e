import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profileJsonSchema } from '../../scripts/profile-json-schema.ts';
import { readProfile, writeProfile } from '../../src/timing/store.ts';
import { folderWith } from '../cli/probe.ts';
import type { Profile } from '../../src/timing/profile.ts';
import { aProfile, aTest } from './profiles.ts';

const PATH = '.slow-tests/profile.json';

/** What is said of a profile with this text. */
function errorOf(text: string): string {
  const path = join(folderWith({ 'profile.json': text }), 'profile.json');
  try {
    readProfile(path);
    return 'no error';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.replace(path, 'profile.json')}`;
  }
}

type Json = Readonly<Record<string, unknown>>;

/** The text of a profile with another value in one place; without it, when there is none. */
function changed(place = '', value?: unknown): string {
  const profile = structuredClone(aProfile()) as unknown as Record<string, unknown>;
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  const inner = keys.reduce((object, key) => object[key] as Record<string, unknown>, profile);
  inner[last] = value;
  return JSON.stringify(profile);
}

describe('a profile on the disk', () => {
  it('is read as it was written', () => {
    const folder = folderWith({});
    writeProfile(join(folder, PATH), aProfile());
    expect(readProfile(join(folder, PATH))).toMatchObject(aProfile());
    expect(readdirSync(join(folder, '.slow-tests'))).toEqual(['profile.json']);
  });

  it('has a line for each test', () => {
    const folder = folderWith({});
    writeProfile(join(folder, PATH), aProfile());
    expect(readFileSync(join(folder, PATH), 'utf8').split('\n').filter((line) => line.includes('"title"'))).toHaveLength(2);
  });

  it.each([
    ['{"version": 1, "fil', 'ProfileError: profile.json: expected JSON, got something that is none or not whole: '],
    ['[]', 'ProfileError: profile.json: version: expected a value, got nothing.'],
    ['{"version": 2}', 'ProfileError: profile.json: version: expected 1, which this version of slow-tests reads, got 2.'],
    ['{"version": 1}', 'ProfileError: profile.json: recordedAt: expected a value, got nothing.'],
    [changed('files.0.tests.1.duration', -1), 'ProfileError: profile.json: files.0.tests.1.duration: expected milliseconds, 0 or more, got -1.'],
    [changed('files.0.tests.0.title', []), 'ProfileError: profile.json: files.0.tests.0.title: expected the titles of groups and test, got 0.'],
    [changed('files.0.tests.0.title', 'adds'), 'ProfileError: profile.json: files.0.tests.0.title: expected Array, got "adds".'],
    [changed('files.0.tests.0.tier', 'huge'), 'ProfileError: profile.json: files.0.tests.0.tier: expected unit | integration | comprehensive | stress, got "huge".'],
    [changed('recordedAt', 'yesterday'), 'ProfileError: profile.json: recordedAt: expected a time such as 2026-01-31T12:00:00.000Z, got "yesterday".'],
  ])('is refused with its place: %#', (text, message) => {
    expect(errorOf(text)).toContain(message);
  });

  it.each(['/etc/passwd', '../a.test.ts', 'a/../../b.ts', 'C:\\a.ts', 'C:/a.ts', 'a\\..\\b.ts', 'a//b.ts', './a.ts', 'a\u0000.ts', 'a\n::error::x.ts', ''])('never speaks of a file outside: %j', (file) => {
    const text = changed('files.0.file', file);
    expect(errorOf(text)).toContain('profile.json: files.0.file: expected a relative path inside the project, with /, got ');
    const folder = folderWith({});
    expect(() => writeProfile(join(folder, PATH), JSON.parse(text) as Profile)).toThrow('files.0.file');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes no key that it does not know, __proto__ least of all', () => {
    const path = join(folderWith({ 'profile.json': changed().replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"new":1,') }), 'profile.json');
    const profile = readProfile(path);
    expect(Object.keys(profile).sort()).toEqual(Object.keys(aProfile()).sort());
    expect('polluted' in profile || 'polluted' in {}).toBe(false);
  });

  it('stays as it was when the next one is wrong', () => {
    const path = join(folderWith({ 'profile.json': JSON.stringify(aProfile()) }), 'profile.json');
    expect(() => writeProfile(path, aProfile({ runs: 0 }))).toThrow('runs: expected 1 or more, got 0');
    expect(readProfile(path)).toMatchObject(aProfile());
  });

  it('may hold a hundred thousand tests @slow', () => {
    const path = join(folderWith({}), PATH);
    const tests = Array.from({ length: 1000 }, (_item, index) => aTest(['group', `test ${index}`]));
    writeProfile(path, aProfile({ files: Array.from({ length: 100 }, (_item, index) => ({ file: `test/${index}.test.ts`, tests })) }));
    const start = performance.now();
    expect(readProfile(path).files).toHaveLength(100);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('is missing with the name of the file', () => {
    expect(() => readProfile('nowhere/profile.json')).toThrow('nowhere/profile.json: ENOENT');
  });
});

const SCHEMA = resolve(import.meta.dirname, '../../schema/profile.schema.json');

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
}

const KNOWN = ['type', 'properties', 'required', 'items', 'minItems', 'minimum', 'pattern', 'const', 'enum', 'format', '$schema', '$id', 'title', 'description'];

/** As much of JSON schema as the published one uses; anything else throws. */
function accepts(schema: Schema, value: unknown): boolean {
  const unknown = Object.keys(schema).filter((key) => !KNOWN.includes(key));
  if (unknown.length > 0) throw new Error(`The test does not know ${unknown.join(', ')}.`);
  const { type, properties = {}, required = [], items = {}, minItems = 0, minimum = -Infinity, pattern = '', format } = schema;
  if ('const' in schema && value !== schema.const) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (format === 'date-time' && Number.isNaN(Date.parse(String(value)))) return false;
  if (type === undefined) return true;
  if (Array.isArray(value)) return type === 'array' && value.length >= minItems && value.every((item) => accepts(items, item));
  if (typeof value === 'string') return type === 'string' && new RegExp(pattern, 'u').test(value);
  if (typeof value === 'number') return (type === 'number' || (type === 'integer' && Number.isInteger(value))) && value >= minimum;
  if (typeof value !== 'object' || value === null) return typeof value === type;
  const object = value as Json;
  return type === 'object' && required.every((key) => key in object) && Object.entries(properties).every(([key, inner]) => !(key in object) || accepts(inner, object[key]));
}

describe('the published schema', () => {
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Schema & { readonly $id: string };

  it('is what profiles are checked with (npm run build:schema writes it)', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(profileJsonSchema())));
  });

  it.each([
    changed(),
    changed('files.0.tests.0.duration'),
    changed('runs'),
    changed('files.0.file', '../a'),
    changed('files.0.tests.0.line', 0),
    changed('files.0.tests.0.title', []),
    changed('files.0.outside.import', 'long'),
    changed('recordedAt', 'yesterday'),
    changed('version', 2),
  ])('accepts what is read, and nothing else: %#', (text) => {
    expect(accepts(schema, JSON.parse(text))).toBe(errorOf(text) === 'no error');
  });

  it('is named in what is written', () => {
    const path = join(folderWith({}), PATH);
    writeProfile(path, aProfile());
    expect(readProfile(path).$schema).toBe(schema.$id);
  });
});
