// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { type LatencyPoint, latencyPicture, latencyPoints } from './latency-picture.ts';

const interval = (value: number) => ({ value, low: value - 0.02, high: value + 0.02 });
const POINTS: readonly LatencyPoint[] = [
  { latencyMs: 20, job: interval(0.5), loop: interval(0.52) },
  { latencyMs: 200, job: interval(0.94), loop: interval(0.97) },
];

function drawn(points: readonly LatencyPoint[] = POINTS): Document {
  return new DOMParser().parseFromString(latencyPicture(points), 'image/svg+xml');
}

const numberOf = (element: Element | null | undefined, name: string) => Number(element?.getAttribute(name));

describe('the points of the picture', () => {
  const row = (name: string, value?: number) => ({
    group: 'bulk',
    run: '1',
    row: name,
    outcome: 'told' as const,
    ...(value !== undefined && { interval: interval(value) }),
  });
  const known = [
    { latencyMs: 100, job: 'job at 100', loop: 'loop at 100' },
    { latencyMs: 20, job: 'job at 20', loop: 'loop at 20' },
    { latencyMs: 60, job: 'job at 60', loop: 'loop at 60' },
  ];

  it('are sorted by latency, without those that have not been measured', () => {
    const rows = [
      row('job at 100', 0.9),
      row('loop at 100', 0.95),
      row('job at 20', 0.5),
      row('loop at 20', 0.6),
      row('job at 60', 0.8),
      row('loop at 60'),
    ];
    expect(latencyPoints({ runs: [], rows }, known)).toEqual([
      { latencyMs: 20, job: interval(0.5), loop: interval(0.6) },
      { latencyMs: 100, job: interval(0.9), loop: interval(0.95) },
    ]);
  });
});

describe('the picture', () => {
  it('is well-formed, with an accessible title and a description that has every value', () => {
    const svg = drawn().documentElement;
    expect(svg.getAttribute('role')).toBe('img');
    const [title = '', description = ''] = (svg.getAttribute('aria-labelledby') ?? '').split(' ');
    expect(svg.querySelector(`#${title}`)?.textContent).toContain("Share of Node's rate");
    const text = svg.querySelector(`#${description}`)?.textContent;
    expect(text).toContain("20 ms: the extension's job 0.500, the bare loop 0.520");
    expect(text).toContain('200 ms');
  });

  it('has a path with a point for each latency in both lines', () => {
    const svg = drawn();
    for (const line of ['job', 'loop']) {
      expect(svg.querySelector(`path.${line}`)?.getAttribute('d')?.split('L')).toHaveLength(2);
      expect(svg.querySelectorAll(`circle.${line}-fill`)).toHaveLength(2);
    }
  });

  it('draws a higher share higher, and a longer latency further right', () => {
    const [first, last] = [...drawn().querySelectorAll('circle.job-fill')];
    expect(numberOf(last, 'cx')).toBeGreaterThan(numberOf(first, 'cx'));
    expect(numberOf(last, 'cy')).toBeLessThan(numberOf(first, 'cy'));
  });

  it('keeps the labels of two lines apart that end at the same share', () => {
    const labels = [
      ...drawn([{ latencyMs: 200, job: interval(0.9), loop: interval(0.9) }]).querySelectorAll('text'),
    ]
      .filter((text) => ['job-fill', 'loop-fill'].includes(text.getAttribute('class') ?? ''))
      .map((text) => numberOf(text, 'y'));
    expect(Math.abs((labels[0] ?? 0) - (labels[1] ?? 0))).toBeGreaterThanOrEqual(18);
  });

  it('has colours for both themes on a ground of its own', () => {
    const style = drawn().querySelector('style')?.textContent;
    expect(style).toContain('prefers-color-scheme: dark');
    expect(drawn().querySelector('rect.ground')).not.toBeNull();
  });
});
