/** Which calls of a file are of an origin of which something is known? Ten calls of one function are one question. */
import type { Origin } from './origin.ts';
import type { Origins, ResolvedCall } from './origins.ts';

export interface KnownCall<T> extends ResolvedCall {
  readonly known: T;
}

const indexes = new WeakMap<Origins, ReadonlyMap<Origin, readonly number[]>>();

/** In the order in which the file's calls were found; undefined is known of most. */
export function callsKnown<T>(origins: Origins, knows: (origin: Origin) => T | undefined): readonly KnownCall<T>[] {
  const { calls } = origins;
  let byOrigin = indexes.get(origins);
  if (!byOrigin) indexes.set(origins, (byOrigin = indexByOrigin(calls)));
  const found: (KnownCall<T> & { readonly index: number })[] = [];
  let meant = 0;
  for (const [origin, places] of byOrigin) {
    const known = knows(origin);
    if (known === undefined) continue;
    meant++;
    for (const index of places) {
      const call = calls[index];
      if (call) found.push({ node: call.node, origin, known, index });
    }
  }
  return meant > 1 ? found.sort((a, b) => a.index - b.index) : found;
}

function indexByOrigin(calls: readonly ResolvedCall[]): ReadonlyMap<Origin, readonly number[]> {
  const byOrigin = new Map<Origin, number[]>();
  for (let index = 0; index < calls.length; index++) {
    const call = calls[index];
    const known = call && byOrigin.get(call.origin);
    if (known) known.push(index);
    else if (call) byOrigin.set(call.origin, [index]);
  }
  return byOrigin;
}
