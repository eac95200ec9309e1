import type { Point } from './pixels.ts';

/** The corners of a symbol in pixels of the picture, clockwise from the symbol's own top left. */
export type Corners = readonly [Point, Point, Point, Point];

/** Whether two outlines stand at the same place. Symbols cannot overlap, so a centre within the other is enough. */
export function isSamePlace(one: Corners, other: Corners): boolean {
  const [a, b] = [centreOf(one), centreOf(other)];
  return Math.hypot(a.x - b.x, a.y - b.y) < Math.min(sideOf(one), sideOf(other)) / 2;
}

/** The order in which a reader meets the codes: rows from top to bottom, in a row from left to right. */
export function inReadingOrder<Code extends { corners: Corners }>(codes: readonly Code[]): Code[] {
  const rows: Code[][] = [];
  const downwards = codes.toSorted((a, b) => centreOf(a.corners).y - centreOf(b.corners).y);
  for (const code of downwards) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && isSameRow(first.corners, code.corners)) row.push(code);
    else rows.push([code]);
  }
  return rows.flatMap((row) => row.toSorted((a, b) => centreOf(a.corners).x - centreOf(b.corners).x));
}

/** Codes that overlap by half of the smaller one's height are read as one row. */
function isSameRow(one: Corners, other: Corners): boolean {
  const [a, b] = [spanOf(one), spanOf(other)];
  const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return overlap >= Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
}

function spanOf(corners: Corners): { top: number; bottom: number } {
  const heights = corners.map(({ y }) => y);
  return { top: Math.min(...heights), bottom: Math.max(...heights) };
}

function centreOf(corners: Corners): Point {
  const [a, b, c, d] = corners;
  return { x: (a.x + b.x + c.x + d.x) / 4, y: (a.y + b.y + c.y + d.y) / 4 };
}

/** The mean length of the two diagonals, as the side of a square. */
function sideOf([a, b, c, d]: Corners): number {
  return (Math.hypot(a.x - c.x, a.y - c.y) + Math.hypot(b.x - d.x, b.y - d.y)) / 2 / Math.SQRT2;
}
