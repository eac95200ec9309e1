import type { Dialect } from './dialects/dialect.ts';
import { ECHO } from './dialects/echo.ts';
import { GO_BETWEENS } from './dialects/go-betweens.ts';
import { SHAPES } from './dialects/shapes.ts';

/** All dialects by name. */
export const DIALECTS = {
  ...GO_BETWEENS,
  ...ECHO,
  ...SHAPES,
} as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof DIALECTS;
