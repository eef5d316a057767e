/** bun's test runner, by the binary in its package. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleFile } from './install.ts';
import type { RealRunner } from './runner.ts';
import { titlePattern } from './runner.ts';

const decode = (text: string): string => text.replace(/&(lt|gt|quot|apos|amp);/g, (entity) => ({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" })[entity] ?? '&');

export const bun: RealRunner = {
  files: {},
  command({ tests, selection }) {
    const pattern = titlePattern(selection);
    return {
      program: moduleFile(`@oven/bun-${process.platform}-${process.arch}/bin/bun`),
      args: ['test', '--timeout', '20000', '--reporter=junit', '--reporter-outfile=report.xml', ...(pattern === undefined ? [] : ['-t', pattern]), ...tests.map((file) => `./${file}`)],
    };
  },
  read(_printed, folder) {
    const report = readFileSync(join(folder, 'report.xml'), 'utf8');
    return [...report.matchAll(/<testcase name="([^"]*)" classname="([^"]*)"[^>]*?(?:\/>|>([^]*?)<\/testcase>)/g)].map(([, name = '', group = '', inside = '']) => ({
      title: [group, name].filter(Boolean).map(decode).join(' > '),
      status: inside.includes('<skipped') ? 'skipped' : inside.includes('<failure') ? 'failed' : 'passed',
    }));
  },
};
