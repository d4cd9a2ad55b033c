import type { DocketError } from '../../errors.js';
import type { HubAnswer } from './hub-connection.js';
import { hubError, proxyRefusal } from './hub-error.js';

/** What was asked for. */
export interface Wanted {
  readonly repository: string;
  readonly revision: string;
  /** Absent: the list of files. */
  readonly path?: string | undefined;
}

/** Says why an answer is not what was asked for; `undefined` if it is one to be read (200, 206, 416). */
export function refusalOf(answer: HubAnswer, wanted: Wanted): DocketError | undefined {
  const { status } = answer;
  const { host } = answer.url;
  const { repository, revision, path } = wanted;
  const data = { host, status, repository, revision, ...(path === undefined ? {} : { path }) };
  const what = path === undefined ? repository : `${path} of ${repository}`;
  const isHtml = /^\s*(?:text\/html|application\/xhtml)/i.test(answer.header('content-type') ?? '');
  if (status === 511 || (isHtml && (status === 200 || status === 206))) {
    return hubError('html_page', htmlMessage(what, host), { data });
  }
  const encoding = answer.header('content-encoding') ?? 'identity';
  if ((status === 200 || status === 206) && encoding !== 'identity') {
    const message = `${host} sent ${what} as ${encoding} though asked not to; check --hub and the proxy`;
    return hubError('invalid_answer', message, { data });
  }
  if (status === 200 || status === 206 || status === 416) return undefined;
  if (status === 404) return hubError('not_found', notFoundMessage(wanted, answer), { data });
  if (status === 401 || status === 403) return hubError('gated', gatedMessage(what, answer), { data });
  if (status === 407) return proxyRefusal(status, answer.url);
  if (status === 429) {
    const retryAfterMs = retryAfter(answer.header('retry-after'));
    return hubError('busy', `${host} has had too many requests (429); try later, or set HF_TOKEN.`, {
      data: retryAfterMs === undefined ? data : { ...data, retryAfterMs },
    });
  }
  if (status === 408 || status >= 500) {
    const retryAfterMs = retryAfter(answer.header('retry-after'));
    return hubError('unavailable', `${host} is in trouble itself (${status}) and gave no ${what}; try later.`, {
      data: retryAfterMs === undefined ? data : { ...data, retryAfterMs },
    });
  }
  return hubError('refused', `${host} refuses to give ${what} (${status}); check --hub and the name`, { data });
}

/** The text for a web page that stands where a file or a list should be. */
export function htmlMessage(what: string, host: string): string {
  return `${host} sent a web page instead of ${what}; the network may want you to sign in first: open any page in a browser, then run the command again`;
}

function notFoundMessage({ repository, revision, path }: Wanted, answer: HubAnswer): string {
  const { host } = answer.url;
  if (path !== undefined) return `${host} has no ${path} in ${repository} at ${revision}; check --revision`;
  if (answer.header('x-error-code') === 'RevisionNotFound') {
    return `${host} has no revision ${revision} of ${repository}; check --revision, or take --revision main`;
  }
  return `${host} has no model ${repository} at revision ${revision}; check the name, \`docket models list --catalogue\` names those that are known`;
}

/** A hub answers 401 for repositories that do not exist as well, so that private ones cannot be guessed. */
function gatedMessage(what: string, answer: HubAnswer): string {
  const status = answer.status;
  const { host } = answer.url;
  if (answer.header('x-error-code') === 'GatedRepo') {
    return `${what} is given only to those who accepted its terms (${status}); accept them on ${host}, then set HF_TOKEN to your token`;
  }
  return `${host} does not give ${what} to everybody (${status}): it is private, gated or does not exist; check the name, or set HF_TOKEN to a token that may read it`;
}

/** Milliseconds that a `Retry-After` asks for: seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
