/** How Jasmine is listened to: a reporter more in its environment, before the specs run. Jasmine 5 to 7, without `--parallel`. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Write } from './sink.ts';
import { claim } from './sink.ts';

interface SpecResult {
  readonly description: string;
  readonly filename?: string;
  readonly status: string;
  readonly duration?: number | null;
}

interface Jasmine {
  readonly env: { addReporter(reporter: object): void };
  execute(...given: readonly unknown[]): Promise<unknown>;
}

export function listenToJasmine(root: string, version: string): void {
  const require = createRequire(join(root, 'package.json'));
  const { prototype } = require(join(root, 'lib/jasmine.js')) as { readonly prototype: Jasmine };
  const { execute } = prototype;
  prototype.execute = function listened(this: Jasmine, ...given) {
    const write = claim('jasmine', version);
    if (write) this.env.addReporter(reporterFor(write));
    return Reflect.apply(execute, this, given);
  };
}

function reporterFor(write: Write): object {
  const groups: string[] = [];
  return {
    suiteStarted: ({ description }: SpecResult) => void groups.push(description),
    suiteDone: () => void groups.pop(),
    specDone({ description, filename = '', status, duration }: SpecResult) {
      const outcome = status === 'passed' || status === 'failed' ? status : 'skipped';
      write({ type: 'test', file: filename, title: [...groups, description], outcome, duration: outcome === 'skipped' ? undefined : (duration ?? undefined) });
    },
  };
}
