/** Speech and sound: recognisers, synthesisers, music models. */
import type { CostRow } from '../cost-row.ts';

const magenta = ['@magenta/music', '@magenta/music/*', '@magenta/sketch', '@magenta/image'];

export const speech: readonly CostRow[] = [
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
