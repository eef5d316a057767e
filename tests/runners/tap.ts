/** Runners that speak TAP: AVA, QUnit and tape. */
import { moduleFile } from './install.ts';
import type { Outcome, RealRunner } from './runner.ts';

/** One line is one test, with its title. */
function readLines(printed: string): Outcome[] {
  return [...printed.matchAll(/^(not )?ok \d+ (?:- )?(.*?)( # (?:SKIP|TODO).*)?$/gm)].map(([, not, title = '', skip]) => ({
    title: title.replaceAll(' › ', ' > '),
    status: skip === undefined ? (not === undefined ? 'passed' : 'failed') : 'skipped',
  }));
}

/** A comment is the title, the lines below it are assertions. */
function readComments(printed: string): Outcome[] {
  const [tests = ''] = printed.split(/^1\.\.\d+$/m);
  return tests.split(/^# /m).slice(1).map((part) => {
    const [line = '', ...assertions] = part.split('\n');
    const title = line.replace(/^(?:SKIP|TODO) /, '');
    return { title, status: title !== line ? 'skipped' : assertions.some((assertion) => assertion.startsWith('not ok')) ? 'failed' : 'passed' };
  });
}

export const ava: RealRunner = {
  files: {},
  command({ tests, selection }) {
    const filter = selection === 'all' ? [] : [selection === 'fast' ? '--match=!*@slow*' : '--match=*@slow*'];
    return { args: [moduleFile('ava/entrypoints/cli.mjs'), '--tap', ...filter, ...tests] };
  },
  read: readLines,
};

export const qunit: RealRunner = {
  files: {},
  command({ tests, selection }) {
    const filter = selection === 'all' ? [] : [selection === 'fast' ? '--filter=!@slow' : '--filter=@slow'];
    return { args: [moduleFile('qunit/bin/qunit.js'), ...filter, ...tests] };
  },
  read: readLines,
};

/** Without a filter: the environment says what runs, and the slow run holds the fast tests too. */
export const tape: RealRunner = {
  files: {},
  command: ({ tests }) => ({ args: [moduleFile('tape/bin/tape'), ...tests] }),
  read: readComments,
};
