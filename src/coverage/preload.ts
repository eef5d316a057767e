/**
 * How closely does a process of a runner count what it executes? Loaded before anything else into each of them. Node counts blocks, which
 * makes loops over numbers run at half their speed; telling functions that ran from those that did not costs nothing.
 */
import { Session } from 'node:inspector';
import { takeCoverage } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { GRANULARITY_VARIABLE } from './granularity.ts';

/** As long as it is referenced, the engine keeps its mode. */
const sessions: Session[] = [];

function countFunctions(): void {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: false });
  sessions.push(session);
}

/** A process that the one above it ends by a signal would write nothing. It still ends by that signal. */
function writeWhenEnded(): void {
  if (!isMainThread || process.channel === undefined) return;
  process.once('SIGTERM', () => {
    takeCoverage();
    if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM');
  });
}

if (process.env['NODE_V8_COVERAGE']) {
  try {
    if (process.env[GRANULARITY_VARIABLE] !== 'blocks') countFunctions();
    writeWhenEnded();
  } catch {
    // The suite must run whatever happens here.
  }
}
