/** Puts the page in the chosen theme; `system` follows the browser's. */
export function applyTheme(theme: 'system' | 'light' | 'dark' = 'system'): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
}
