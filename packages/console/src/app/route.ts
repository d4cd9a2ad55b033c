import { signal } from '@preact/signals';
import { hasUnsaved, leaveThen } from './unsaved.js';

/** The views of the console, in the order of the navigation. */
export const VIEWS = ['try', 'jobs', 'presets', 'benchmarks', 'state'] as const;

/** One of the views. */
export type View = (typeof VIEWS)[number];

/** A place in the console: a view, and what is open in it. */
export interface Route {
  readonly view: View;
  readonly path: readonly string[];
}

/** Where the console is. */
export const route = signal<Route>(parseRoute(typeof location === 'undefined' ? '' : location.hash));

/** Reads a place off the part of an address behind `#`. Anything unknown is the first view. */
export function parseRoute(hash: string): Route {
  const [name = '', ...path] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map(decodePart)
    .filter((part) => part !== '');
  const view = VIEWS.find((one) => one === name);
  return view === undefined ? { view: 'try', path: [] } : { view, path };
}

/** Writes a place as the part of an address behind `#`. */
export function hrefOf(view: View, ...path: readonly string[]): string {
  return `#/${[view, ...path].map(encodeURIComponent).join('/')}`;
}

/** Goes to a place. */
export function goTo(view: View, ...path: readonly string[]): void {
  location.hash = hrefOf(view, ...path);
}

/** Follows the address of the page; asks first where something unsaved would be lost. */
export function followAddress(): void {
  addEventListener('hashchange', () => {
    const wanted = location.hash;
    const { view, path } = route.peek();
    const here = hrefOf(view, ...path);
    if (hrefOfRoute(parseRoute(wanted)) === here) return;
    if (!hasUnsaved.peek()) {
      route.value = parseRoute(wanted);
      return;
    }
    history.replaceState(null, '', here);
    leaveThen(() => {
      location.hash = wanted;
    });
  });
}

function hrefOfRoute({ view, path }: Route): string {
  return hrefOf(view, ...path);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
