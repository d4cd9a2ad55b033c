export * from './ports/configuration-store.js';
export * from './ports/file-store.js';
export * from './ports/instant.js';
export * from './ports/job-store.js';
export * from './ports/leases.js';
export * from './ports/listing.js';
export * from './ports/parse-store.js';
export * from './ports/store.js';
