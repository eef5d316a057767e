// Attention against its peers, all in this process, on one thread. Rounds go through all candidates in turn and the best
// round of each counts, in time computed, so that a busy neighbour spoils a round and not a candidate. Only ratios of one run carry over.
//   npm run bench:kernel [-- --quick]
import { attention, attentionImplementations, attentionReference } from '../../src/kernel/index.ts';
import { createTensors } from '../../src/fixtures/index.ts';
import { goalText, writeFigures } from '../goals.ts';
import { computed, settle } from './clock.mjs';
import { coldStart } from './cold-start.mjs';
import { loadPeers, naive } from './peers.mjs';
import { javascriptPeak, peak } from './peak.mjs';

const quick = process.argv.includes('--quick');
const SHAPES = [[1, 4, 32, 32], [1, 4, 64, 32], [2, 4, 128, 64], [2, 8, 512, 64], [4, 8, 1024, 64]];
const PATTERNS = ['full', 'causal', 'sliding_window', 'dilated'];
const ROUNDS = quick ? 3 : 9;
const MILLISECONDS = quick ? 10 : 40;

function visiblePairs(pattern, S) {
  const window = Math.ceil(S / 4);
  let pairs = 0;
  for (let q = 0; q < S; q++) {
    if (pattern === 'full') pairs += S;
    else if (pattern === 'causal') pairs += q + 1;
    else if (pattern === 'sliding_window') pairs += Math.min(S - 1, q + window) - Math.max(0, q - window) + 1;
    else pairs += Math.min(window, Math.floor(q / 2)) + Math.min(window, Math.floor((S - 1 - q) / 2)) + 1;
  }
  return pairs;
}

async function bestOf(candidates) {
  const best = new Map();
  const repetitions = new Map();
  // Warm up until the engine's compilers have had their turn; they replace a function when it is next called.
  for (let pass = 0; pass < 3; pass++) {
    for (const [name, run] of candidates) {
      await run();
      const start = computed();
      await run();
      const once = Math.max(0.001, computed() - start);
      repetitions.set(name, Math.max(1, Math.min(2000, Math.round(MILLISECONDS / once))));
      for (let i = 0; i < Math.min(300, 70 / once); i++) await run();
    }
    await settle();
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of candidates) {
      const count = repetitions.get(name);
      if (round > 3 && count === 1 && best.get(name) > 500) continue;
      const start = computed();
      let result;
      for (let i = 0; i < count; i++) {
        result = run();
        if (result instanceof Promise) await result;
      }
      const milliseconds = (computed() - start) / count;
      best.set(name, Math.min(best.get(name) ?? Infinity, milliseconds));
    }
  }
  return best;
}

const notes = [];
const peers = await loadPeers((note) => notes.push(note));
const implementations = attentionImplementations();
const ceilings = { simd128: await peak(false), relaxed: await peak(true), javascript: await javascriptPeak() };
console.log(`Node ${process.version}, ${process.arch}. GFLOP/s over visible pairs, by time computed, best of ${ROUNDS} rounds.`);
console.log(`Peak of a register loop: SIMD128 ${ceilings.simd128?.toFixed(1)}, relaxed ${ceilings.relaxed?.toFixed(1) ?? 'not in this engine'}, JavaScript ${ceilings.javascript.toFixed(1)}.`);
for (const note of notes) console.log(note);

const rates = {};
for (const [batchSize, numHeads, seqLen, headDim] of SHAPES) {
  const inputs = createTensors({ batchSize, numHeads, seqLen, headDim });
  for (const pattern of PATTERNS) {
    const problem = { ...inputs, pattern };
    const candidates = [];
    for (const implementation of implementations) candidates.push([implementation, () => attention({ ...problem, implementation })]);
    if (pattern === 'full' || pattern === 'causal') {
      // One head stands for all where the loop would take seconds: it has no state between heads.
      const one = seqLen > 512 ? createTensors({ batchSize: 1, numHeads: 1, seqLen, headDim }) : inputs;
      candidates.push(['naive', naive({ ...one, pattern })]);
      for (const [name, prepare] of Object.entries(peers)) {
        const run = await prepare(problem);
        if (run !== undefined) candidates.push([name, run]);
      }
    }
    if (seqLen <= 128) await compare(candidates, problem);
    const best = await bestOf(candidates);
    const flops = 4 * batchSize * numHeads * headDim * visiblePairs(pattern, seqLen);
    const row = {};
    for (const [name, milliseconds] of best) row[name] = (name === 'naive' && seqLen > 512 ? flops / (batchSize * numHeads) : flops) / milliseconds / 1e6;
    rates[`${[batchSize, numHeads, seqLen, headDim]} ${pattern}`] = row;
    console.log(`(${batchSize},${numHeads},${seqLen},${headDim}) ${pattern.padEnd(14)} ${Object.entries(row).map(([name, rate]) => `${name} ${rate.toFixed(rate < 10 ? 2 : 1)}`).join('  ')}`);
  }
}

