export { type RunningServer, type StartServerOptions, startServer } from './serve.js';
