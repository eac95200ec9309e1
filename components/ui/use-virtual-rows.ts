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

/** Two lines of text with what is around them, in pixels: what a row is taken for until it was drawn. */
const ESTIMATED_ROW_HEIGHT = 58;
/** One line of text. A row that is not laid out measures 0, and endlessly many of those would fit in. */
const MIN_ROW_HEIGHT = 30;
/** Rows drawn above and below what is seen, so that scrolling does not outrun the drawing. */
const OVERSCAN = 8;
/** The most rows that are in the page at once, however tall the box. */
export const MAX_ROWS_DRAWN = 80;
/** The heading that stays in sight covers as much of the box; a row that is scrolled to must not end below it. */
const HEADING_HEIGHT = 40;
/** What a box is taken for until it was laid out. */
const FALLBACK_RECT = { width: 800, height: 600 };

type Options = VirtualizerOptions<HTMLElement, HTMLTableRowElement>;

/** Works out which rows of a long table have to be drawn for the part of it that is scrolled into sight. */
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
    // A box that is not laid out, as on a tab that is not shown, says nothing of the height it will have.
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
