import type { ComponentChildren } from 'preact';
import './filter-grid.css';

/** Filters side by side, as many as fit. The first one, for text, is twice as wide. */
export function FilterGrid({ children }: { children: ComponentChildren }) {
  return <div class="filter-grid">{children}</div>;
}
