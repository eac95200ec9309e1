import type { Dialect } from './dialects/dialect.ts';
import { ECHO } from './dialects/echo.ts';
import { GO_BETWEENS } from './dialects/go-betweens.ts';
import { LIMITS } from './dialects/limits.ts';
import { PICTURES } from './dialects/pictures.ts';
import { SEARCH } from './dialects/search.ts';
import { SHAPES } from './dialects/shapes.ts';
import { TOKENS } from './dialects/tokens.ts';

/** All dialects by name. */
export const DIALECTS = {
  ...GO_BETWEENS,
  ...TOKENS,
  ...ECHO,
  ...SHAPES,
  ...SEARCH,
  ...PICTURES,
  ...LIMITS,
} as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof DIALECTS;
