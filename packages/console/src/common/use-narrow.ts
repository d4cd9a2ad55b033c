import { useEffect, useState } from 'preact/hooks';

/** As in the style sheets. */
const NARROW = '(max-width: 720px)';

/** Whether the page is as narrow as on a phone. */
export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const follow = () => setNarrow(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isNarrow;
}
