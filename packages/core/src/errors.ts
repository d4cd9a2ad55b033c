/** Every way in which Docket refuses or fails, grouped by whose fault it is. Each has a test that provokes it. */
export const ERROR_CODES = [
  'request.invalid_page_selection',
  'request.invalid_rules',
  'request.stale_tuning',
  'request.invalid_configuration',
  'request.invalid_usage',
  'request.invalid_body',
  'request.invalid_input',
  'request.invalid_page_token',
  'request.unsupported_media_type',
  'request.too_large',
  'auth.missing_key',
  'auth.invalid_key',
  'auth.forbidden_host',
  'auth.forbidden_origin',
  'auth.invalid_signature',
  'resource.file_not_found',
  'resource.unreadable',
  'resource.not_found',
  'resource.document_deleted',
  'state.ended',
  'state.active',
  'state.superseded',
  'state.name_taken',
  'state.data_folder_in_use',
  'state.database_too_new',
  'state.database_locked',
  'state.database_unreachable',
  'state.data_folder_unwritable',
  'document.encrypted',
  'document.corrupt',
  'document.unsupported_type',
  'document.no_text',
  'document.too_large',
  'document.timed_out',
  'document.no_pages_selected',
  'model.not_installed',
  'model.incompatible',
  'model.checksum_mismatch',
  'model.invalid_knowledge',
  'capacity.out_of_memory',
  'capacity.too_many_jobs',
  'capacity.too_many_requests',
  'capacity.disk_full',
  'internal.worker_crashed',
  'internal.unexpected',
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a {@link DocketError} is made of. */
export interface DocketErrorOptions {
  /** Facts behind the message (positions, limits, names), for programs. Never text of a document. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The only error class of Docket. `message` says what was wrong, where, and what to do. */
export class DocketError extends Error {
  override readonly name = 'DocketError';
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: DocketErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.data = options.data ?? {};
  }
}

/**
 * Whether an error would meet every document alike: it is of a model or of the request, and not of what this one document needs
 * beside others (`data.scope` is `document`), such as a language for OCR.
 */
export function concernsEveryDocument({ code, data }: DocketError): boolean {
  return /^(?:model|request)\./.test(code) && data['scope'] !== 'document';
}

/** Turns anything thrown into a {@link DocketError}; what is not one already becomes `internal.unexpected`. */
export function toDocketError(thrown: unknown): DocketError {
  if (thrown instanceof DocketError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DocketError('internal.unexpected', `unexpected failure: ${message}; please report it`, { cause: thrown });
}
