/** 100,000 tests in a profile: what reads it stays within two seconds of the processor, and 300 MB. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment } from '../runners/profiled.ts';
import { aProfile, aTest } from '../timing/profiles.ts';
import { folderWith } from './probe.ts';

const CLI = resolve(import.meta.dirname, '../../dist/cli.cjs');
/** Says at the end what the process took. */
const WATCH = "process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); process.stderr.write(`\\n@${(userCPUTime + systemCPUTime) / 1000} ${maxRSS / 1024}`); });\n";

describe('100,000 recorded tests', () => {
  const files = Array.from({ length: 2000 }, (_, file) => ({
    file: `test/part${file % 40}/file${file}.test.ts`,
    outside: { import: 120, transform: 80 },
    tests: Array.from({ length: 50 }, (_unused, test) => aTest([`group ${file}`, `does what is said of case ${test} with input ${file * test}`], { duration: ((file * 7919 + test * 104_729) % 4000) / 20, line: test + 5 })),
  }));
  const folder = folderWith({ 'package.json': '{ "name": "large" }', '.slow-tests/profile.json': JSON.stringify(aProfile({ files, wall: 900_000 })), 'watch.cjs': WATCH });

  it.each(['report', 'report --markdown', 'report --html', 'check', 'check --json'])('%s', (words) => {
    const { stderr } = spawnSync(process.execPath, ['--require', join(folder, 'watch.cjs'), CLI, ...words.split(' ')], { cwd: folder, env: cleanEnvironment(), encoding: 'utf8', maxBuffer: 1 << 28 });
    const [, cpu, memory] = /@([\d.]+) ([\d.]+)$/.exec(stderr) ?? [];
    // Of the processor, all threads: others may be busy beside this.
    expect(Number(cpu), 'ms').toBeLessThan(2000);
    expect(Number(memory), 'MB').toBeLessThan(300);
  });
});
