/** A labelled document of a data set. */
export interface DatasetItem {
  /** Unique in the data set: the path below its folder with forward slashes, or `line 12` for a text without an id. */
  readonly id: string;
  readonly source: { readonly path: string } | { readonly text: string };
  /** The right `type`, or null when no rule should match. */
  readonly expected: string | null;
  /** Items of one group are never in two folds, and are drawn together by the bootstrap. */
  readonly group?: string;
  readonly tags: readonly string[];
  /** Pages to look at, as `target_pages` of the API. */
  readonly targetPages?: string;
}

/** Something of a data set that could not be used; everything else is. */
export interface DatasetProblem {
  /** `unused_keys` costs nothing; all others cost a document, or may. */
  readonly kind: 'bad_line' | 'missing_file' | 'empty_folder' | 'unused_keys';
  /** Where: `manifest.jsonl:12`, or a path. */
  readonly place: string;
  /** What was wrong and what to do. */
  readonly message: string;
}

/** Labelled documents. */
export interface Dataset {
  /** Name of its folder or manifest. */
  readonly name: string;
  /** Absolute path of what was loaded. */
  readonly path: string;
  readonly items: readonly DatasetItem[];
  readonly problems: readonly DatasetProblem[];
}
