import { join } from 'node:path';
import { FolderPageCache } from '@docket/core';
import { ContentIndex } from './content-index.js';

/** What runs leave for later ones: what was read of documents, and which files hold them. */
export class BenchCache {
  readonly pages: FolderPageCache;
  readonly contents: ContentIndex;

  /** @param folder Made when something is kept. */
  constructor(folder: string) {
    this.pages = new FolderPageCache(folder);
    this.contents = new ContentIndex(join(folder, 'contents.json'));
  }
}
