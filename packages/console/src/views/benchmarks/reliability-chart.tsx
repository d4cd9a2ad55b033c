import type { RunSummary } from '../../api/types.js';
import { words } from '../../i18n/language.js';
import { formatShare } from './format-share.js';

type Bin = NonNullable<RunSummary['metrics']['calibration']['bins']>[number];

const SIZE = { width: 320, height: 220, left: 34, bottom: 26, top: 8, right: 8 };
const TICKS = [0, 0.5, 1];

/** Confidence against how often it was right: on the line it is what it says. The same stands in a table for readers. */
export function ReliabilityChart({ bins }: { readonly bins: readonly Bin[] }) {
  const { benchmarks: text } = words();
  const { width, height, left, bottom, top, right } = SIZE;
  const x = (share: number) => left + share * (width - left - right);
  const y = (share: number) => height - bottom - share * (height - bottom - top);
  const most = Math.max(...bins.map(({ count }) => count), 1);
  return (
    <>
      <svg class="chart" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {TICKS.map((tick) => (
          <g key={tick} class="chart-grid">
            <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
            <text x={left - 6} y={y(tick) + 4} text-anchor="end">
              {tick * 100}
            </text>
            <text x={x(tick)} y={height - 8} text-anchor="middle">
              {tick * 100}
            </text>
          </g>
        ))}
        <line class="chart-ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {bins.map(({ from, to, count, shareRight }) =>
          shareRight === null ? null : (
            <g key={from}>
              <rect
                class="chart-bar"
                x={x(from) + 1}
                y={y(shareRight)}
                width={Math.max(x(to) - x(from) - 2, 1)}
                height={y(0) - y(shareRight)}
                opacity={0.35 + (0.65 * count) / most}
              />
              <line class="chart-top" x1={x(from) + 1} x2={x(to) - 1} y1={y(shareRight)} y2={y(shareRight)} />
            </g>
          ),
        )}
      </svg>
      <table class="visually-hidden">
        <caption>{text.reliability}</caption>
        <thead>
          <tr>
            <th scope="col">{text.confidence}</th>
            <th scope="col">{text.accuracy}</th>
            <th scope="col">{text.documents}</th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ from, to, count, shareRight }) => (
            <tr key={from}>
              <th scope="row">
                {formatShare(from)} – {formatShare(to)}
              </th>
              <td>{formatShare(shareRight)}</td>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
