/** How Vitest is listened to: a reporter beside those of its configuration, added when files are about to run. Vitest 3 to 5. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Outcome } from '../profile.ts';
import type { Write } from './sink.ts';
import { claim } from './sink.ts';

interface Vitest {
  readonly version: string;
  readonly reporters: Reporter[];
}

interface Reporter {
  onTestCaseResult(test: TestCase): void;
  onTestModuleEnd(module: TestModule): void;
}

interface TestModule {
  readonly type: 'module';
  readonly moduleId: string;
  diagnostic(): { readonly environmentSetupDuration: number; readonly prepareDuration: number; readonly collectDuration: number; readonly setupDuration: number; readonly duration: number };
  readonly children: { allTests(): Iterable<TestCase> };
}

interface TestCase {
  readonly name: string;
  readonly parent: Suite | TestModule;
  readonly module: TestModule;
  readonly location?: { readonly line: number } | undefined;
  result(): { readonly state: string };
  diagnostic(): { readonly duration: number } | undefined;
}

interface Suite {
  readonly type: 'suite';
  readonly name: string;
  readonly parent: Suite | TestModule;
}

interface Sequencer {
  readonly ctx: Vitest;
  sort(files: unknown): Promise<unknown>;
}

const known = new WeakSet<Vitest>();

/** `root` is the folder of the package. The class that orders files is public, and knows the instance. */
export async function listenToVitest(root: string): Promise<void> {
  const { BaseSequencer } = (await import(pathToFileURL(join(root, 'dist/node.js')).href)) as { readonly BaseSequencer: { readonly prototype: Sequencer } };
  for (let prototype = BaseSequencer.prototype; Object.hasOwn(prototype, 'sort'); prototype = Object.getPrototypeOf(prototype) as Sequencer) {
    const original = Object.getOwnPropertyDescriptor(prototype, 'sort')?.value as Sequencer['sort'];
    prototype.sort = function sort(this: Sequencer, files) {
      addReporter(this.ctx);
      return original.call(this, files);
    };
  }
}

function addReporter(vitest: Vitest): void {
  if (known.has(vitest)) return;
  known.add(vitest);
  const write = claim('vitest', vitest.version);
  if (write) vitest.reporters.push(reporterFor(write));
}

function reporterFor(write: Write): Reporter {
  return {
    onTestCaseResult(test) {
      const { state } = test.result();
      const duration = test.diagnostic()?.duration;
      write({ type: 'test', file: test.module.moduleId, title: titleOf(test), outcome: outcomeOf(state), duration: state === 'skipped' ? undefined : duration, line: test.location?.line });
    },
    onTestModuleEnd(module) {
      const { environmentSetupDuration, prepareDuration, setupDuration: setup, collectDuration, duration } = module.diagnostic();
      let inTests = 0;
      for (const test of module.children.allTests()) inTests += test.diagnostic()?.duration ?? 0;
      // Hooks of groups are what is left; tests side by side take more than the file.
      const hooks = Math.max(0, duration - inTests);
      write({ type: 'file', file: module.moduleId, outside: { environment: environmentSetupDuration + prepareDuration, setup, import: collectDuration, hooks } });
    },
  };
}

function titleOf({ name, parent }: TestCase): string[] {
  const title = [name];
  for (let around = parent; around.type === 'suite'; around = around.parent) title.unshift(around.name);
  return title;
}

function outcomeOf(state: string): Outcome {
  return state === 'passed' || state === 'failed' ? state : 'skipped';
}
