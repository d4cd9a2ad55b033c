import { openSharedStore } from '../../packages/store/src/index.js';
import { startWaitingWorker } from './start-waiting-worker.js';

/** A process with several workers that only wait. Run: `worker-process.ts ADDRESS HOME WORKERS WAIT_MS`; it ends with its parent. */
const [address = '', home = '', workers = '1', waitMs = '1'] = process.argv.slice(2);
const store = await openSharedStore({ address, home, environment: {} });
const runners = await Promise.all(
  Array.from({ length: Number(workers) }, () => startWaitingWorker(store, Number(waitMs))),
);
process.on('message', async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  await store.close();
  process.disconnect();
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
