/** `settings['slow-tests']`: read once per settings object, with an error that names the field when something is wrong. */
import { allRunners } from '../knowledge/runners/all.ts';
import type { ArgumentRoles, CostKind, CostRow, OwnStub, StubName } from '../knowledge/cost-row.ts';
import { splitExport } from './export-path.ts';
import type { Tier } from './tests.ts';

export interface Settings {
  /** Name of the runner, when imports and package.json do not tell. */
  readonly runner: string | undefined;
  readonly marker: { readonly slow: string; readonly stress: string };
  readonly files: { readonly slow: RegExp; readonly stress: RegExp; readonly integration: RegExp };
  /** Sizes that a fast test needs. */
  readonly sizes: TierSizes;
  /** Variants that stay in the fast run. */
  readonly essential: readonly string[];
  readonly costs: readonly CostRow[];
  /** What a test of a tier, and the whole fast run, may take, in ms. */
  readonly budgets: Budgets;
  /** Where the profile is, when not in its place. */
  readonly profile: string | undefined;
  /** Read literal types across files, where the parser gives type information. */
  readonly types: boolean;
  /** Also hold slow tests back by the environment where old versions of their runner cannot leave them out by title. */
  readonly gate: boolean | undefined;
}

export interface Budgets extends Readonly<Record<Tier, number>> {
  readonly fastRun: number;
}

/** In ms. Every test of the fast run stays below a second. */
export const DEFAULT_BUDGETS: Budgets = { unit: 100, integration: 1_000, comprehensive: 5_000, stress: 30_000, fastRun: 30_000 };

/** A tier's sizes by role. */
export interface TierSizes {
  readonly batch: number;
  readonly heads: number;
  readonly sequence: number;
  readonly headSize: number;
}

/** Sizes at which attention-like code tests the same as at production size: batch 1, heads 4, sequence 64, head size 32. */
export const TEST_SIZES: TierSizes = { batch: 1, heads: 4, sequence: 64, headSize: 32 };

const DEFAULT_FILES = {
  slow: /(?:^|[./_-])(?:slow|perf|bench)\.[^/]+$|(?:^|\/)(?:__)?(?:bench(?:es|marks?)?|perf(?:ormance)?)(?:__)?\//i,
  stress: /(?:^|[./_-])stress\.[^/]+$|(?:^|\/)(?:__)?stress(?:__)?\//i,
  integration: /\.(?:int|integration|itest|e2e)\.[^/]+$/i,
};

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

