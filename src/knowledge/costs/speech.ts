/** Speech and sound: recognisers, synthesisers, music models. */
import type { CostRow } from '../cost-row.ts';

const magenta = ['@magenta/music', '@magenta/music/*', '@magenta/sketch', '@magenta/image'];

/** Each engine of Picovoice reads its model when it is made: on Node by its constructor, on the web by `create`, there also as a worker. */
const picovoice: readonly (readonly [name: string, classes: readonly string[]])[] = [
  ['porcupine', ['Porcupine']], ['rhino', ['Rhino']], ['cheetah', ['Cheetah']], ['leopard', ['Leopard']], ['octopus', ['Octopus']],
  ['koala', ['Koala']], ['eagle', ['Eagle', 'EagleProfiler']], ['orca', ['Orca']], ['falcon', ['Falcon']], ['cobra', ['Cobra']],
];

export const speech: readonly CostRow[] = [
  ...picovoice.flatMap(([name, classes]) => classes.flatMap((engine): CostRow[] => [
    { module: `@picovoice/${name}-node`, export: engine, kind: 'load' },
    { module: [`@picovoice/${name}-web`, `@picovoice/${name}-node`], export: `${engine}.create`, kind: 'load' },
    { module: `@picovoice/${name}-web`, export: `${engine}Worker.create`, kind: 'load' },
  ])),

  { module: ['whisper.rn', '@fugood/whisper.node'], export: 'initWhisper', kind: 'load' },
  { module: 'whisper-turbo', export: 'SessionManager().loadModel', kind: 'load' },
  { module: 'smart-whisper', export: 'Whisper().transcribe', kind: 'run' },
  { module: 'nodejs-whisper', export: 'nodewhisper', kind: 'run' },
  { module: 'whisper-node', export: 'whisper', kind: 'run' },
  { module: 'whisper-node', export: 'default', kind: 'run' },
  { module: '@remotion/install-whisper-cpp', export: 'transcribe', kind: 'run' },
  { module: '@remotion/install-whisper-cpp', export: 'downloadWhisperModel', kind: 'load' },
  { module: '@remotion/install-whisper-cpp', export: 'installWhisperCpp', kind: 'build' },

  { module: 'vosk', export: 'Model', kind: 'load' },
  { module: 'vosk', export: 'SpeakerModel', kind: 'load' },
  { module: 'vosk-browser', export: 'createModel', kind: 'load' },
  ...['createOnlineRecognizer', 'createOfflineRecognizer', 'createOfflineTts'].map((name): CostRow => (
    { module: 'sherpa-onnx', export: name, kind: 'load' })),
  ...['OnlineRecognizer', 'OfflineRecognizer', 'OfflineTts'].map((name): CostRow => ({ module: 'sherpa-onnx-node', export: name, kind: 'load' })),
  { module: ['@ricky0123/vad-node', '@ricky0123/vad-web'], export: 'NonRealTimeVAD.new', kind: 'load' },
  { module: '@ricky0123/vad-web', export: 'MicVAD.new', kind: 'load' },
  { module: '@ricky0123/vad-web', export: 'AudioNodeVAD.new', kind: 'load' },

  { module: '@spotify/basic-pitch', export: 'BasicPitch().evaluateModel', kind: 'run' },
  // `new MusicVAE(url)` remembers the address.
  ...['MusicVAE', 'MusicRNN', 'Coconet', 'OnsetsAndFrames', 'PianoGenie', 'GANSynth', 'DDSP', 'SPICE', 'SketchRNN', 'ArbitraryStyleTransferNetwork']
    .map((model): CostRow => ({ module: magenta, export: `${model}().initialize`, kind: 'load' })),
];
