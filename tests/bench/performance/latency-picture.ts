import { rounded } from '../figures.ts';
import type { Interval } from '../stats.ts';
import type { Results } from './results.ts';

/** The shares of Node's rate at one latency: of the extension's job, and of the bare loop in a worker. */
export interface LatencyPoint {
  latencyMs: number;
  job: Interval;
  loop: Interval;
}

/** The rows that hold the shares at one latency. */
export interface LatencyRows {
  latencyMs: number;
  job: string;
  loop: string;
}

type Line = 'job' | 'loop';

const WIDTH = 720;
const HEIGHT = 400;
const PLOT = { left: 64, right: 548, top: 72, bottom: 340 };
const MAX_LATENCY_MS = 220;
/** Labels at the right end of two lines need this distance. */
const LABEL_DISTANCE = 20;
const TITLE = "Share of Node's rate over HTTP/2, by latency";
const LABELS: Readonly<Record<Line, string>> = { job: "the extension's job", loop: 'the bare loop' };

/** The colours have a contrast of at least 4.5 to the background in both themes. */
const STYLE = `
  .ground { fill: #ffffff } text { fill: #24292f; font: 14px system-ui, sans-serif } .title { font-weight: 600; font-size: 16px }
  .grid { stroke: #d0d7de } .axis { stroke: #57606a } .quiet { fill: #57606a }
  .job { stroke: #0550ae } .loop { stroke: #953800; stroke-dasharray: 7 4 } path { fill: none; stroke-width: 2.5 }
  .range { stroke-dasharray: none; stroke-width: 1.5 } .job-fill { fill: #0550ae } .loop-fill { fill: #953800 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #30363d } .axis { stroke: #8b949e } .quiet { fill: #9aa4af }
    .job { stroke: #79c0ff } .loop { stroke: #ffa657 } .job-fill { fill: #79c0ff } .loop-fill { fill: #ffa657 }
  }`;

/** The measured points in the order of their latency. Latencies without both rows are left out. */
export function latencyPoints({ rows }: Results, known: readonly LatencyRows[]): LatencyPoint[] {
  const intervalOf = (name: string) => rows.find(({ row }) => row === name)?.interval;
  return known
    .flatMap(({ latencyMs, job: jobRow, loop: loopRow }) => {
      const job = intervalOf(jobRow);
      const loop = intervalOf(loopRow);
      return job && loop ? [{ latencyMs, job, loop }] : [];
    })
    .toSorted((one, other) => one.latencyMs - other.latencyMs);
}

/** The picture as an SVG with a title and a description, readable in both themes. */
export function latencyPicture(points: readonly LatencyPoint[]): string {
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title description">`,
    `<title id="title">${TITLE}</title>`,
    `<desc id="description">${descriptionOf(points)}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text class="title" x="${PLOT.left}" y="34">${TITLE}</text>`,
    ...gridOf(points),
    ...(['loop', 'job'] as const).flatMap((line) => seriesOf(line, points)),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function descriptionOf(points: readonly LatencyPoint[]): string {
  const values = points.map(
    ({ latencyMs, job, loop }) =>
      `${latencyMs} ms: ${LABELS.job} ${rounded(job.value)}, ${LABELS.loop} ${rounded(loop.value)}`,
  );
  return `Share of the rate of Node's HTTP/2 client, with 24 requests at once. ${values.join('; ')}.`;
}

/** The shares from 0 to 1 as horizontal lines, and the latencies below. */
function gridOf(points: readonly LatencyPoint[]): string[] {
  const { left, right, top, bottom } = PLOT;
  const shares = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
    `<line class="${share === 0 ? 'axis' : 'grid'}" x1="${left}" x2="${right}" y1="${y(share)}" y2="${y(share)}"/>`,
    `<text class="quiet" x="${left - 10}" y="${y(share) + 5}" text-anchor="end">${share.toFixed(1)}</text>`,
  ]);
  const latencies = points.flatMap(({ latencyMs }) => [
    `<line class="axis" x1="${x(latencyMs)}" x2="${x(latencyMs)}" y1="${bottom}" y2="${bottom + 5}"/>`,
    `<text class="quiet" x="${x(latencyMs)}" y="${bottom + 22}" text-anchor="middle">${latencyMs}</text>`,
  ]);
  const middle = (left + right) / 2;
  return [
    ...shares,
    ...latencies,
    `<text class="quiet" x="${left}" y="${top - 14}">share of Node's rate</text>`,
    `<text class="quiet" x="${middle}" y="${bottom + 46}" text-anchor="middle">latency of the gateway in ms</text>`,
  ];
}

/** One line with its points, their intervals, and its label at the right end. */
function seriesOf(line: Line, points: readonly LatencyPoint[]): string[] {
  const last = points.at(-1);
  if (!last) return [];
  const path = points.map(({ latencyMs, [line]: { value } }) => `${x(latencyMs)} ${y(value)}`).join(' L ');
  return [
    `<path class="${line}" d="M ${path}"/>`,
    ...points.flatMap(({ latencyMs, [line]: { value, low, high } }) => [
      `<line class="${line} range" x1="${x(latencyMs)}" x2="${x(latencyMs)}" y1="${y(low)}" y2="${y(high)}"/>`,
      `<circle class="${line}-fill" cx="${x(latencyMs)}" cy="${y(value)}" r="4"/>`,
    ]),
    `<text class="${line}-fill" x="${x(last.latencyMs) + 12}" y="${labelHeight(line, last)}">${LABELS[line]}</text>`,
  ];
}

/** The label stands beside the line's end. If the two ends are close, the labels move apart. */
function labelHeight(line: Line, { job, loop }: LatencyPoint): number {
  const own = y(line === 'job' ? job.value : loop.value);
  const other = y(line === 'job' ? loop.value : job.value);
  const missing = Math.max(0, LABEL_DISTANCE - Math.abs(own - other)) / 2;
  const isBelow = own === other ? line === 'job' : own > other;
  return own + 5 + (isBelow ? missing : -missing);
}

function x(latencyMs: number): number {
  return Math.round(PLOT.left + ((PLOT.right - PLOT.left) * latencyMs) / MAX_LATENCY_MS);
}

function y(share: number): number {
  return Math.round(PLOT.bottom - (PLOT.bottom - PLOT.top) * share);
}
