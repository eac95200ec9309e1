import {
  defaultRangeExtractor,
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

/** The height (px) assumed for a row before it is measured: two lines of text with padding. */
const ESTIMATED_ROW_HEIGHT = 58;
/** One line of text (px). A row without layout measures 0, so any number of rows would fit. */
const MIN_ROW_HEIGHT = 30;
/** Rows rendered above and below the visible part, so that scrolling does not outrun rendering. */
const OVERSCAN = 8;
/** The most rows rendered at once, however tall the scroll container is. */
export const MAX_ROWS_DRAWN = 80;
/** The height (px) of the sticky heading, which must not cover a row that is scrolled to. */
const HEADING_HEIGHT = 40;
/** The size assumed for the scroll container before layout. */
const FALLBACK_RECT = { width: 800, height: 600 };

type Options = VirtualizerOptions<HTMLElement, HTMLTableRowElement>;

/** Computes which rows of a long table to render for the current scroll position. */
export function useVirtualRows(scrollElement: RefObject<HTMLElement | null>, count: number) {
  const [, redraw] = useReducer<number, void>((drawn) => drawn + 1, 0);
  const options: Options = {
    count,
    overscan: OVERSCAN,
    scrollPaddingEnd: HEADING_HEIGHT,
    initialRect: FALLBACK_RECT,
    getScrollElement: () => scrollElement.current,
    estimateSize: () => ESTIMATED_ROW_HEIGHT,
    scrollToFn: elementScroll,
    observeElementOffset,
    // A container without layout, as on a hidden tab, reports height 0.
    observeElementRect: (virtualizer, report) =>
      observeElementRect(virtualizer, (rect) => report(rect.height > 0 ? rect : FALLBACK_RECT)),
    measureElement: (...measured) => Math.max(MIN_ROW_HEIGHT, measureElement(...measured)),
    rangeExtractor: (range) => defaultRangeExtractor(range).slice(0, MAX_ROWS_DRAWN),
    onChange: () => redraw(),
  };
  const [virtualizer] = useState(() => new Virtualizer(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return virtualizer;
}
