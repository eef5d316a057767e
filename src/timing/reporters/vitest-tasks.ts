/** How Vitest before version 3 tells what ran: plain tasks, whose times stand in them once their file has ended. Vitest 0.34 to 2. */
import type { Write } from './sink.ts';

/** A file, a group or a test. Times are in ms. */
interface Task {
  readonly name: string;
  readonly mode: string;
  readonly filepath?: string;
  readonly tasks?: readonly Task[];
  readonly result?: { readonly state?: string; readonly duration?: number };
  readonly environmentLoad?: number;
  readonly prepareDuration?: number;
  readonly setupDuration?: number;
  readonly collectDuration?: number;
}

export interface State {
  readonly idMap: ReadonlyMap<string, Task>;
}

export interface TaskReporter {
  onWatcherRerun(files: readonly string[]): void;
  onTaskUpdate(packs: readonly (readonly [id: string, ...rest: readonly unknown[]])[]): void;
  onFinished(files?: readonly Task[]): void;
}

export function taskReporterFor(write: Write, state: State): TaskReporter {
  const told = new Set<string>();
  const tell = (file: Task): void => {
    if (file.filepath === undefined || told.has(file.filepath)) return;
    told.add(file.filepath);
    writeFile(write, file, file.filepath);
  };
  return {
    onWatcherRerun(files) {
      for (const file of files) {
        told.delete(file);
        write({ type: 'again', file });
      }
    },
    // The packs of ids and results are those of files, too; a file has its result when all its tests have theirs.
    onTaskUpdate(packs) {
      for (const [id] of packs) {
        const task = state.idMap.get(id);
        if (task?.result?.state === 'pass' || task?.result?.state === 'fail') tell(task);
      }
    },
    // Files of which nothing ran have no result.
    onFinished(files = []) {
      for (const file of files) tell(file);
    },
  };
}

function writeFile(write: Write, task: Task, file: string): void {
  const { environmentLoad = 0, prepareDuration = 0, setupDuration: setup = 0, collectDuration = 0 } = task;
  let inTests = 0;
  const visit = (tasks: readonly Task[], around: readonly string[]): void => {
    for (const { name, result, tasks: inner } of tasks) {
      const title = [...around, name];
      if (inner) {
        visit(inner, title);
        continue;
      }
      const hasRun = result?.state === 'pass' || result?.state === 'fail';
      inTests += result?.duration ?? 0;
      write({ type: 'test', file, title, outcome: hasRun ? (result.state === 'pass' ? 'passed' : 'failed') : 'skipped', duration: hasRun ? result.duration : undefined });
    }
  };
  visit(task.tasks ?? [], []);
  // Hooks of groups are what is left; tests side by side take more than the file.
  const hooks = Math.max(0, (task.result?.duration ?? 0) - inTests);
  write({ type: 'file', file, outside: { environment: environmentLoad + prepareDuration, setup, import: collectDuration, hooks } });
}