function fail(field: string, expected: string, given: unknown): never {
  throw new SettingsError(`settings['slow-tests']${field === '' ? '' : `.${field}`}: expected ${expected}, got ${describe(given)}.`);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text === undefined ? typeof value : text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const KNOWN = ['runner', 'marker', 'tiers', 'budgets', 'essential', 'costs', 'profile', 'files', 'types', 'gate'];
const remembered = new WeakMap<object, Settings>();
let defaults: Settings | undefined;

export function readSettings(all: unknown): Settings {
  const given = isRecord(all) ? all['slow-tests'] : undefined;
  if (given === undefined) return (defaults ??= parse({}));
  if (!isRecord(given)) return fail('', 'an object', given);
  let settings = remembered.get(given);
  if (!settings) {
    settings = parse(given);
    remembered.set(given, settings);
  }
  return settings;
}

function parse(given: Readonly<Record<string, unknown>>): Settings {
  for (const key of Object.keys(given)) if (!KNOWN.includes(key)) fail(key, `one of ${KNOWN.join(', ')}`, given[key]);
  const { runner, marker, tiers, budgets, essential, costs, profile, files, types, gate } = given;
  const names = allRunners.map(({ name }) => name);
  if (runner !== undefined && (typeof runner !== 'string' || !names.includes(runner))) fail('runner', `one of ${names.join(', ')}`, runner);
  if (marker !== undefined && (typeof marker !== 'string' || marker.trim() === '')) fail('marker', "a title token such as '@slow'", marker);
  if (essential !== undefined && !isStrings(essential)) fail('essential', 'an array of strings', essential);
  if (costs !== undefined && !Array.isArray(costs)) fail('costs', 'an array of cost rows', costs);
  if (profile !== undefined && (typeof profile !== 'string' || profile.trim() === '')) fail('profile', 'a path', profile);
  if (types !== undefined && typeof types !== 'boolean') fail('types', 'true or false', types);
  if (gate !== undefined && typeof gate !== 'boolean') fail('gate', 'true or false', gate);
  return {
    runner: typeof runner === 'string' ? runner : undefined,
    marker: { slow: typeof marker === 'string' ? marker : '@slow', stress: '@stress' },
    files: parseFiles(files),
    sizes: parseSizes(tiers),
    essential: isStrings(essential) ? essential : [],
    costs: Array.isArray(costs) ? costs.map((row: unknown, index) => parseRow(row, index)) : [],
    budgets: parseBudgets(budgets),
    profile: typeof profile === 'string' ? profile : undefined,
    types: types === true,
    gate,
  };
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function parseFiles(given: unknown): Settings['files'] {
  if (given === undefined) return DEFAULT_FILES;
  if (!isRecord(given)) return fail('files', 'an object with slow, stress, integration as regular expressions', given);
  const read = (key: keyof Settings['files']) => {
    const value = given[key];
    if (value === undefined) return DEFAULT_FILES[key];
    if (value instanceof RegExp) return value;
    if (typeof value !== 'string') return fail(`files.${key}`, 'a regular expression', value);
    try {
      return new RegExp(value);
    } catch {
      return fail(`files.${key}`, 'a valid regular expression', value);
    }
  };
  return { slow: read('slow'), stress: read('stress'), integration: read('integration') };
}

const SIZE_KEYS: Readonly<Record<string, keyof TierSizes>> = {
  batch: 'batch',
  batchSize: 'batch',
  heads: 'heads',
  numHeads: 'heads',
  seq: 'sequence',
  seqLen: 'sequence',
  headDim: 'headSize',
};

function parseSizes(tiers: unknown): TierSizes {
  if (tiers === undefined) return TEST_SIZES;
  if (!isRecord(tiers)) return fail('tiers', 'an object of tiers', tiers);
  const test = tiers['test'];
  if (test === undefined) return TEST_SIZES;
  if (!isRecord(test)) return fail('tiers.test', 'an object of sizes', test);
  const sizes: Record<keyof TierSizes, number> = { ...TEST_SIZES };
  for (const [key, value] of Object.entries(test)) {
    const role = Object.hasOwn(SIZE_KEYS, key) ? SIZE_KEYS[key] : undefined;
    if (!role) return fail(`tiers.test.${key}`, `one of ${Object.keys(SIZE_KEYS).join(', ')}`, value);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) return fail(`tiers.test.${key}`, 'a positive integer', value);
    sizes[role] = value;
  }
  return sizes;
}

function parseBudgets(given: unknown): Budgets {
  if (given === undefined) return DEFAULT_BUDGETS;
  if (!isRecord(given)) return fail('budgets', `an object with ${Object.keys(DEFAULT_BUDGETS).join(', ')} in ms`, given);
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(DEFAULT_BUDGETS, key)) fail(`budgets.${key}`, `one of ${Object.keys(DEFAULT_BUDGETS).join(', ')}`, value);
    if (typeof value !== 'number' || !(value > 0)) fail(`budgets.${key}`, 'a positive number of ms', value);
  }
  return { ...DEFAULT_BUDGETS, ...given };
}

const KINDS: readonly CostKind[] = [
  'tensor', 'buffer', 'samples', 'layer', 'model', 'train', 'run', 'prove', 'compile', 'build', 'session', 'load', 'launch', 'deploy', 'cheap',
];
const STUBS: readonly StubName[] = ['identity', 'attention', 'wasm-module', 'session', 'model', 'contract'];
const ROLE_KEYS = ['shape', 'dimensions', 'sequence', 'samples', 'data', 'seed'];
const POSITION = /^\d+(?:\.\.\.|(?:\.[\w$]+)*)$/;

function isPosition(value: unknown): boolean {
  return (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) || (typeof value === 'string' && POSITION.test(value));
}

