// The ceiling: multiply-adds on registers only, best over several numbers of independent sums, compiled here from a few lines of
// AssemblyScript; or the kernel's own innermost tile on cached data where an engine makes something slower of those loops
// (V8 of Node 24 does). The larger one counts.
//
// And the ceiling of plain JavaScript: the same loop on numbers.
import asc from 'assemblyscript/asc';
import { computed } from './clock.mjs';
import { relaxedBytes, simd128Bytes } from '../../src/kernel/wasm/bytes.ts';

const FLOPS_PER_STEP = 8; // four lanes, a multiply and an add
const CHAINS = [8, 10, 12, 13];
const UNROLL = 4;

function source(relaxed) {
  return CHAINS.map((chains) => {
    const names = Array.from({ length: chains }, (_, i) => `a${i}`);
    const step = names.map((a) => `${a} = ${relaxed ? `f32x4.relaxed_madd(${a}, y, x)` : `f32x4.add(f32x4.mul(${a}, y), x)`};`).join(' ');
    return `export function peak${chains}(n: i32): f32 {
      const x = f32x4.splat(0.5), y = f32x4.splat(0.25);
      ${names.map((a, i) => `let ${a} = f32x4.splat(${i}.5);`).join(' ')}
      for (let i = 0; i < n; i++) { ${step.concat(' ').repeat(UNROLL)} }
      return f32x4.extract_lane(${names.reduce((sum, a) => `f32x4.add(${sum}, ${a})`)}, 0);
    }`;
  }).join('\n');
}

/** GFLOP/s of the best loop, or undefined where the engine has no such instructions. */
export async function peak(relaxed) {
  let binary;
  const files = { 'peak.ts': source(relaxed) };
  const { error } = await asc.main(['peak.ts', '--outFile', 'peak.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', relaxed ? 'simd,relaxed-simd' : 'simd'], {
    readFile: (name) => files[name] ?? null,
    writeFile: (_name, contents) => { binary = contents; },
    listFiles: () => [],
  });
  if (error) throw error;
  if (!WebAssembly.validate(binary)) return undefined;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  let best = 0;
  for (let round = 0; round < 12; round++) {
    for (const chains of CHAINS) {
      const run = exports[`peak${chains}`];
      // Short calls first: an engine replaces a function by its optimised form between calls, in the background.
      for (let i = 0; i < 5000; i++) run(20);
      await new Promise((resolve) => { setTimeout(resolve, 5); });
      const loops = 200_000;
      const start = computed();
      run(loops);
      best = Math.max(best, (loops * UNROLL * chains * FLOPS_PER_STEP) / (computed() - start) / 1e6);
    }
  }
  return Math.max(best, await tilePeak(relaxed));
}

/** GFLOP/s of multiply-adds in plain JavaScript, on variables only. */
export async function javascriptPeak() {
  let best = 0;
  for (const chains of [10, 11, 12, 13]) {
    const names = Array.from({ length: chains }, (_, i) => `a${i}`);
    const step = names.map((a) => `${a} = ${a} * y + x;`).join(' ');
    const run = new Function('n', `const y = 0.25, x = n * 0.5; ${names.map((a, i) => `let ${a} = ${i}.5;`).join(' ')}
      for (let i = 0; i < n; i++) { ${step.concat(' ').repeat(UNROLL)} }
      return ${names.join(' + ')};`);
    for (let i = 0; i < 20_000; i++) run(20);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    for (let round = 0; round < 12; round++) {
      const loops = 200_000;
      const start = computed();
      run(loops);
      best = Math.max(best, (loops * UNROLL * chains * 2) / (computed() - start) / 1e6);
    }
  }
  return best;
}

/** GFLOP/s of the kernel's tile of six keys by eight queries, everything in the first-level cache, without softmax or copies. */
async function tilePeak(relaxed) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(relaxed ? relaxedBytes : simd128Bytes, 'base64')));
  const dim = 64;
  const calls = 8000;
  let best = 0;
  for (let round = 0; round < 40; round++) {
    const start = computed();
    for (let i = 0; i < calls; i++) exports.scores6(1024, 8192, 4 * dim, dim, 16_384);
    best = Math.max(best, (calls * 6 * dim * 2 * FLOPS_PER_STEP) / (computed() - start) / 1e6);
    await new Promise((resolve) => { setTimeout(resolve, 2); });
  }
  return best;
}