/** A candidate that computes something else has no rate. */
async function compare(candidates, problem) {
  const expected = attentionReference(problem);
  for (const [name, run] of candidates) {
    const result = await run();
    const error = result.reduce((max, x, i) => Math.max(max, Math.abs(x - expected[i])), 0);
    if (!(error < 1e-4)) throw new Error(`${name} differs from the reference by ${error} at ${JSON.stringify(problem.shape)} ${problem.pattern}.`);
  }
}

console.log('\nRatios');
const range = (name, values) => {
  const known = values.filter((x) => Number.isFinite(x));
  if (known.length > 0) console.log(`${name}: ${Math.min(...known).toFixed(2)} to ${Math.max(...known).toFixed(2)}  [${values.map((x) => (Number.isFinite(x) ? x.toFixed(2) : '-')).join(', ')}]`);
};
const of = (pattern, top, bottom, shapes = SHAPES) => shapes.map((shape) => {
  const row = rates[`${shape} ${pattern}`];
  return row[top] / (typeof bottom === 'number' ? bottom : row[bottom]);
});
const fastest = implementations[0];
const long = SHAPES.filter(([, , S]) => S >= 128);
for (const pattern of ['full', 'causal']) {
  range(`javascript / naive, ${pattern}`, of(pattern, 'javascript', 'naive'));
  range(`simd128 / peak, ${pattern}, S >= 128`, of(pattern, 'simd128', ceilings.simd128, long));
  if (ceilings.relaxed !== undefined) range(`relaxed / peak, ${pattern}, S >= 128`, of(pattern, 'relaxed', ceilings.relaxed, long));
  range(`${fastest} / onnxruntime-web, ${pattern}`, of(pattern, fastest, 'onnxruntime-web'));
  range(`${fastest} / onnxruntime-node, ${pattern}`, of(pattern, fastest, 'onnxruntime-node'));
}
range(`${fastest} / tfjs-wasm head by head, full`, of('full', fastest, 'tfjs-wasm, head by head'));
for (const pattern of ['full', 'causal']) range(`${fastest} / jax-js, ${pattern}`, of(pattern, fastest, 'jax-js'));

console.log('\nWhat the goals ask for, as a part of the ceiling (above 1 no loop of this kind can reach it)');
const ceiling = ceilings[fastest];
for (const pattern of ['full', 'causal']) range(`4 x naive, ${pattern}, of the JavaScript loop`, of(pattern, 'naive', ceilings.javascript / 4));
range(`10 x tfjs-wasm head by head, full, of the ${fastest} loop`, of('full', 'tfjs-wasm, head by head', ceiling / 10));
range(`1.2 x onnxruntime-node, causal, of the ${fastest} loop`, of('causal', 'onnxruntime-node', ceiling / 1.2));

console.log('\nSavings');
for (const implementation of implementations) {
  const full = rates[`${SHAPES.at(-1)} full`][implementation];
  for (const pattern of PATTERNS.slice(1)) console.log(`${implementation}: ${pattern} keeps ${((100 * rates[`${SHAPES.at(-1)} ${pattern}`][implementation]) / full).toFixed(0)} % of the ideal saving at S = 1024`);
}

const tiny = createTensors({ batchSize: 1, numHeads: 1, seqLen: 1, headDim: 4 });
const smallest = await bestOf(implementations.map((implementation) => [implementation, () => attention({ ...tiny, implementation })]));
console.log(`\nSmallest call (1,1,1,4): ${[...smallest].map(([name, ms]) => `${name} ${(1000 * ms).toFixed(2)} us`).join(', ')}`);
coldStart();

const goals = [];
const goal = (name, values, factor, atLeast, unit = '') => {
  const known = values.filter((x) => Number.isFinite(x));
  if (known.length > 0) goals.push({ name, value: factor * Math.min(...known), atLeast, unit });
};
for (const pattern of ['full', 'causal']) {
  goal(`JavaScript as a multiple of the naive loop, ${pattern}`, of(pattern, 'javascript', 'naive'), 1, 4);
  goal(`SIMD128 as a part of the peak, ${pattern}, S >= 128`, of(pattern, 'simd128', ceilings.simd128, long), 100, pattern === 'full' ? 75 : 65, ' %');
  if (ceilings.relaxed !== undefined) goal(`relaxed SIMD as a part of its peak, ${pattern}, S >= 128`, of(pattern, 'relaxed', ceilings.relaxed, long), 100, 60, ' %');
  goal(`as a multiple of onnxruntime-web, ${pattern}`, of(pattern, fastest, 'onnxruntime-web'), 1, pattern === 'full' ? 1.4 : 2.3);
}
goal('as a multiple of tfjs-wasm head by head, full', of('full', fastest, 'tfjs-wasm, head by head'), 1, 10);
goal('as a multiple of onnxruntime-node, causal', of('causal', fastest, 'onnxruntime-node'), 1, 1.2);
for (const pattern of ['sliding_window', 'dilated']) {
  const row = (name) => rates[`${SHAPES.at(-1)} ${name}`][fastest];
  goal(`of the ideal saving, ${pattern}, S = 1024`, [row(pattern) / row('full')], 100, 70, ' %');
}
console.log('');
for (const one of goals) console.log(goalText(one));
console.log(`\nAll figures: ${writeFigures('kernel', { goals, rates, ceilings, node: process.version })}`);
process.exit(0);
