export { readDatabaseAddress } from './database-address.js';
export { findWay } from './find-way.js';
export { moveDatabase } from './move/move-database.js';
export { openPostgresParts, openPostgresStore } from './open-postgres-store.js';
export { readWorkers } from './postgres-cluster.js';
