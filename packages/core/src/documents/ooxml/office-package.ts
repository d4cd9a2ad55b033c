import { DocketError } from '../../errors.js';
import { attribute, readXml } from './read-xml.js';
import type { ZipParts } from './zip-parts.js';

/** A relation from one part to another part of the same document. */
export interface Relationship {
  /** Last piece of the type's address: `slide`, `header`, `sharedStrings`. */
  readonly type: string;
  /** Name of the part. */
  readonly target: string;
}

/** The relations of a part by id. Those that lead out of the document (`TargetMode="External"`) are not among them. */
export function readRelationships(parts: ZipParts, partName: string): ReadonlyMap<string, Relationship> {
  const relationships = new Map<string, Relationship>();
  const slash = partName.lastIndexOf('/') + 1;
  const bytes = parts.read(`${partName.slice(0, slash)}_rels/${partName.slice(slash)}.rels`);
  if (bytes === undefined) return relationships;
  readXml(bytes, {
    open(name, attributes) {
      const id = attribute(attributes, 'Id');
      const target = attribute(attributes, 'Target');
      if (name !== 'Relationship' || id === undefined || target === undefined) return;
      if (attribute(attributes, 'TargetMode')?.toLowerCase() === 'external') return;
      const type = attribute(attributes, 'Type') ?? '';
      relationships.set(id, {
        type: type.slice(type.lastIndexOf('/') + 1),
        target: resolvePartName(partName.slice(0, slash), target),
      });
    },
  });
  return relationships;
}

/**
 * Name of the part that a document begins with.
 * @param usualName where it is in nearly all documents, for those whose relations are broken
 * @throws DocketError `document.corrupt` when there is none
 */
export function findMainPart(parts: ZipParts, usualName: string): string {
  const relationships = [...readRelationships(parts, '').values()];
  const named = relationships.find(({ type, target }) => type === 'officeDocument' && parts.has(target))?.target;
  if (named !== undefined) return named;
  if (parts.has(usualName)) return usualName;
  throw new DocketError(
    'document.corrupt',
    `the document has no main part (${usualName}); send it again or save it anew`,
  );
}

/** Reads a part that must be there. */
export function readRequiredPart(parts: ZipParts, name: string): Uint8Array {
  const bytes = parts.read(name);
  if (bytes !== undefined) return bytes;
  throw new DocketError('document.corrupt', 'a part of the document is missing; send it again or save it anew', {
    data: { part: name },
  });
}

/** The title from the document's properties, when it has one. */
export function readTitle(parts: ZipParts): string | undefined {
  const bytes = parts.read('docProps/core.xml');
  if (bytes === undefined) return undefined;
  let isInTitle = false;
  let title = '';
  readXml(bytes, {
    open: (name) => {
      isInTitle = name === 'title';
    },
    close: () => {
      isInTitle = false;
    },
    text: (text) => {
      if (isInTitle) title += text;
    },
  });
  return title.trim() || undefined;
}

function resolvePartName(folder: string, target: string): string {
  const segments = target.startsWith('/') ? [] : folder.split('/').filter((segment) => segment !== '');
  for (const segment of decodePercents(target).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

function decodePercents(target: string): string {
  try {
    return decodeURI(target);
  } catch {
    return target;
  }
}
