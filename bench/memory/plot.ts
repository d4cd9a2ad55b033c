import type { MemoryRun, MemorySample } from './measure-memory.js';

const WIDTH = 720;
const HEIGHT = 320;
const LEFT = 60;
const BOTTOM = 40;
const TOP = 20;
const RIGHT = 110;
const COLOURS = ['#2f7ed8', '#d9822b', '#2e9e5b'];
const TICKS = 5;

/** A plot of resident memory by number of documents, as SVG that can be read on a light and on a dark page. */
export function plot(runs: readonly MemoryRun[]): string {
  const all = runs.flatMap(({ samples }) => samples);
  const mostDocuments = Math.max(...all.map(({ documents }) => documents));
  const mostBytes = Math.max(...all.map(({ bytes }) => bytes)) * 1.1;
  const x = (documents: number) => LEFT + (documents / mostDocuments) * (WIDTH - LEFT - RIGHT);
  const y = (bytes: number) => HEIGHT - BOTTOM - (bytes / mostBytes) * (HEIGHT - BOTTOM - TOP);
  const point = ({ documents, bytes }: MemorySample) => `${x(documents).toFixed(1)},${y(bytes).toFixed(1)}`;
  const lines = runs.map(({ scorer, samples }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const last = samples.at(-1);
    const label = last
      ? `<text x="${x(last.documents) + 6}" y="${y(last.bytes) + 4}" fill="${colour}">${scorer}</text>`
      : '';
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${samples.map(point).join(' ')}"/>${label}`;
  });
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => index / TICKS);
  const grid = ticks.flatMap((share) => [
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share * mostBytes)}" y2="${y(share * mostBytes)}" stroke="#888" stroke-opacity="0.3"/>`,
    `<text x="${LEFT - 8}" y="${y(share * mostBytes) + 4}" text-anchor="end">${((share * mostBytes) / 1e6).toFixed(0)}</text>`,
    `<text x="${x(share * mostDocuments)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${Math.round(share * mostDocuments)}</text>`,
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#808080">`,
    ...grid,
    `<text x="${LEFT}" y="12">resident memory, MB</text>`,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">documents</text>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}
