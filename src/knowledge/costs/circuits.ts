/** Zero-knowledge circuits: compiling them, their keys, and proofs. Proofs take seconds, like a compile. */
import type { CostRow } from '../cost-row.ts';

const noir = '@noir-lang/noir_js';
const barretenberg = ['@aztec/bb.js', '@noir-lang/backend_barretenberg'];
const zokrates = ['zokrates-js', 'zokrates-js/node'];
const proofs = ['groth16', 'plonk', 'fflonk'];

export const circuits: readonly CostRow[] = [
  // Starts the compiler as a process, then loads what it wrote.
  { module: 'circom_tester', export: 'wasm', kind: 'compile' },
  { module: 'circom_tester', export: 'c', kind: 'compile' },
  { module: 'circomkit', export: 'Circomkit().WitnessTester', kind: 'compile' },
  { module: 'circomkit', export: 'Circomkit().ProofTester', kind: 'compile' },
  { module: 'circomkit', export: 'Circomkit().compile', kind: 'compile' },
  { module: 'circomkit', export: 'Circomkit().setup', kind: 'run' },
  { module: 'circomkit', export: 'Circomkit().prove', kind: 'prove', milliseconds: 1_000 },
  { module: 'circomkit', export: 'Circomkit().instantiate', kind: 'cheap' },
  { module: 'circom_tester', export: 'wasm().calculateWitness', kind: 'cheap' },
  { module: 'circom_tester', export: 'c().calculateWitness', kind: 'cheap' },
  // The names of the two files behind them, of older versions, and of the compiler in JavaScript.
  { module: 'circom_tester', export: 'tester', kind: 'compile' },
  { module: 'circom_tester', export: 'wasm_tester', kind: 'compile' },
  { module: 'circom_tester', export: 'c_tester', kind: 'compile' },
  { module: ['circom_tester/wasm/tester', 'circom_tester/c/tester'], export: 'default', kind: 'compile' },
  { module: 'circom', export: 'tester', kind: 'compile' },
  { module: 'circom', export: 'default', kind: 'compile' },

  ...proofs.flatMap((system): CostRow[] => [
    { module: 'snarkjs', export: `${system}.fullProve`, kind: 'prove', milliseconds: 1_000 },
    { module: 'snarkjs', export: `${system}.prove`, kind: 'prove', milliseconds: 1_000 },
  ]),
  { module: 'snarkjs', export: 'plonk.setup', kind: 'run' },
  { module: 'snarkjs', export: 'fflonk.setup', kind: 'run' },
  { module: 'snarkjs', export: 'zKey.newZKey', kind: 'run' },
  { module: 'snarkjs', export: 'zKey.contribute', kind: 'run' },
  { module: 'snarkjs', export: 'zKey.beacon', kind: 'run' },
  { module: 'snarkjs', export: 'powersOfTau.newAccumulator', kind: 'run' },
  { module: 'snarkjs', export: 'powersOfTau.contribute', kind: 'run' },
  { module: 'snarkjs', export: 'powersOfTau.preparePhase2', kind: 'run' },
  { module: 'snarkjs', export: 'powersOfTau.beacon', kind: 'run' },
  { module: 'snarkjs', export: 'powersOfTau.verify', kind: 'run' },
  { module: 'snarkjs', export: 'zKey.verifyFromInit', kind: 'run' },
  { module: 'snarkjs', export: 'zKey.verifyFromR1cs', kind: 'run' },
  // Before version 0.2.
  ...['original', 'groth', 'kimleeoh'].flatMap((system): CostRow[] => [
    { module: 'snarkjs', export: `${system}.setup`, kind: 'run' },
    { module: 'snarkjs', export: `${system}.genProof`, kind: 'prove', milliseconds: 1_000 },
  ]),
  { module: '@zk-kit/groth16', export: 'prove', kind: 'prove', milliseconds: 1_000 },
  { module: ['@semaphore-protocol/proof', '@semaphore-protocol/core'], export: 'generateProof', kind: 'prove', milliseconds: 1_000 },
  { module: 'websnark/src/groth16', export: 'default', kind: 'compile' },
  { module: 'websnark/src/utils', export: 'genWitnessAndProve', kind: 'prove', milliseconds: 1_000 },

  // Generates WebAssembly for curve and hash at each call: measured at 90-300 ms, 1,200 ms for EdDSA.
  ...['Poseidon', 'PoseidonOpt', 'PoseidonReference', 'Babyjub', 'MimcSponge', 'Mimc7', 'PedersenHash'].map((name): CostRow => (
    { module: 'circomlibjs', export: `build${name}`, kind: 'compile', milliseconds: 200 })),
  { module: 'circomlibjs', export: 'buildEddsa', kind: 'compile', milliseconds: 1_000 },

  { module: noir, export: 'Noir().execute', kind: 'run' },
  { module: noir, export: 'Noir().generateProof', kind: 'prove', milliseconds: 1_000 },
  { module: noir, export: 'Noir().generateFinalProof', kind: 'prove', milliseconds: 1_000 },
  ...['compile', 'compile_program', 'compile_contract'].map((name): CostRow => ({ module: '@noir-lang/noir_wasm', export: name, kind: 'compile' })),
  ...['UltraHonkBackend', 'UltraPlonkBackend', 'BarretenbergBackend'].map((name): CostRow => (
    { module: barretenberg, export: `${name}().generateProof`, kind: 'prove', milliseconds: 1_000 })),
  { module: '@aztec/bb.js', export: 'Barretenberg.new', kind: 'session' },
  { module: '@aztec/bb.js', export: 'BarretenbergSync.new', kind: 'session' },

  { module: zokrates, export: 'initialize', kind: 'compile' },
  ...['initialize()', 'initialize().withOptions()'].flatMap((provider): CostRow[] => [
    { module: zokrates, export: `${provider}.compile`, kind: 'compile' },
    { module: zokrates, export: `${provider}.setup`, kind: 'run' },
    { module: zokrates, export: `${provider}.universalSetup`, kind: 'run' },
    { module: zokrates, export: `${provider}.setupWithSrs`, kind: 'run' },
    { module: zokrates, export: `${provider}.computeWitness`, kind: 'run' },
    { module: zokrates, export: `${provider}.generateProof`, kind: 'prove', milliseconds: 1_000 },
  ]),
  // Compiles its circuits and makes their keys.
  { module: ['o1js', 'snarkyjs'], export: 'ZkProgram().compile', kind: 'compile' },
  { module: ['o1js', 'snarkyjs'], export: 'SmartContract.compile', kind: 'compile' },
  // No row for `verify`: some milliseconds for a proof.
];
