import type { Shape } from './shape.js';

/** MUST: the documented flow breaks without it. SHOULD: a variant or a client needs it. LATER: not there yet. */
export type Level = 'MUST' | 'SHOULD' | 'LATER';

/** One endpoint of the contract, with all that may be sent to it and all that it answers. */
export interface Endpoint {
  /** `GET /api/v2/classify/{job_id}`. */
  readonly operation: string;
  readonly level: Level;
  /** Status of a success; for LATER, how it is refused. */
  readonly status: number;
  readonly query: readonly string[];
  /** Fields of the body, or parts of the form. */
  readonly request?: Shape;
  /** Fields of query and body that are known, and refused with a 4xx. */
  readonly refused?: readonly string[];
  /** JSON of a success; absent where it has no body. */
  readonly response?: Shape;
}

/** Whether a request goes to an endpoint. */
export function isAt({ operation }: Pick<Endpoint, 'operation'>, method: string, path: string): boolean {
  const [wanted = '', template = ''] = operation.split(' ');
  if (method !== wanted) return false;
  const steps = template.split('/');
  const found = path.split('/');
  return steps.length === found.length && steps.every((step, at) => step.startsWith('{') || step === found[at]);
}
