/** Runners that take a reporter of ours: it prints `outcome {…}` for each test. */
import { moduleFile, nodeBinary } from './install.ts';
import type { Outcome, RealRunner } from './runner.ts';
import { titlePattern } from './runner.ts';

/** The first Node that can leave tests out by title. */
const EXCLUDES_BY_TITLE = 22;

/** Groups come after what they hold, so the names around come from the starts. */
const NODE_REPORTER = `export default async function* (events) {
  const path = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') path.splice(data.nesting, Infinity, data.name);
    if ((type === 'test:pass' || type === 'test:fail') && data.details.type !== 'suite' && data.name !== data.file)
      yield 'outcome ' + JSON.stringify({ title: [...path.slice(0, data.nesting), data.name].join(' > '), status: data.skip !== undefined || data.todo !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed' }) + '\\n';
    if (type === 'test:stderr') yield data.message;
  }
}
`;

const MOCHA_REPORTER = `module.exports = class {
  constructor(runner) {
    const say = (status) => (test) => console.log('\\noutcome ' + JSON.stringify({ title: test.titlePath().join(' > '), status }));
    runner.on('pass', say('passed')).on('fail', say('failed')).on('pending', say('skipped'));
  }
};
`;

const JASMINE_REPORTER = `const path = [];
module.exports = class {
  suiteStarted({ description }) { path.push(description); }
  suiteDone() { path.pop(); }
  specDone({ description, status }) {
    // Specs that a filter leaves out are said to be excluded.
    if (status !== 'excluded') console.log('\\noutcome ' + JSON.stringify({ title: [...path, description].join(' > '), status: status === 'passed' || status === 'failed' ? status : 'skipped' }));
  }
};
`;

const read = (printed: string): Outcome[] => [...printed.matchAll(/^outcome (.*)$/gm)].map(([, json = '']) => JSON.parse(json) as Outcome);

export const nodeTest: RealRunner = {
  files: { 'reporter.mjs': NODE_REPORTER },
  command({ tests, selection }) {
    const filter = selection === 'all' ? [] : [selection === 'fast' ? '--test-skip-pattern=/@slow/' : '--test-name-pattern=/@slow/'];
    return { program: nodeBinary(EXCLUDES_BY_TITLE), args: ['--test', '--test-reporter=./reporter.mjs', ...filter, ...tests] };
  },
  read,
};

export const mocha: RealRunner = {
  files: { 'reporter.cjs': MOCHA_REPORTER },
  command({ tests, selection }) {
    const filter = selection === 'all' ? [] : ['--grep', '@slow', ...(selection === 'fast' ? ['--invert'] : [])];
    return { args: [moduleFile('mocha/bin/mocha.js'), '--no-config', '--timeout', '20000', '--reporter', './reporter.cjs', ...filter, ...tests] };
  },
  read,
};

export const jasmine: RealRunner = {
  files: { 'reporter.cjs': JASMINE_REPORTER },
  command({ tests, selection }) {
    const pattern = titlePattern(selection);
    return { args: [moduleFile('jasmine/bin/jasmine.js'), '--random=false', '--reporter=./reporter.cjs', ...(pattern === undefined ? [] : [`--filter=${pattern}`]), ...tests] };
  },
  read,
};
