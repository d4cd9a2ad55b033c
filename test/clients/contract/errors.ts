import { type Fields, faultsIn, list, matching, type Shape, text } from './shape.js';

const entry = (found: unknown): string[] => {
  const fault = found as Readonly<Record<string, unknown>>;
  const required: Fields = { type: matching(/^[a-z_]+$/), loc: list(place), msg: matching(/\S/) };
  const unknown = Object.keys(fault).filter((key) => !['type', 'loc', 'msg', 'input', 'ctx'].includes(key));
  const [root] = Array.isArray(fault['loc']) ? fault['loc'] : [];
  return [
    ...Object.entries(required).flatMap(([key, shape]) => faultsIn(shape, fault[key], `detail[].${key}`)),
    ...unknown.map((key) => `detail[].${key} is unknown`),
    ...(['body', 'query', 'path'].includes(root) ? [] : [`detail[].loc begins with ${JSON.stringify(root)}`]),
  ];
};

const place: Shape = {
  kind: 'value',
  expected: 'a key or a number',
  accepts: (found) => typeof found === 'string' || Number.isSafeInteger(found),
};

/** What is wrong with the body of an error: `{"detail": text}`, for 422 a list of faults in the shape of pydantic. */
export function faultsInError(status: number, body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [`the body of a ${status} is no object`];
  const keys = Object.keys(body);
  if (keys.join() !== 'detail') return [`the body of a ${status} has the keys ${keys.join()} and not just detail`];
  const { detail } = body as { detail: unknown };
  if (status !== 422) return faultsIn(text, detail, 'detail');
  if (!Array.isArray(detail) || detail.length === 0) return ['the detail of a 422 is no list of faults'];
  return detail.flatMap(entry);
}
