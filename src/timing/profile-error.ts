/** What is wrong with a profile or a report, and how it is said: which file, which place in it, what was expected there. */
import type { GenericIssue, GenericSchema, InferOutput } from 'valibot';
import { getDotPath, safeParse } from 'valibot';

/** Printed without a stack: it speaks of a file, not of this program. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
}

export function fail(file: string, place: string | undefined, expected: string, given: string): never {
  throw new ProfileError(`${[file, place].filter(Boolean).join(': ')}: expected ${expected}, got ${given}.`);
}

/** The value, with the fields of the schema and no others. */
export function check<const Schema extends GenericSchema>(schema: Schema, value: unknown, file: string): InferOutput<Schema> {
  const result = safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  return fail(file, getDotPath(issue) ?? undefined, expectedOf(issue), receivedOf(issue));
}

/** Messages of the schema are what it expects, in words; types are not worth words of their own. */
function expectedOf({ kind, type, expected, received, message }: GenericIssue): string {
  if (type === 'object' && received === 'undefined') return 'a value';
  return kind === 'validation' ? message : (expected ?? message).replace(/\((.*)\)/s, '$1').replaceAll('"', '');
}

const SHOWN = 60;

function receivedOf({ received }: GenericIssue): string {
  if (received === 'undefined') return 'nothing';
  return received.length > SHOWN ? `${received.slice(0, SHOWN)}…` : received;
}
