// A fresh process each time: import of the built entry, first result, calls 2 to 10, at (1,4,32,32). Run as a program it is that process.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const self = fileURLToPath(import.meta.url);
const entry = fileURLToPath(new URL('../../dist/kernel.mjs', import.meta.url));

/** Prints the median and the best of fresh processes. Needs `npm run build`. */
export function coldStart(processes = 15) {
  if (!existsSync(entry)) {
    console.log('Cold start: not measured, there is no dist/kernel.mjs (npm run build).');
    return;
  }
  const runs = Array.from({ length: processes }, () => JSON.parse(execFileSync(process.execPath, [self], { encoding: 'utf8' })));
  const middle = (name) => runs.map((run) => run[name]).sort((a, b) => a - b)[processes >> 1];
  console.log(`Cold start, median of ${processes} processes: import ${middle('load').toFixed(2)} ms, first result ${middle('first').toFixed(2)} ms, calls 2 to 10 ${middle('next').toFixed(3)} ms each.`);
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
