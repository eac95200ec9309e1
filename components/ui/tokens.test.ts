import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for edges and marks. */
const TEXT = 4.5;
const SHAPE = 3;
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const FOLDER = 'components';
const cssFiles = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({ name, css: readFileSync(join(FOLDER, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '') }));
const tokens = cssFiles.find(({ name }) => name.endsWith('tokens.css'))?.css ?? '';
const others = cssFiles.filter(({ name }) => !name.endsWith('tokens.css'));

/** The colours by name, each with its value in both themes. Shadows are left out. */
const COLOURS = new Map(
  [...tokens.matchAll(/--([\w-]+):\s*(?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));/g)].map(
    ([, name = '', light, dark, both]) => [name, { light: light ?? both ?? '', dark: dark ?? both ?? '' }],
  ),
);

/** Pairs of text and surface that no single rule sets, because the text colour is inherited. */
const SURFACES = ['canvas', 'surface', 'surface-raised', 'surface-field'];
const TONES = ['success', 'warning', 'danger'];
const TEXT_PAIRS: [string, string][] = [
  ...SURFACES.flatMap((surface): [string, string][] =>
    ['text', 'text-quiet', 'accent', 'danger'].map((text) => [text, surface]),
  ),
  ...TONES.flatMap((tone): [string, string][] => [
    [tone, `${tone}-surface`],
    ['text', `${tone}-surface`],
  ]),
  ['text', 'accent-surface'],
  ['text-quiet', 'accent-surface'],
  ['accent', 'accent-surface'],
  ['text-quiet', 'warning-surface'],
  ['text', 'live-surface'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger-fill-hover'],
];
const SHAPE_PAIRS: [string, string][] = [
  ...SURFACES.flatMap((surface): [string, string][] =>
    ['line-strong', 'focus', 'uat', 'live-fill', 'accent'].map((shape) => [shape, surface]),
  ),
  ...['blue', 'green', 'orange', 'purple', 'grey'].map((colour): [string, string] => [
    `account-${colour}`,
    'surface',
  ]),
  ['focus', 'accent-surface'],
  ['focus', 'live-surface'],
  ['on-live', 'live-fill'],
];

/** The pairs of rules that set both a colour and a background. */
function pairsOfRules(): [string, string][] {
  return others.flatMap(({ css }) =>
    [...css.matchAll(/\{([^{}]*)\}/g)].flatMap(([, body = '']): [string, string][] => {
      const text = /(?:^|[;\s])color:\s*var\(--([\w-]+)\)/.exec(body)?.[1];
      const surface = /background:\s*var\(--([\w-]+)\)/.exec(body)?.[1];
      return text && surface ? [[text, surface]] : [];
    }),
  );
}

describe.each(THEMES)('in the %s theme', (theme) => {
  const text = new Map([...TEXT_PAIRS, ...pairsOfRules()].map((pair) => [pair.join(' on '), pair]));
  it.each([...text])('the contrast of %s is enough for text', (_, [front, back]) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(TEXT);
  });

  it.each(SHAPE_PAIRS)('the contrast of %s on %s is enough for shapes', (front, back) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(SHAPE);
  });
});

describe('the tokens', () => {
  it('are the only place that defines colours', () => {
    const written = others.flatMap(({ name, css }) =>
      [...css.replace(/url\([^)]*\)/g, '').matchAll(/#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi)].map(
        ([colour]) => `${name}: ${colour}`,
      ),
    );
    expect(written).toEqual([]);
  });

  it('are all defined, and all used', () => {
    const defined = new Set([...tokens.matchAll(/^\s*--([\w-]+):/gm)].map(([, name]) => name));
    const local = new Set(['icon', 'tone']);
    const used = new Set(
      cssFiles.flatMap(({ css }) => [...css.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name)),
    );
    expect([...used].filter((name) => !defined.has(name) && !local.has(String(name)))).toEqual([]);
    expect([...defined].filter((name) => !used.has(name))).toEqual([]);
  });

  it('are measured by the WCAG formula', () => {
    expect(contrastOf('#000000', '#ffffff')).toBe(21);
    expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

function contrast(front: string, back: string, theme: Theme): number {
  const [one, other] = [COLOURS.get(front)?.[theme], COLOURS.get(back)?.[theme]];
  if (!one || !other) throw new Error(`There is no colour ${one ? back : front}`);
  return contrastOf(one, other);
}

/** The contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
function contrastOf(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
