/** Ethereum: compiling and deploying contracts. */
import type { CostRow } from '../cost-row.ts';

/** Where Hardhat's `ethers`, `viem`, `upgrades` live: on its runtime environment (2), on a connection (3), as globals. */
const hardhatDeploys = [
  'zksyncEthers.deployContract',
  'upgrades.deployProxy',
  'upgrades.deployBeacon',
  'upgrades.deployBeaconProxy',
  'upgrades.upgradeProxy',
  'upgrades.upgradeBeacon',
  'upgrades.deployImplementation',
  'ignition.deploy',
];

/** Nothing but a transaction on the network in the same process: 1 to 3 ms each, measured with contracts of 500 to 24,000 bytes. */
const plainDeploys = [
  'ethers.deployContract',
  'ethers.getContractFactory().deploy',
  'ethers.ContractFactory().deploy',
  'waffle.deployContract',
  'waffle.deployMockContract',
  'viem.deployContract',
];

function onHardhat(path: string, row: Pick<CostRow, 'milliseconds'>): CostRow[] {
  const deploys = { kind: 'deploy', stub: 'contract', ...row } as const;
  return [
    ...['', 'network.connect().', 'network.create().'].map((way) => ({ module: 'hardhat', export: `${way}${path}`, ...deploys })),
    { export: path, ...deploys },
  ];
}

export const contracts: readonly CostRow[] = [
  ...hardhatDeploys.flatMap((path) => onHardhat(path, {})),
  ...plainDeploys.flatMap((path) => onHardhat(path, { milliseconds: 3 })),
  // No row for `getContractFactory` alone, which reads an artifact, nor for `network.connect()`: an EVM in memory is the ground
  // such a suite stands on, made once for each file.

  // Runs its deploys once and goes back to a snapshot afterwards: the remedy, not the problem.
  { module: '@nomicfoundation/hardhat-network-helpers', export: 'loadFixture', kind: 'cheap' },
  { module: '@nomicfoundation/hardhat-toolbox/network-helpers', export: 'loadFixture', kind: 'cheap' },
  { module: 'hardhat', export: 'network.connect().networkHelpers.loadFixture', kind: 'cheap' },
  { module: 'hardhat', export: 'network.create().networkHelpers.loadFixture', kind: 'cheap' },

  { module: 'ethers', export: 'ContractFactory().deploy', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: 'ethers', export: 'ethers.ContractFactory().deploy', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: 'ethers', export: 'ContractFactory.fromSolidity().deploy', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: 'ethers', export: 'ethers.ContractFactory.fromSolidity().deploy', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: 'ethereum-waffle', export: 'deployContract', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: ['ethereum-waffle', '@ethereum-waffle/mock-contract'], export: 'deployMockContract', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: ['@defi-wonderland/smock', '@eth-optimism/smock'], export: 'smock.mock().deploy', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  // Only sends the transaction.
  { module: 'viem', export: 'createWalletClient().deployContract', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: 'viem', export: 'createTestClient().extend().deployContract', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: 'web3', export: 'default().eth.*().deploy().send', kind: 'deploy', stub: 'contract' },
  { module: 'web3', export: 'Web3().eth.*().deploy().send', kind: 'deploy', stub: 'contract' },
  { export: 'web3.eth.Contract().deploy().send', kind: 'deploy', stub: 'contract' },
  // Truffle's globals. `deployed()` finds what the migrations deployed: no row.
  { export: 'artifacts.require().new', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: ['@truffle/contract', 'truffle-contract'], export: 'default().new', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  { module: '@openzeppelin/test-environment', export: 'contract.fromArtifact().new', kind: 'deploy', stub: 'contract', milliseconds: 10 },
  ...['deployProxy', 'upgradeProxy', 'deployBeacon', 'deployBeaconProxy', 'upgradeBeacon'].map((name): CostRow => (
    { module: '@openzeppelin/truffle-upgrades', export: name, kind: 'deploy', stub: 'contract' })),
  ...['deployProxy', 'upgradeProxy', 'deployBeacon', 'deployBeaconProxy', 'upgradeBeacon', 'deployImplementation'].map((name): CostRow => (
    { module: '@openzeppelin/hardhat-upgrades', export: `upgrades().${name}`, kind: 'deploy', stub: 'contract' })),
  // hardhat-deploy: `fixture` goes back to a snapshot.
  { module: 'hardhat', export: 'deployments.deploy', kind: 'deploy', stub: 'contract' },
  { module: 'hardhat', export: 'deployments.fixture', kind: 'cheap' },
  { module: 'hardhat', export: 'deployments.createFixture', kind: 'cheap' },
  { module: 'fuels', export: 'ContractFactory().deploy', kind: 'deploy', stub: 'contract' },
  { module: ['fuels/test-utils', '@fuel-ts/contract/test-utils', '@fuel-ts/account/test-utils'], export: 'launchTestNode', kind: 'launch' },

  // Before version 0.5 the standard input had functions of its own.
  ...['compile', 'compileStandard', 'compileStandardWrapper'].map((name): CostRow => ({ module: 'solc', export: name, kind: 'compile' })),
  { module: 'solc', export: 'lowlevel.*', kind: 'compile' },
  { module: 'solc', export: 'loadRemoteVersion', kind: 'load' },
  { module: '@ton/blueprint', export: 'compile', kind: 'compile' },
  // Compilers as WebAssembly modules.
  { module: '@ton-community/func-js', export: 'compileFunc', kind: 'compile' },
  { module: '@tact-lang/compiler', export: 'run', kind: 'compile' },
  { module: '@tact-lang/compiler', export: 'build', kind: 'compile' },
];
