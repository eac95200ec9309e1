/** Applies a theme to the page; `system` follows the browser. */
export function applyTheme(theme: 'system' | 'light' | 'dark' = 'system'): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
}