function parseRow(given: unknown, index: number): CostRow {
  const at = `costs[${index}]`;
  if (!isRecord(given)) return fail(at, 'a cost row such as { module, export, kind }', given);
  const { module, export: path, kind, arguments: roles, weights, times, cheapWhenInline, needsCallback, milliseconds, stub, isGeneric } = given;
  const allowed = ['module', 'export', 'kind', 'arguments', 'weights', 'times', 'cheapWhenInline', 'needsCallback', 'milliseconds', 'stub', 'isGeneric'];
  for (const key of Object.keys(given)) if (!allowed.includes(key)) fail(`${at}.${key}`, `one of ${allowed.join(', ')}`, given[key]);
  if (module !== undefined && typeof module !== 'string' && !isStrings(module)) fail(`${at}.module`, 'a module specifier or an array of them', module);
  if (typeof path !== 'string' || !/^(?:[\w$*]|\(\))+(?:\.(?:[\w$*]|\(\))+)*$/.test(path)) {
    return fail(`${at}.export`, "a path such as 'zeros' or 'GPU().createKernel'", path);
  }
  if (splitExport(path).includes('')) fail(`${at}.export`, 'a path without empty names', path);
  const known = KINDS.find((item) => item === kind);
  if (!known) return fail(`${at}.kind`, `one of ${KINDS.join(', ')}`, kind);
  if (weights !== undefined && weights !== 'product' && weights !== 'square') fail(`${at}.weights`, "'product' or 'square'", weights);
  for (const [key, value] of Object.entries({ times, milliseconds })) {
    if (value !== undefined && (typeof value !== 'number' || !(value >= 0))) fail(`${at}.${key}`, 'a number that is not negative', value);
  }
  if (cheapWhenInline !== undefined && !isPosition(cheapWhenInline)) fail(`${at}.cheapWhenInline`, 'an argument position', cheapWhenInline);
  if (needsCallback !== undefined && typeof needsCallback !== 'boolean') fail(`${at}.needsCallback`, 'true or false', needsCallback);
  if (isGeneric !== undefined && typeof isGeneric !== 'boolean') fail(`${at}.isGeneric`, 'true or false', isGeneric);
  const knownStub = STUBS.find((item) => item === stub) ?? (isOwnStub(stub) ? stub : undefined);
  if (stub !== undefined && !knownStub) fail(`${at}.stub`, `one of ${STUBS.join(', ')}, or { module, export }`, stub);
  if (roles !== undefined) parseRoles(roles, `${at}.arguments`);
  return {
    ...(module === undefined ? {} : { module: module as string | readonly string[] }),
    export: path,
    kind: known,
    ...(roles === undefined ? {} : { arguments: roles as ArgumentRoles }),
    ...(weights === undefined ? {} : { weights }),
    ...(typeof times === 'number' ? { times } : {}),
    ...(cheapWhenInline === undefined ? {} : { cheapWhenInline: cheapWhenInline as number | string }),
    ...(needsCallback === true ? { needsCallback } : {}),
    ...(typeof milliseconds === 'number' ? { milliseconds } : {}),
    ...(knownStub ? { stub: knownStub } : {}),
    ...(isGeneric === true ? { isGeneric } : {}),
  };
}

function isOwnStub(given: unknown): given is OwnStub {
  if (!isRecord(given) || Object.keys(given).length !== 2) return false;
  const { module, export: name } = given;
  return typeof module === 'string' && module !== '' && typeof name === 'string' && /^[A-Za-z_$][\w$]*$/.test(name);
}

function parseRoles(roles: unknown, at: string): void {
  if (!isRecord(roles)) return fail(at, 'an object of argument positions', roles);
  for (const [key, value] of Object.entries(roles)) {
    if (!ROLE_KEYS.includes(key)) fail(`${at}.${key}`, `one of ${ROLE_KEYS.join(', ')}`, value);
    const isList = key === 'dimensions' || key === 'sequence';
    const ok = isList ? Array.isArray(value) && value.every(isPosition) : isPosition(value);
    if (!ok) fail(`${at}.${key}`, isList ? 'an array of argument positions' : "an argument position such as 0 or '0.units'", value);
  }
}
