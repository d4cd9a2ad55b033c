import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** How far outside of what can be seen something counts as visible, so that it is there when one scrolls to it. */
const MARGIN = '600px 0px';

/** Whether an element can be seen, or soon. */
export function useVisible(element: RefObject<Element | null>): boolean {
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver((entries) => setVisible(entries.at(-1)?.isIntersecting ?? false), {
      root: element.current.closest('.viewer-pages'),
      rootMargin: MARGIN,
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isVisible;
}
