import { computed, signal } from '@preact/signals';
import { readStored, store } from '../common/storage.js';
import type { Catalogue } from './catalogue.js';
import { english } from './english.js';
import { german } from './german.js';

/** The languages of the console. */
export const CATALOGUES = { en: english, de: german } as const satisfies Record<string, Catalogue>;

/** A language of the console. */
export type Language = keyof typeof CATALOGUES;

const STORAGE_KEY = 'docket.language';

/** The chosen language. */
export const language = signal<Language>(chosenLanguage());

const catalogue = computed<Catalogue>(() => CATALOGUES[language.value]);

/** What the console says in the chosen language; components that ask are drawn again when another is chosen. */
export function words(): Catalogue {
  return catalogue.value;
}

/** Changes the language and remembers it in this browser. */
export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
  store('local', STORAGE_KEY, chosen);
}

/** The first of some language tags that the console speaks, else English. */
export function pickLanguage(tags: readonly (string | null)[]): Language {
  for (const tag of tags) {
    const name = tag?.toLowerCase().split('-')[0];
    if (name !== undefined && Object.hasOwn(CATALOGUES, name)) return name as Language;
  }
  return 'en';
}

function chosenLanguage(): Language {
  if (typeof document === 'undefined') return 'en';
  const chosen = pickLanguage([readStored('local', STORAGE_KEY) ?? null, ...navigator.languages]);
  document.documentElement.lang = chosen;
  return chosen;
}
