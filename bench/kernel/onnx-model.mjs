// Writes the few bytes of an ONNX model with one Attention-23 node, so that the benchmark needs no model file and no exporter.
// Protocol buffer fields by number as in onnx.proto: ModelProto 1 ir_version, 7 graph, 8 opset_import; GraphProto 1 node, 2 name, 11 input, 12 output.

function varint(value) {
  const bytes = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

const number = (field, value) => [...varint(field * 8), ...varint(value)];
const bytes = (field, content) => [...varint(field * 8 + 2), ...varint(content.length), ...content];
const text = (field, value) => bytes(field, [...Buffer.from(value)]);

const FLOAT = 1;
const INT_ATTRIBUTE = 2;

function tensor(field, name, dims) {
  const shape = dims.flatMap((dim) => bytes(1, number(1, dim)));
  return bytes(field, [...text(1, name), ...bytes(2, bytes(1, [...number(1, FLOAT), ...bytes(2, shape)]))]);
}

/** softmax(Q K^T / sqrt(D)) V on [B, H, S, D], causal or not. */
export function attentionModel(dims, causal) {
  const attribute = bytes(5, [...text(1, 'is_causal'), ...number(3, causal ? 1 : 0), ...number(20, INT_ATTRIBUTE)]);
  const node = bytes(1, [...text(1, 'q'), ...text(1, 'k'), ...text(1, 'v'), ...text(2, 'y'), ...text(4, 'Attention'), ...attribute]);
  const graph = [...node, ...text(2, 'attention'), ...tensor(11, 'q', dims), ...tensor(11, 'k', dims), ...tensor(11, 'v', dims), ...tensor(12, 'y', dims)];
  return Uint8Array.from([...number(1, 10), ...bytes(7, graph), ...bytes(8, number(2, 23))]);
}
