/** Databases and containers started for a test. */
import type { CostRow } from '../cost-row.ts';

const mongo = ['mongodb-memory-server', 'mongodb-memory-server-core'];

/** Containers are chains: `new GenericContainer('redis').withExposedPorts(6379).withReuse().start()`. */
const chained = Array.from({ length: 8 }, (_, calls) => '.*()'.repeat(calls));

export const services: readonly CostRow[] = [
  { module: mongo, export: 'MongoMemoryServer.create', kind: 'launch' },
  { module: mongo, export: 'MongoMemoryReplSet.create', kind: 'launch' },
  { module: 'redis-memory-server', export: 'create', kind: 'launch' },
  { module: 'redis-memory-server', export: 'RedisMemoryServer.create', kind: 'launch' },
  // PostgreSQL as a WebAssembly module.
  { module: '@electric-sql/pglite', export: 'PGlite', kind: 'launch' },
  { module: '@electric-sql/pglite', export: 'PGlite.create', kind: 'launch' },
  ...chained.flatMap((calls): CostRow[] => [
    { module: 'testcontainers', export: `GenericContainer()${calls}.start`, kind: 'launch' },
    { module: 'testcontainers', export: `DockerComposeEnvironment()${calls}.up`, kind: 'launch' },
    { module: '@testcontainers/postgresql', export: `PostgreSqlContainer()${calls}.start`, kind: 'launch' },
    { module: '@testcontainers/mysql', export: `MySqlContainer()${calls}.start`, kind: 'launch' },
  ]),
  { module: 'testcontainers', export: 'GenericContainer.fromDockerfile().build', kind: 'build' },
];
