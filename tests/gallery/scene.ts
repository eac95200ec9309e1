import type { ComponentChildren } from 'preact';

/** One component, or piece of a page, in one state. */
export interface Scene {
  /** CSS pixels: the popup's width unless told otherwise. */
  width?: number;
  /** CSS pixels, for what lies over a page and so has no height of its own. */
  height?: number;
  draw: () => ComponentChildren;
}

export type Scenes = Readonly<Record<string, Scene>>;

export const POPUP_WIDTH = 380;
export const PAGE_WIDTH = 1_000;

/** Actions of which none does anything; what they would be is up to the type. */
export function idle<Actions extends object>(): Actions {
  return new Proxy({} as Actions, { get: () => () => Promise.resolve() });
}
