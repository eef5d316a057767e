import { jest, vitest } from './jest-family.ts';
import { nodeTest } from './node-test.ts';
import type { RealRunner } from './runner.ts';

export const RUNNERS = { vitest, jest, 'node:test': nodeTest } as const satisfies Record<string, RealRunner>;
export type RunnerName = keyof typeof RUNNERS;
