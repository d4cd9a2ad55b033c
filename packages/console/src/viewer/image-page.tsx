import { useEffect, useRef, useState } from 'preact/hooks';
import { fetchPath } from '../api/fetch-here.js';
import { words } from '../i18n/language.js';
import { PageMarks } from './page-marks.js';
import { pictureSize, SIZED_BYTES } from './picture-size.js';
import type { ShownQuote } from './shown-quote.js';
import { useVisible } from './use-visible.js';

const LONGEST_SIDE = 1600;

/** Pictures with more take the browser too much memory while they are decoded: the server makes them smaller. */
const MOST_OWN_PIXELS = 1 << 25;

/** What a page that is a picture is drawn from. */
export interface ImagePageProperties {
  /** The picture, where the browser can draw it itself. */
  readonly bytes: Blob | undefined;
  readonly fileId: string;
  readonly page: number;
  readonly total: number;
  readonly ratio: number;
  readonly quotes: readonly ShownQuote[];
  readonly current: string | undefined;
}

/** A page that is a picture: drawn by the browser, or by the server as PNG where the browser does not know the format. */
export function ImagePage({ bytes, fileId, page, total, ratio, quotes, current }: ImagePageProperties) {
  const sheet = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const isVisible = useVisible(sheet);
  const [state, setState] = useState<'drawing' | 'drawn' | 'failed'>('drawing');
  const [ownRatio, setOwnRatio] = useState<number>();
  useEffect(() => {
    const surface = canvas.current;
    if (!isVisible || !surface) return;
    const controller = new AbortController();
    loadBitmap({ bytes, fileId, page }, controller.signal).then(
      (bitmap) => {
        if (!controller.signal.aborted) {
          surface.width = bitmap.width;
          surface.height = bitmap.height;
          surface.getContext('2d')?.drawImage(bitmap, 0, 0);
          setOwnRatio(bitmap.height / bitmap.width);
          setState('drawn');
        }
        bitmap.close();
      },
      () => {
        if (!controller.signal.aborted) setState('failed');
      },
    );
    return () => {
      controller.abort();
      surface.width = 0;
      surface.height = 0;
    };
  }, [isVisible, bytes, fileId, page]);
  const { viewer } = words();
  return (
    <div class="sheet" ref={sheet} style={{ aspectRatio: `1 / ${ownRatio ?? ratio}` }} data-state={state}>
      <canvas ref={canvas} role="img" aria-label={viewer.page(page, total)} />
      {state === 'failed' && <p class="sheet-note">{viewer.failed}</p>}
      <PageMarks quotes={quotes} current={current} />
    </div>
  );
}

async function loadBitmap(
  { bytes, fileId, page }: Pick<ImagePageProperties, 'bytes' | 'fileId' | 'page'>,
  signal: AbortSignal,
): Promise<ImageBitmap> {
  const own = bytes && (await boundedBitmap(bytes).catch(() => undefined));
  if (own) return own;
  const path = `/api/local/files/${encodeURIComponent(fileId)}/pages/${page}/image?max_side=${LONGEST_SIDE}`;
  const response = await fetchPath(path, { signal });
  return createImageBitmap(await response.blob());
}

/** No larger than it is shown; undefined where it must not be decoded here. */
async function boundedBitmap(bytes: Blob): Promise<ImageBitmap | undefined> {
  const size = pictureSize(new Uint8Array(await bytes.slice(0, SIZED_BYTES).arrayBuffer()));
  if (!size || size.width * size.height > MOST_OWN_PIXELS) return undefined;
  const bitmap = await createImageBitmap(bytes);
  const shrink = LONGEST_SIDE / Math.max(bitmap.width, bitmap.height);
  if (shrink >= 1) return bitmap;
  const options: ImageBitmapOptions = {
    resizeWidth: Math.max(1, Math.round(bitmap.width * shrink)),
    resizeHeight: Math.max(1, Math.round(bitmap.height * shrink)),
    resizeQuality: 'medium',
  };
  const smaller = await createImageBitmap(bitmap, options);
  bitmap.close();
  return smaller;
}
