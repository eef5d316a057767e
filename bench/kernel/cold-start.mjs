// A fresh process each time: import of the built entry, first result, calls 2 to 10, at (1,4,32,32). Run as a program it is that process.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const self = fileURLToPath(import.meta.url);
const entry = fileURLToPath(new URL('../../dist/kernel.mjs', import.meta.url));

/** Prints the median and the best of fresh processes, in time that passed. Needs `npm run build`. */
export function coldStart(processes = 15) {
  if (!existsSync(entry)) {
    console.log('Cold start: not measured, there is no dist/kernel.mjs (npm run build).');
    return;
  }
  const runs = Array.from({ length: processes }, () => JSON.parse(execFileSync(process.execPath, [self], { encoding: 'utf8' })));
  const times = (name, digits) => {
    const sorted = runs.map((run) => run[name]).sort((a, b) => a - b);
    return `${sorted[processes >> 1].toFixed(digits)} ms (best ${sorted[0].toFixed(digits)})`;
  };
  console.log(`Cold start, median of ${processes} processes: import ${times('load', 2)}, first result ${times('first', 2)}, calls 2 to 10 ${times('next', 3)} each.`);
}

if (process.argv[1] === self) {
  const start = performance.now();
  const { attention } = await import(pathToFileURL(entry).href);
  const loaded = performance.now();
  const tensor = () => Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i));
  const problem = { query: tensor(), key: tensor(), value: tensor(), shape: { batchSize: 1, numHeads: 4, seqLen: 32, headDim: 32 } };
  const before = performance.now();
  attention(problem);
  const after = performance.now();
  for (let i = 0; i < 9; i++) attention(problem);
  console.log(JSON.stringify({ load: loaded - start, first: after - before, next: (performance.now() - after) / 9 }));
}
