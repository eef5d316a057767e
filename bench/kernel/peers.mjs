// The peers: each takes a problem and gives a function that computes it once, or undefined where it cannot. All on one thread.
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { attentionModel } from './onnx-model.mjs';

const require = createRequire(import.meta.url);

/**
 * The formula as a person writes it first: one function, loops over rows, keys and coordinates, Math.exp, numbers summed in variables. It
 * is no straw man: hidden keys are skipped, rows are read where they are, and everything that a loop reads is a local variable (as a closure over
 * its sizes it has half the speed on Node 20).
 */
function attendNaively(query, key, value, batchSize, numHeads, seqLen, headDim, causal) {
  const scale = 1 / Math.sqrt(headDim);
  const out = new Float32Array(query.length);
  const scores = new Float32Array(seqLen);
  for (let head = 0; head < batchSize * numHeads; head++) {
    const base = head * seqLen * headDim;
    for (let q = 0; q < seqLen; q++) {
      const keys = causal ? q + 1 : seqLen;
      let max = -Infinity;
      for (let k = 0; k < keys; k++) {
        let sum = 0;
        for (let d = 0; d < headDim; d++) sum += query[base + q * headDim + d] * key[base + k * headDim + d];
        scores[k] = sum * scale;
        if (scores[k] > max) max = scores[k];
      }
      let total = 0;
      for (let k = 0; k < keys; k++) {
        scores[k] = Math.exp(scores[k] - max);
        total += scores[k];
      }
      for (let d = 0; d < headDim; d++) {
        let sum = 0;
        for (let k = 0; k < keys; k++) sum += scores[k] * value[base + k * headDim + d];
        out[base + q * headDim + d] = sum / total;
      }
    }
  }
  return out;
}

export function naive({ query, key, value, shape, pattern }) {
  const { batchSize, numHeads, seqLen, headDim } = shape;
  return () => attendNaively(query, key, value, batchSize, numHeads, seqLen, headDim, pattern === 'causal');
}

async function onnx(ort, problem) {
  const { query, key, value, shape, pattern } = problem;
  const dims = [shape.batchSize, shape.numHeads, shape.seqLen, shape.headDim];
  const session = await ort.InferenceSession.create(attentionModel(dims, pattern === 'causal'), { intraOpNumThreads: 1, interOpNumThreads: 1, executionProviders: [ort.env.wasm && ort !== onnxNode ? 'wasm' : 'cpu'] });
  const feeds = { q: new ort.Tensor('float32', query, dims), k: new ort.Tensor('float32', key, dims), v: new ort.Tensor('float32', value, dims) };
  return async () => (await session.run(feeds)).y.data;
}

let onnxNode;

/** Loads what is installed; a missing peer is reported, not fatal. */
export async function loadPeers(report) {
  const peers = {};
  const attempt = async (name, load) => {
    try {
      peers[name] = await load();
    } catch (error) {
      report(`${name}: not measured (${String(error.message).split('\n')[0]})`);
    }
  };
  await attempt('onnxruntime-node', async () => {
    onnxNode = (await import('onnxruntime-node')).default ?? (await import('onnxruntime-node'));
    return (problem) => onnx(onnxNode, problem);
  });
  await attempt('onnxruntime-web', async () => {
    const module = await import('onnxruntime-web/wasm');
    const ort = module.default ?? module;
    ort.env.wasm.numThreads = 1;
    return (problem) => onnx(ort, problem);
  });
  await attempt('tfjs-wasm', async () => {
    const tf = await import('@tensorflow/tfjs-core');
    const { setWasmPaths, setThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'));
    setThreadsCount(1);
    await tf.setBackend('wasm');
    await tf.ready();
    const attend = (q, k, v, scale) => tf.matMul(tf.softmax(tf.mul(tf.matMul(q, k, false, true), scale)), v);
    peers['tfjs-wasm, head by head'] = ({ query, key, value, shape, pattern }) => {
      if (pattern !== 'full') return undefined;
      const { batchSize, numHeads, seqLen, headDim } = shape;
      const heads = (x) => Array.from({ length: batchSize * numHeads }, (_, h) => tf.tensor2d(x.slice(h * seqLen * headDim, (h + 1) * seqLen * headDim), [seqLen, headDim]));
      const [q, k, v] = [heads(query), heads(key), heads(value)];
      return () => {
        const out = new Float32Array(query.length);
        for (let h = 0; h < q.length; h++) tf.tidy(() => out.set(attend(q[h], k[h], v[h], 1 / Math.sqrt(headDim)).dataSync(), h * seqLen * headDim));
        return out;
      };
    };
    return ({ query, key, value, shape, pattern }) => {
      if (pattern !== 'full') return undefined;
      const dims = [shape.batchSize, shape.numHeads, shape.seqLen, shape.headDim];
      const [q, k, v] = [query, key, value].map((x) => tf.tensor(x, dims));
      return () => tf.tidy(() => attend(q, k, v, 1 / Math.sqrt(shape.headDim)).dataSync());
    };
  });
  await attempt('jax-js', async () => {
    // It looks for a browser. Where there is a Worker it shares its memory, even when it made that memory before the other peers defined one.
    globalThis.navigator ??= { userAgent: '' };
    const jax = await import('@jax-js/jax');
    await jax.init('wasm');
    jax.defaultDevice('wasm');
    const prepare = async ({ query, key, value, shape, pattern }) => {
      const { batchSize, numHeads, seqLen, headDim } = shape;
      const [q, k, v] = [query, key, value].map((x) => jax.numpy.array(x, { shape: [batchSize, numHeads, seqLen, headDim] }));
      const headsLast = (x) => jax.numpy.transpose(x, [0, 2, 1, 3]);
      const attend = jax.jit((...inputs) => headsLast(jax.nn.dotProductAttention(...inputs.map(headsLast), { isCausal: pattern === 'causal' })));
      const run = () => attend(q.ref, k.ref, v.ref).data();
      const { Worker } = globalThis;
      delete globalThis.Worker;
      await run();
      globalThis.Worker = Worker;
      return run;
    };
    const one = new Float32Array(4).fill(1);
    await prepare({ query: one, key: one, value: one, shape: { batchSize: 1, numHeads: 1, seqLen: 1, headDim: 4 }, pattern: 'full' });
    return prepare;
  });
  return peers;
}
