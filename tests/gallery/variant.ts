/** The theme, direction and text size of a scene. */
export interface Variant {
  theme: 'light' | 'dark';
  direction: 'ltr' | 'rtl';
  /** The browser's text size in percent of its default. */
  text: 100 | 200;
}

/** The variants in which every scene is shown and photographed. */
export const VARIANTS: readonly Variant[] = [
  { theme: 'light', direction: 'ltr', text: 100 },
  { theme: 'dark', direction: 'ltr', text: 100 },
  { theme: 'light', direction: 'rtl', text: 100 },
  { theme: 'dark', direction: 'rtl', text: 200 },
];

export function variantName({ theme, direction, text }: Variant): string {
  return `${theme}-${direction}-${text}`;
}

/** The address of a single scene in the gallery. */
export function sceneAddress(scene: string, { theme, direction, text }: Variant): string {
  return `?${new URLSearchParams({ scene, theme, direction, text: String(text) })}`;
}
