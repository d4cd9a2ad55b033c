import type { WorkersPoint } from './workers.js';

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 60;
const RIGHT = 90;
const TOP = 30;
const BOTTOM = 44;
const TICKS = 4;

/** Jobs per second by workers beside the ideal line, as SVG that can be read on a light and on a dark page. */
export function plotWorkers(points: readonly WorkersPoint[]): string {
  const mostWorkers = Math.max(1, ...points.map(({ workers }) => workers));
  const most = Math.max(1, ...points.map(({ ideal }) => ideal));
  const x = (workers: number) => LEFT + (workers / mostWorkers) * (WIDTH - LEFT - RIGHT);
  const y = (rate: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - rate / most);
  const line = (value: (point: WorkersPoint) => number) => {
    return points.map((point) => `${x(point.workers).toFixed(1)},${y(value(point)).toFixed(1)}`).join(' ');
  };
  const label = (name: string, rate: number, colour: string, shift = 0) => {
    return `<text x="${WIDTH - RIGHT + 6}" y="${(y(rate) + 4 + shift).toFixed(1)}" fill="${colour}">${name}</text>`;
  };
  const last = points.at(-1) ?? { jobsPerSecond: 0, ideal: 0 };
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => (most * index) / TICKS);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#808080">`,
    `<text x="${LEFT}" y="16">jobs per second, by workers</text>`,
    ...ticks.map((rate) => {
      const at = y(rate).toFixed(1);
      return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#808080" stroke-opacity="0.3"/><text x="${LEFT - 6}" y="${at}" text-anchor="end">${rate.toFixed(0)}</text>`;
    }),
    ...points.map(
      ({ workers }) =>
        `<text x="${x(workers).toFixed(1)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${workers}</text>`,
    ),
    `<polyline fill="none" stroke="#808080" stroke-dasharray="5 4" points="${line(({ ideal }) => ideal)}"/>`,
    `<polyline fill="none" stroke="#2f7ed8" stroke-width="1.5" points="${line(({ jobsPerSecond }) => jobsPerSecond)}"/>`,
    label('ideal', last.ideal, '#808080', -6),
    label('measured', last.jobsPerSecond, '#2f7ed8', 8),
    '</svg>',
    '',
  ].join('\n');
}
