import { api, contentOf } from '../../api/api.js';
import { fetchPath } from '../../api/fetch-here.js';
import type { ClassifyResult, Explanation } from '../../api/types.js';
import { configurationOf, type ParsingOptions, type Rule } from '../../rules/rule.js';

/** What {@link ScoreApi.score} is asked. */
export interface ScoreRequest {
  readonly fileId: string;
  readonly rules: readonly Rule[];
  readonly parsing: ParsingOptions;
  /** A newer request of the same one ends this one. */
  readonly pageId: string;
  readonly signal: AbortSignal;
}

/** What trying rules needs of the server. */
export interface ScoreApi {
  /** @returns the id of the file, which is deleted after a day */
  upload(file: Blob, name: string): Promise<string>;
  score(request: ScoreRequest): Promise<{ readonly result: ClassifyResult; readonly explanation: Explanation }>;
  deleteFile(fileId: string): Promise<void>;
  samples(): Promise<{ readonly rules: readonly Rule[]; readonly documents: readonly { name: string; blob: Blob }[] }>;
}

/** The server that this page came from. */
export const scoreApi: ScoreApi = {
  async upload(file, name) {
    const form = new FormData();
    form.append('purpose', 'classify');
    form.append('file', file, name);
    const body = { file: '', purpose: 'classify' };
    const { id } = await contentOf(api.POST('/api/local/files', { body, bodySerializer: () => form }));
    return id;
  },
  score({ fileId, rules, parsing, pageId, signal }) {
    const body = { file_id: fileId, configuration: configurationOf(rules, parsing), page_id: pageId };
    return contentOf(api.POST('/api/local/score', { body, signal }));
  },
  async deleteFile(fileId) {
    await api.DELETE('/api/v1/beta/files/{file_id}', { params: { path: { file_id: fileId } } });
  },
  async samples() {
    const { rules, documents } = await contentOf(api.GET('/api/local/samples'));
    const loaded = documents.map(async ({ name, url }) => ({ name, blob: await (await fetchPath(url)).blob() }));
    return { rules, documents: await Promise.all(loaded) };
  },
};
