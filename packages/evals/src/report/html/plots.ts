import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Metrics } from '../../metrics/metrics.js';
import { percent } from '../markdown.js';

const WIDTH = 360;
const HEIGHT = 300;
const MARGIN = { left: 64, right: 24, top: 12, bottom: 44 };

const x = scaleLinear([0, 1], [MARGIN.left, WIDTH - MARGIN.right]);
const y = scaleLinear([0, 1], [HEIGHT - MARGIN.bottom, MARGIN.top]);
const path = line<readonly [number, number]>(
  ([across]) => x(across),
  ([, up]) => y(up),
);

/** Share of right answers against confidence: on the diagonal, confidences are what they promise. */
export function reliabilityPlot({ calibration }: Metrics): string {
  const filled = calibration.bins.flatMap(({ count, meanConfidence, shareRight }) => {
    return meanConfidence === null || shareRight === null ? [] : { count, at: [meanConfidence, shareRight] as const };
  });
  const most = Math.max(1, ...filled.map(({ count }) => count));
  const points = filled.map(({ count, at }) => {
    const radius = 3 + 7 * Math.sqrt(count / most);
    const title = `${count} documents: ${percent(at[0])} promised, ${percent(at[1])} right`;
    return `<circle class="point" cx="${x(at[0])}" cy="${y(at[1])}" r="${radius.toFixed(1)}"><title>${title}</title></circle>`;
  });
  const curve = `<path class="curve" d="${path(filled.map(({ at }) => at)) ?? ''}"/>`;
  return plot({
    name: 'Reliability: share of right answers against confidence',
    across: 'confidence of the best label',
    up: 'share that is right',
    marks: `${diagonal()}${curve}${points.join('')}`,
  });
}

/** Errors caught against documents reviewed, the least certain first: the higher, the better confidence finds errors. */
export function reviewPlot({ review }: Metrics): string {
  const curve = path(review.map(({ reviewed, errorsCaught }) => [reviewed, errorsCaught] as const)) ?? '';
  return plot({
    name: 'Review: errors caught against documents reviewed',
    across: 'reviewed, the least certain first',
    up: 'errors caught',
    marks: `${diagonal()}<path class="curve" d="${curve}"/>`,
  });
}

interface Plot {
  readonly name: string;
  readonly across: string;
  readonly up: string;
  readonly marks: string;
}

function plot({ name, across, up, marks }: Plot): string {
  const middle = { x: (x(0) + x(1)) / 2, y: (y(0) + y(1)) / 2 };
  const across0 = x.ticks(5).map((tick) => {
    return `<line class="axis" x1="${x(tick)}" x2="${x(tick)}" y1="${y(0)}" y2="${y(1)}"/><text x="${x(tick)}" y="${y(0) + 16}" text-anchor="middle">${percentTick(tick)}</text>`;
  });
  const up0 = y.ticks(5).map((tick) => {
    return `<line class="axis" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${x(0) - 8}" y="${y(tick) + 4}" text-anchor="end">${percentTick(tick)}</text>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name}">${across0.join('')}${up0.join('')}
<text x="${middle.x}" y="${HEIGHT - 8}" text-anchor="middle">${across}</text>
<text transform="translate(12 ${middle.y}) rotate(-90)" text-anchor="middle">${up}</text>${marks}</svg>`;
}

function diagonal(): string {
  return `<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>`;
}

function percentTick(tick: number): string {
  return `${Math.round(100 * tick)} %`;
}
