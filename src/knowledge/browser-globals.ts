/** Libraries that put themselves into the global scope when loaded by a script tag or a test set-up file. */
export const BROWSER_GLOBALS: Readonly<Record<string, { readonly module: string; readonly path: readonly string[] }>> = {
  tf: { module: '@tensorflow/tfjs', path: [] },
  ort: { module: 'onnxruntime-web', path: [] },
  Tesseract: { module: 'tesseract.js', path: [] },
  brain: { module: 'brain.js', path: [] },
  GPU: { module: 'gpu.js', path: ['GPU'] },
  ml5: { module: 'ml5', path: [] },
};
