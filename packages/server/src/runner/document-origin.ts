import { extname } from 'node:path';
import { type ContentKey, DocketError, type ParsingOptions, type ReadPages } from '@docket/core';
import type { Job, ParsingConfiguration, Store } from '@docket/store';

/** What a job's document is. */
export interface DocumentOrigin {
  readonly key: ContentKey;
  /** The name that the file was uploaded with. */
  readonly name: string;
  /** The file, where the job names one. */
  readonly fileId?: string;
  /** For a parse job as input: the pages that it read. */
  readonly withinPages?: readonly number[];
}

/**
 * Finds the document of a job.
 * @throws DocketError `resource.document_deleted`, `request.invalid_input` when the parse job has nothing to give
 */
export async function findDocument(job: Job, store: Store): Promise<DocumentOrigin> {
  return job.inputType === 'parse_job_id' ? await findParsed(job.sourceId, store) : await findFile(job.sourceId, store);
}

/** The document that is a content, whether or not that is still there. */
export function originOf(contentHash: string, name: string): DocumentOrigin {
  return { key: { contentHash, extension: extname(name).toLowerCase() }, name };
}

/** A document as the engine takes it, there for as long as it is held. */
export interface Held<Document> extends AsyncDisposable {
  readonly document: Document;
}

/** The bytes of a document: as a file of this machine, or at hand. */
export type LocalDocument = ({ readonly path: string } | { readonly bytes: Uint8Array }) & { readonly name: string };

/**
 * Gets hold of a document: of what was read of it where that is known, else of its bytes.
 * @throws DocketError `resource.document_deleted`
 */
export async function holdDocument(
  origin: DocumentOrigin,
  recalled: ReadPages | undefined,
  store: Store,
): Promise<Held<{ readonly read: ReadPages } | LocalDocument>> {
  if (recalled) return { document: { read: recalled }, [Symbol.asyncDispose]: async () => {} };
  return await holdBytes(origin, store);
}

/** Gets hold of the bytes of a document. @throws DocketError `resource.document_deleted` */
export async function holdBytes(
  { key, name }: Pick<DocumentOrigin, 'key' | 'name'>,
  store: Store,
): Promise<Held<LocalDocument>> {
  const local = await store.files.locate(key.contentHash);
  if (local === undefined) throw deleted('the document');
  const document = 'bytes' in local ? { bytes: local.bytes, name } : { path: local.path, name };
  return { document, [Symbol.asyncDispose]: () => local[Symbol.asyncDispose]() };
}

/** What of a document is read, as the engine wants it. */
export function parsingOptions(parsing: ParsingConfiguration | null, { withinPages }: DocumentOrigin): ParsingOptions {
  return { ...parsing, ...(withinPages ? { withinPages } : {}) };
}

/** Throws what the engine threw, or what happened, when the document was deleted on its way there. */
export function explainLoss(thrown: unknown): never {
  throw thrown instanceof DocketError && thrown.code === 'resource.file_not_found' ? deleted('the document') : thrown;
}

/** The error for a document that is gone. */
export function deleted(what: string): DocketError {
  return new DocketError('resource.document_deleted', `${what} was deleted before it was read; upload it again`);
}

async function findFile(id: string, store: Store): Promise<DocumentOrigin> {
  const file = await store.files.get(id);
  if (!file) throw deleted(`the file ${id}`);
  return { ...originOf(file.contentHash, file.name), fileId: id };
}

async function findParsed(id: string, store: Store): Promise<DocumentOrigin> {
  const parse = await store.parses.get(id);
  if (!parse?.contentHash) throw deleted(`the document of parse job ${id}`);
  if (!parse.outcome) {
    const message = `parse job ${id} is ${parse.status}: ${parse.errorMessage ?? 'it read nothing'}`;
    throw new DocketError('request.invalid_input', message);
  }
  return { ...originOf(parse.contentHash, parse.name), withinPages: parse.outcome.pages };
}
