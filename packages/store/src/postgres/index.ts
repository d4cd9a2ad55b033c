export { readDatabaseAddress } from './database-address.js';
export { findWay } from './find-way.js';
export { openPostgresStore } from './open-postgres-store.js';
