/** How Vitest is listened to: a reporter beside those of its configuration, added when files are about to run. Vitest 0.34 to 5. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Outcome } from '../profile.ts';
import type { Write } from './sink.ts';
import { claim } from './sink.ts';
import type { State, TaskReporter } from './vitest-tasks.ts';
import { taskReporterFor } from './vitest-tasks.ts';

interface Vitest {
  readonly reporters: (Reporter | TaskReporter)[];
  readonly state: State;
}

interface Reporter {
  onWatcherRerun(files: readonly string[]): void;
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

interface Class {
  readonly prototype: object;
}

interface Entry {
  readonly BaseSequencer?: Class;
  readonly ReportersMap?: Readonly<Record<string, Class>>;
}

/** The major version since which reporters are told of tests one by one. */
const FIRST_WITH_TEST_CASES = 3;

const known = new WeakSet<Vitest>();
const listening = new WeakSet();

/**
 * `root` is the folder of the package. Two kinds of public classes know the instance before the first file runs: the one that orders
 * files, which a random order goes around, and the reporters, which a configuration may do without.
 */
export async function listenToVitest(root: string, version: string): Promise<void> {
  const { BaseSequencer, ReportersMap = (await load(root, 'reporters.js')).ReportersMap ?? {} } = await load(root, 'node.js');
  if (BaseSequencer) before(BaseSequencer, 'sort', (sequencer) => addReporter((sequencer as { readonly ctx: Vitest }).ctx, version));
  for (const reporter of Object.values(ReportersMap)) before(reporter, 'onInit', (_reporter, vitest) => addReporter(vitest as Vitest, version));
}

async function load(root: string, name: string): Promise<Entry> {
  return (await import(pathToFileURL(join(root, 'dist', name)).href)) as Entry;
}

/** Does something before a method, wherever the class has it from. */
function before({ prototype }: Class, method: string, act: (object: unknown, ...given: readonly unknown[]) => void): void {
  for (let owner: object | null = prototype; owner !== null && owner !== Object.prototype; owner = Object.getPrototypeOf(owner) as object | null) {
    const original: unknown = Object.getOwnPropertyDescriptor(owner, method)?.value;
    if (typeof original !== 'function' || listening.has(owner)) continue;
    listening.add(owner);
    Object.defineProperty(owner, method, {
      configurable: true,
      writable: true,
      value(this: unknown, ...given: readonly unknown[]): unknown {
        act(this, ...given);
        return Reflect.apply(original, this, given);
      },
    });
  }
}

function addReporter(vitest: Vitest, version: string): void {
  if (known.has(vitest)) return;
  known.add(vitest);
  const write = claim('vitest', version);
  if (write) vitest.reporters.push(Number.parseInt(version) < FIRST_WITH_TEST_CASES ? taskReporterFor(write, vitest.state) : reporterFor(write));
}

function reporterFor(write: Write): Reporter {
  return {
    onWatcherRerun(files) {
      for (const file of files) write({ type: 'again', file });
    },
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
