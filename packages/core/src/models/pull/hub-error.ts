import { DocketError, type DocketErrorOptions, type ErrorCode } from '../../errors.js';

interface FailureKind {
  readonly code: ErrorCode;
  /** Whether another try may mend it. */
  readonly passing: boolean;
}

const KINDS = {
  unreachable: { code: 'resource.unreadable', passing: true },
  unknown_host: { code: 'resource.unreadable', passing: false },
  untrusted: { code: 'resource.unreadable', passing: false },
  silent: { code: 'resource.unreadable', passing: true },
  dropped: { code: 'resource.unreadable', passing: true },
  truncated: { code: 'resource.unreadable', passing: true },
  wrong_range: { code: 'resource.unreadable', passing: true },
  unavailable: { code: 'resource.unreadable', passing: true },
  busy: { code: 'resource.unreadable', passing: true },
  too_long: { code: 'resource.unreadable', passing: false },
  refused: { code: 'resource.unreadable', passing: false },
  gated: { code: 'resource.unreadable', passing: false },
  invalid_answer: { code: 'resource.unreadable', passing: false },
  unsafe_path: { code: 'resource.unreadable', passing: false },
  not_found: { code: 'resource.not_found', passing: false },
  html_page: { code: 'model.incompatible', passing: false },
  lfs_pointer: { code: 'model.incompatible', passing: false },
  hash_mismatch: { code: 'model.checksum_mismatch', passing: false },
} as const satisfies Record<string, FailureKind>;

/** What went wrong between Docket and a hub; `data.reason` of the errors of a pull. */
export type HubFailure = keyof typeof KINDS;

/** The error for a failure of a pull. `message` says what happened, where, and what to do. */
export function hubError(reason: HubFailure, message: string, options: DocketErrorOptions = {}): DocketError {
  return new DocketError(KINDS[reason].code, message, { ...options, data: { ...options.data, reason } });
}

/** The failure that an error of a pull stands for; `undefined` for other errors. */
export function failureOf(error: unknown): HubFailure | undefined {
  const reason = error instanceof DocketError ? error.data['reason'] : undefined;
  return typeof reason === 'string' && Object.hasOwn(KINDS, reason) ? (reason as HubFailure) : undefined;
}

/** Whether another try may mend what was thrown. */
export function isPassing(error: unknown): boolean {
  const reason = failureOf(error);
  return reason !== undefined && KINDS[reason].passing;
}

const UNKNOWN_HOST_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME']);
const UNREACHABLE_CODES = new Set([
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Names an error of the network by what the reader can do about it. */
export function networkError(thrown: unknown, url: URL): DocketError {
  const cause = innermost(thrown);
  const code = codeOf(cause);
  const data = { host: url.host };
  const [, proxyStatus] = /^Proxy\b.*\((\d{3})\)/.exec(cause instanceof Error ? cause.message : '') ?? [];
  if (proxyStatus !== undefined) return proxyRefusal(Number(proxyStatus), url, thrown);
  if (UNKNOWN_HOST_CODES.has(code)) {
    const message = `there is no way to ${url.host} from this machine (${code}); check the network and HTTPS_PROXY, or pull on another machine and bring the model here with \`docket models bundle\` and \`docket models import\``;
    return hubError('unknown_host', message, { data, cause: thrown });
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/.test(code)) {
    const message = `the certificate of ${url.host} is not trusted (${code}); if a proxy of your company stands between, name its certificate in NODE_EXTRA_CA_CERTS`;
    return hubError('untrusted', message, { data, cause: thrown });
  }
  if (UNREACHABLE_CODES.has(code)) {
    const message = `${url.host} cannot be reached (${code}); check the network, --hub and HTTPS_PROXY`;
    return hubError('unreachable', message, { data, cause: thrown });
  }
  const message = `the connection to ${url.host} broke off (${code || (cause as Error).message}); run the command again, it goes on where it stopped`;
  return hubError('dropped', message, { data, cause: thrown });
}

/** The error for a proxy that lets nothing through. */
export function proxyRefusal(status: number, url: URL, cause?: unknown): DocketError {
  const message =
    status === 407
      ? 'the proxy wants a name and password (407); put them into HTTPS_PROXY or HTTP_PROXY'
      : `the proxy does not let Docket through to ${url.host} (${status}); ask those who run it`;
  return hubError('refused', message, { data: { host: url.host, status }, cause });
}

/** Node gathers the failures of all addresses of a host, and libraries wrap what they caught. */
function innermost(thrown: unknown): unknown {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return innermost(thrown.errors[0]);
  if (thrown instanceof Error && thrown.cause instanceof Error && !codeOf(thrown)) return innermost(thrown.cause);
  return thrown;
}

function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : '';
}
