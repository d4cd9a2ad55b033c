import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

/** What a function cost, callees left out and counted. */
export interface FunctionCost {
  readonly name: string;
  /** Path from `src` or the package on, without the folders of this machine. */
  readonly file: string;
  readonly selfMs: number;
  readonly totalMs: number;
}

const SAMPLING_MICROSECONDS = 200;

/** Runs work under V8's sampling profiler: what each function cost, the dearest by self time first. */
export async function profile(work: () => Promise<void>): Promise<FunctionCost[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_MICROSECONDS });
  await session.post('Profiler.start');
  await work();
  const { profile: recorded } = await session.post('Profiler.stop');
  session.disconnect();
  // `dispatch` is the profiler being asked to stop.
  return sumByFunction(recorded).filter(({ name, file }) => name !== 'dispatch' || file !== '');
}

function sumByFunction({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): FunctionCost[] {
  const self = new Map<number, number>();
  samples.forEach((id, index) => {
    self.set(id, (self.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const costs = new Map<string, { name: string; file: string; selfMs: number; totalMs: number }>();
  const visit = (id: number, above: ReadonlySet<string>): number => {
    const node = byId.get(id);
    if (!node) return 0;
    const name = node.callFrame.functionName || '(anonymous)';
    const file = shortPath(node.callFrame.url);
    const key = `${name}\n${file}`;
    const own = self.get(id) ?? 0;
    const inside = new Set(above).add(key);
    const total = own + (node.children ?? []).reduce((sum, child) => sum + visit(child, inside), 0);
    const cost = costs.get(key) ?? { name, file, selfMs: 0, totalMs: 0 };
    // A function that calls itself is counted once.
    costs.set(key, { ...cost, selfMs: cost.selfMs + own, totalMs: cost.totalMs + (above.has(key) ? 0 : total) });
    return total;
  };
  const root = nodes[0];
  if (root) visit(root.id, new Set());
  return [...costs.values()].sort((one, other) => other.selfMs - one.selfMs);
}

function shortPath(url: string): string {
  return (
    /(?:(?<=\/src\/)|(?<=node_modules\/)(?!.*node_modules\/)|node:).*$/.exec(url)?.[0] ??
    url.split('/').slice(-2).join('/')
  );
}
