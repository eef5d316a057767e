/** What does `1s` behind a flag mean, in ms? */
import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

export function durationOf(text: string): number {
  const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(text.trim()) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('Expected a duration such as 1s or 250ms.');
  return Number(amount) * (UNITS[unit] ?? 1);
}
