import { fileURLToPath } from 'node:url';
import { isCurrent, runBundle, SpareEngine } from '@docket/core';

/** The part of the bundle that {@link start} calls. */
type Program = Pick<typeof import('./main.js'), 'main'>;

/**
 * Runs the command. To classify, an engine process is needed, and most of the time to the first result goes by while it
 * starts: so that is begun before anything else is loaded.
 */
export async function start(): Promise<void> {
  const [, , command, ...rest] = process.argv;
  const classifies =
    command === 'classify' && rest.length > 0 && !rest.some((flag) => flag === '--help' || flag === '-h');
  if (!classifies) return (await import('./main.js')).main();
  const spare = new SpareEngine();
  const { main } = await loadProgram();
  await main({ spare });
}

/** The bundle has `docket classify` alone; it is left alone when something was built since. */
async function loadProgram(): Promise<Program> {
  const bundle = new URL('./bundled/classify.cjs', import.meta.url);
  const core = new URL('../../core/dist/', import.meta.url);
  if (isCurrent(bundle, [new URL('./', import.meta.url), core])) return runBundle(fileURLToPath(bundle)) as Program;
  return import('./main.js');
}
