import { EmptyState, LoadingState } from '../common/notice.js';
import { words } from '../i18n/language.js';
import type { ReadingState } from './document-viewer.js';

/** Stands where the text of a document would, and says why it is not there. */
export function TextState({ reading, isLoading }: { readonly reading: ReadingState; readonly isLoading: boolean }) {
  const { viewer } = words();
  if (reading === 'pending' || (reading === 'done' && isLoading)) return <LoadingState />;
  if (reading === 'failed') return <EmptyState title={viewer.unreadable} />;
  return <EmptyState title={reading === 'none' ? viewer.notAsked : viewer.noText} />;
}
