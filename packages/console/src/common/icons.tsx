const PATHS = {
  up: 'M8 12.5v-9M4.2 7.2 8 3.5l3.8 3.7',
  down: 'M8 3.5v9M4.2 8.8 8 12.5l3.8-3.7',
  close: 'm4.2 4.2 7.6 7.6m0-7.6-7.6 7.6',
  add: 'M8 3.2v9.6M3.2 8h9.6',
  trash: 'M3 4.5h10M6.3 4.3V3h3.4v1.3M4.4 4.7l.6 8.3h6l.6-8.3M6.8 7v3.8M9.2 7v3.8',
  file: 'M4 2.5h5L12.2 5.7v7.8H4zM8.8 2.7v3.2H12',
  upload: 'M8 10.5v-7M4.8 6.4 8 3.3l3.2 3.1M3.2 10.7v2h9.6v-2',
  download: 'M8 3.3v7M4.8 7.4 8 10.5l3.2-3.1M3.2 10.7v2h9.6v-2',
  text: 'M3.2 4h9.6M3.2 7h9.6M3.2 10h6.4',
  play: 'M5 3.2v9.6L12.6 8z',
  copy: 'M5.8 5.8h7v7h-7zM10.2 5.6V3.2h-7v7h2.4',
  refresh: 'M12.8 8a4.8 4.8 0 1 1-1.5-3.5M12.9 2.7v2.5h-2.5',
  back: 'M12.8 8H3.2M7 4.2 3.2 8 7 11.8',
  check: 'm3.4 8.4 3 3 6.2-6.6',
  more: 'M4 8h.01M8 8h.01M12 8h.01',
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof PATHS;

/** A small drawing beside or instead of words; what it means is said in words by what holds it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
