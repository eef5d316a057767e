/** Ethereum: compiling and deploying contracts. */
import type { CostRow } from '../cost-row.ts';

/** Where Hardhat's `ethers`, `viem`, `upgrades` live: on its runtime environment (2), on a connection (3), as globals. */
const hardhatDeploys = [
  'ethers.deployContract',
  'ethers.getContractFactory().deploy',
  'viem.deployContract',
  'upgrades.deployProxy',
  'upgrades.deployBeacon',
  'upgrades.deployBeaconProxy',
  'upgrades.upgradeProxy',
  'ignition.deploy',
];

export const contracts: readonly CostRow[] = [
  ...hardhatDeploys.flatMap((path): CostRow[] => [
    { module: 'hardhat', export: path, kind: 'deploy', stub: 'contract' },
    { module: 'hardhat', export: `network.connect().${path}`, kind: 'deploy', stub: 'contract' },
    { module: 'hardhat', export: `network.create().${path}`, kind: 'deploy', stub: 'contract' },
    { export: path, kind: 'deploy', stub: 'contract' },
  ]),
  // No row for `getContractFactory` alone, which reads an artifact, nor for `network.connect()`: an EVM in memory is the ground
  // such a suite stands on, made once for each file.

  // Runs its deploys once and goes back to a snapshot afterwards: the remedy, not the problem.
  { module: '@nomicfoundation/hardhat-network-helpers', export: 'loadFixture', kind: 'cheap' },
  { module: '@nomicfoundation/hardhat-toolbox/network-helpers', export: 'loadFixture', kind: 'cheap' },
  { module: 'hardhat', export: 'network.connect().networkHelpers.loadFixture', kind: 'cheap' },
  { module: 'hardhat', export: 'network.create().networkHelpers.loadFixture', kind: 'cheap' },

  { module: 'ethers', export: 'ContractFactory().deploy', kind: 'deploy', stub: 'contract' },
  { module: 'ethers', export: 'ethers.ContractFactory().deploy', kind: 'deploy', stub: 'contract' },
  { module: 'ethereum-waffle', export: 'deployContract', kind: 'deploy', stub: 'contract' },
  // Truffle's globals. `deployed()` finds what the migrations deployed: no row.
  { export: 'artifacts.require().new', kind: 'deploy', stub: 'contract' },
  { module: '@openzeppelin/truffle-upgrades', export: 'deployProxy', kind: 'deploy', stub: 'contract' },

  { module: 'solc', export: 'compile', kind: 'compile' },
  { module: 'solc', export: 'lowlevel.*', kind: 'compile' },
];
