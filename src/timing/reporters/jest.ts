/** How Jest is listened to: a reporter is added to those that its configuration or its arguments ask for. Jest 22 to 30. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { claim } from './sink.ts';

type Reporters = readonly (readonly [string, object])[];

interface GlobalConfig {
  readonly reporters?: Reporters;
}

interface Configs {
  readonly globalConfig: GlobalConfig;
}

interface JestConfig {
  /** Jest 24 does not wait for it; before, there is none. */
  readConfigs?(...given: readonly unknown[]): Configs | Promise<Configs>;
  /** What Jest 22 and 23 call, once for each project. */
  readConfig(...given: readonly unknown[]): Configs;
}

/** `root` is the folder of `jest` or `jest-cli`. */
export function listenToJest(root: string, version: string): void {
  const file = resolveThrough(join(root, 'package.json'), ['jest-cli', '@jest/core', 'jest-config']);
  const require = createRequire(file);
  const original = require(file) as JestConfig;
  const loaded = require.cache[file];
  if (!loaded) return;
  let isClaimed = false;
  const listening = (configs: Configs): Configs => {
    isClaimed ||= claim('jest', version) !== undefined;
    if (!isClaimed) return configs;
    const reporters: Reporters = [...(configs.globalConfig.reporters ?? [['default', {}]]), [join(__dirname, 'profile-jest.cjs'), {}]];
    return { ...configs, globalConfig: Object.freeze({ ...configs.globalConfig, reporters }) };
  };
  // Its exports cannot be changed, so whoever asks for the module is given a copy.
  const { readConfigs } = original;
  loaded.exports = {
    ...original,
    ...(readConfigs
      ? {
          readConfigs(...given: readonly unknown[]): Configs | Promise<Configs> {
            const configs = readConfigs(...given);
            return configs instanceof Promise ? configs.then(listening) : listening(configs);
          },
        }
      : { readConfig: (...given: readonly unknown[]): Configs => listening(original.readConfig(...given)) }),
  };
}

/** Where the last package lies for one that the first depends on. */
function resolveThrough(start: string, packages: readonly string[]): string {
  let file = start;
  for (const name of packages) {
    try {
      file = createRequire(file).resolve(name);
    } catch {
      // `root` is jest-cli itself.
    }
  }
  return file;
}
