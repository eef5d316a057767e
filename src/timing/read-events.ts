/** What runners wrote while a command was measured: lines of JSON, the last one possibly cut off. */
import * as v from 'valibot';
import { OUTCOMES, OUTSIDE_PARTS } from './profile.ts';
import type { RecordedRun } from './recorded-run.ts';
import { RunRecorder } from './recorded-run.ts';

const time = v.pipe(v.number(), v.minValue(0));
const test = { title: v.pipe(v.array(v.string()), v.minLength(1)), outcome: v.picklist(OUTCOMES), duration: v.optional(time), line: v.optional(time) };
const event = v.variant('type', [
  v.object({ type: v.literal('start'), runner: v.string(), version: v.optional(v.string()), at: v.optional(time) }),
  v.object({ type: v.literal('end'), at: time }),
  v.object({ type: v.literal('test'), file: v.string(), ...test }),
  v.object({ type: v.literal('file'), file: v.string(), outside: v.object(v.entriesFromList(OUTSIDE_PARTS, v.optional(time))) }),
  v.object({ type: v.literal('again'), file: v.string() }),
]);

/** Undefined when no runner has said anything. `elapsed` is what the whole command took, of which its runner may be a part. */
export function readEvents(text: string, root: string, elapsed: number): RecordedRun | undefined {
  const recorder = new RunRecorder(root, { elsewhere: false });
  const turns: Turn[] = [];
  let runner: string | undefined;
  for (const line of text.split('\n')) {
    const told = parse(line);
    if (!told) continue;
    if (told.type === 'start') runner ??= told.runner;
    if (told.type === 'start' || told.type === 'end') turns.push(told);
    else if (told.type === 'test') recorder.addTest(told.file, told);
    else if (told.type === 'again') recorder.forget(told.file);
    else recorder.addOutside(told.file, definedOnly(told.outside));
  }
  return runner === undefined ? undefined : recorder.finish({ runner, wall: timeOf(turns) ?? elapsed });
}

interface Turn {
  readonly type: 'start' | 'end';
  readonly at?: number | undefined;
}

/** ms that runners ran, one after the other; undefined where two ran at once, or one was killed before it said when it ended. */
function timeOf(turns: readonly Turn[]): number | undefined {
  let sum = 0;
  for (let index = 0; index < turns.length; index += 2) {
    const [start, end] = [turns[index], turns[index + 1]];
    if (start?.type !== 'start' || end?.type !== 'end' || start.at === undefined || end.at === undefined) return undefined;
    sum += end.at - start.at;
  }
  return sum > 0 ? sum : undefined;
}

/** A line that was cut off when the runner was stopped is no event. */
function parse(line: string): v.InferOutput<typeof event> | undefined {
  if (line === '') return undefined;
  try {
    const result = v.safeParse(event, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

function definedOnly(times: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(times).flatMap(([part, value]) => (value === undefined ? [] : [[part, value]])));
}
