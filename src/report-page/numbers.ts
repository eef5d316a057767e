/** How durations are written on the page. */
export function duration(ms: number): string {
  if (ms < 1) return '< 1 ms';
  if (ms < 1000) return `${ms.toFixed(0)} ms`;
  const seconds = ms / 1000;
  return seconds < 10 ? `${Number(seconds.toFixed(2))} s` : `${seconds.toLocaleString('en-US', { maximumFractionDigits: seconds < 100 ? 1 : 0 })} s`;
}
