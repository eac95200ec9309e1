import type { ComponentChildren } from 'preact';

/** One component, or part of a page, in one state. */
export interface Scene {
  /** CSS pixels; by default the popup's width. */
  width?: number;
  /** CSS pixels, for overlays, which have no own height. */
  height?: number;
  draw: () => ComponentChildren;
}

export type Scenes = Readonly<Record<string, Scene>>;

export const POPUP_WIDTH = 380;
export const PAGE_WIDTH = 1_000;

/** Actions without an effect, of any type. */
export function idle<Actions extends object>(): Actions {
  return new Proxy({} as Actions, { get: () => () => Promise.resolve() });
}
