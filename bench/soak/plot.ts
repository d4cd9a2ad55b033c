import type { SoakSample } from './soak.js';

/** One of several plots, one above the other: lines by number of documents. */
interface Panel {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly value: (sample: SoakSample) => number }[];
}

const PANELS: readonly Panel[] = [
  {
    title: 'resident memory, MB',
    lines: [
      { name: 'server', value: ({ serverBytes }) => serverBytes / 1e6 },
      { name: 'engine processes', value: ({ enginesBytes }) => enginesBytes / 1e6 },
    ],
  },
  {
    title: 'open files',
    lines: [
      { name: 'server', value: ({ serverFiles }) => serverFiles },
      { name: 'engine processes', value: ({ enginesFiles }) => enginesFiles },
    ],
  },
  { title: 'write-ahead log, MB', lines: [{ name: 'log', value: ({ logBytes }) => logBytes / 1e6 }] },
];

const WIDTH = 720;
const LEFT = 60;
const RIGHT = 130;
const TOP = 24;
const PLOT_HEIGHT = 150;
const PANEL_HEIGHT = TOP + PLOT_HEIGHT + 36;
const COLOURS = ['#2f7ed8', '#d9822b'];
const TICKS = 4;
const LABEL_HEIGHT = 14;

/** What a soak saw, as SVG that can be read on a light and on a dark page. */
export function plotSoak(samples: readonly SoakSample[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${PANELS.length * PANEL_HEIGHT}" font-family="sans-serif" font-size="12" fill="#808080">`,
    ...PANELS.flatMap((panel, index) => drawPanel(panel, samples, index * PANEL_HEIGHT)),
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel({ title, lines }: Panel, samples: readonly SoakSample[], offset: number): string[] {
  const mostDocuments = Math.max(...samples.map(({ documents }) => documents));
  const most = Math.max(1, ...lines.flatMap(({ value }) => samples.map(value))) * 1.1;
  const x = (documents: number) => LEFT + (documents / mostDocuments) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => offset + TOP + PLOT_HEIGHT * (1 - value / most);
  const last = samples.at(-1);
  const labels = apart(lines.map(({ value }) => (last ? y(value(last)) : offset + TOP)));
  const drawn = lines.flatMap(({ name, value }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const points = samples.map((sample) => `${x(sample.documents).toFixed(1)},${y(value(sample)).toFixed(1)}`);
    return [
      `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points.join(' ')}"/>`,
      `<text x="${WIDTH - RIGHT + 6}" y="${(labels[index] ?? 0) + 4}" fill="${colour}">${name}</text>`,
    ];
  });
  const grid = Array.from({ length: TICKS + 1 }, (_, index) => index / TICKS).flatMap((share) => [
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share * most)}" y2="${y(share * most)}" stroke="#888" stroke-opacity="0.3"/>`,
    `<text x="${LEFT - 8}" y="${y(share * most) + 4}" text-anchor="end">${(share * most).toFixed(most < 10 ? 1 : 0)}</text>`,
    `<text x="${x(share * mostDocuments)}" y="${offset + TOP + PLOT_HEIGHT + 18}" text-anchor="middle">${Math.round(share * mostDocuments)}</text>`,
  ]);
  return [`<text x="${LEFT}" y="${offset + 14}">${title}, by documents classified</text>`, ...grid, ...drawn];
}

/** Heights of labels, moved down as far as they would cover each other. */
function apart(heights: readonly number[]): number[] {
  const placed = [...heights];
  const order = heights.map((_, index) => index).sort((one, other) => (heights[one] ?? 0) - (heights[other] ?? 0));
  order.forEach((label, place) => {
    const above = placed[order[place - 1] ?? -1] ?? Number.NEGATIVE_INFINITY;
    placed[label] = Math.max(placed[label] ?? 0, above + LABEL_HEIGHT);
  });
  return placed;
}
