/** Every codemod, in the order in which the command lists them. */
import type { CodemodDefinition } from '../src/host/define-codemod.ts';
import mockCompile from './mock-compile/codemod.ts';
import splitSlow from './split-slow/codemod.ts';
import tieredFixtures from './tiered-fixtures/codemod.ts';

export const allCodemods: readonly CodemodDefinition[] = [tieredFixtures, splitSlow, mockCompile];
