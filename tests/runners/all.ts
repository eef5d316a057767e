/** Every runner that rewritten suites are executed with, by the name that the analysis gives it. */
import { bun } from './bun.ts';
import { jasmine, mocha, nodeTest } from './event-lines.ts';
import { jest, vitest } from './jest-family.ts';
import { playwright } from './playwright.ts';
import type { RealRunner } from './runner.ts';
import { ava, qunit, tape } from './tap.ts';

export const RUNNERS = { vitest, jest, mocha, jasmine, 'node:test': nodeTest, bun, ava, tape, qunit, playwright } as const satisfies Record<string, RealRunner>;
export type RunnerName = keyof typeof RUNNERS;
