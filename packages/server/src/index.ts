export { listWorkersOf, openStoreOf } from './open-store-of.js';
export { type RunningServer, type StartServerOptions, startServer } from './serve.js';
export { type RunningWorker, type StartWorkerOptions, startWorker } from './work.js';
