import { TestServer } from './test-server.js';

const SAMPLE_INTERVAL_MS = 5;

/** A server in a process of its own, which tells its address, and, asked with anything, its largest size since it was asked last. */
const server = await TestServer.start({ maxUploadBytes: 512 * 1024 ** 2 });
let peakBytes = 0;
const sample = () => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
};
setInterval(sample, SAMPLE_INTERVAL_MS);
process.on('message', () => {
  sample();
  process.send?.({ peakBytes });
  peakBytes = 0;
});
process.on('disconnect', async () => {
  await server[Symbol.asyncDispose]();
  process.exit();
});
process.send?.({ url: server.url });
