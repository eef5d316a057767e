/** Zero-knowledge circuits: compiling them, their keys, and proofs. Proofs take seconds, like a compile. */
import type { CostRow } from '../cost-row.ts';

const proofs = ['groth16', 'plonk', 'fflonk'];

export const circuits: readonly CostRow[] = [
  // Starts the compiler as a process, then loads what it wrote.
  { module: 'circom_tester', export: 'wasm', kind: 'compile' },
  { module: 'circom_tester', export: 'c', kind: 'compile' },
  { module: 'circomkit', export: 'Circomkit().WitnessTester', kind: 'compile' },
  { module: 'circomkit', export: 'Circomkit().ProofTester', kind: 'compile' },
  { module: 'circomkit', export: 'Circomkit().compile', kind: 'compile' },
  { module: 'circom_tester', export: 'wasm().calculateWitness', kind: 'cheap' },

  ...proofs.flatMap((system): CostRow[] => [
    { module: 'snarkjs', export: `${system}.fullProve`, kind: 'run' },
    { module: 'snarkjs', export: `${system}.prove`, kind: 'run' },
  ]),
  { module: 'snarkjs', export: 'plonk.setup', kind: 'run' },
  { module: 'snarkjs', export: 'fflonk.setup', kind: 'run' },
  { module: 'snarkjs', export: 'zKey.newZKey', kind: 'run' },
  { module: 'snarkjs', export: 'zKey.contribute', kind: 'run' },
  { module: 'snarkjs', export: 'zKey.beacon', kind: 'run' },
  { module: 'snarkjs', export: 'powersOfTau.newAccumulator', kind: 'run' },
  { module: 'snarkjs', export: 'powersOfTau.contribute', kind: 'run' },
  { module: 'snarkjs', export: 'powersOfTau.preparePhase2', kind: 'run' },
  // Compiles its circuits and makes their keys.
  { module: 'o1js', export: 'ZkProgram().compile', kind: 'compile' },
  // No row for `verify`: some milliseconds for a proof.
];
