/** What the server, or the way to it, answered instead of what was asked for. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    /** The server's code for it, such as `document.encrypted`. */
    readonly code: string | undefined,
    /** What the server says, for people. */
    readonly detail: string | undefined,
  ) {
    super(detail ?? `status ${status}`);
  }
}

/** Reads what an answer without success says: `{detail: text}` or `{detail: [{loc, msg}]}`. */
export function describeDetail(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('detail' in body)) return undefined;
  const { detail } = body;
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return undefined;
  return detail.map(describeEntry).join('; ');
}

function describeEntry(entry: { loc?: unknown[]; msg?: string }): string {
  const place = (entry.loc ?? []).slice(1).join('.');
  return place === '' ? (entry.msg ?? '') : `${place}: ${entry.msg ?? ''}`;
}
