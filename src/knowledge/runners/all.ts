import type { Runner } from '../runner.ts';
import { ava } from './ava.ts';
import { bun } from './bun.ts';
import { jasmine } from './jasmine.ts';
import { jest } from './jest.ts';
import { mocha } from './mocha.ts';
import { nodeTest } from './node-test.ts';
import { playwright } from './playwright.ts';
import { qunit } from './qunit.ts';
import { tape } from './tape.ts';
import { vitest } from './vitest.ts';

export const allRunners: readonly Runner[] = [vitest, jest, mocha, jasmine, nodeTest, bun, ava, tape, qunit, playwright];
