/** node:test, on a Node that can leave tests out by title. */
import { nodeBinary } from './install.ts';
import type { Outcome, RealRunner } from './runner.ts';

const EXCLUDES_BY_TITLE = 22;

/** Prints one line for each event; groups come after what they hold, so the names around come from the starts. */
const REPORTER = `export default async function* (events) {
  const path = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') path.splice(data.nesting, Infinity, data.name);
    if ((type === 'test:pass' || type === 'test:fail') && data.details.type !== 'suite' && data.name !== data.file)
      yield 'outcome ' + JSON.stringify({ title: [...path.slice(0, data.nesting), data.name].join(' > '), status: data.skip !== undefined || data.todo !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed' }) + '\\n';
    if (type === 'test:stderr') yield data.message;
  }
}
`;

export const nodeTest: RealRunner = {
  files: { 'reporter.mjs': REPORTER },
  command({ tests, selection }) {
    const filter = selection === 'all' ? [] : [selection === 'fast' ? '--test-skip-pattern=/@slow/' : '--test-name-pattern=/@slow/'];
    return { program: nodeBinary(EXCLUDES_BY_TITLE), args: ['--test', '--test-reporter=./reporter.mjs', ...filter, ...tests] };
  },
  read: (printed) => [...printed.matchAll(/^outcome (.*)$/gm)].map(([, json = '']) => JSON.parse(json) as Outcome),
};
