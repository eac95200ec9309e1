/** A text or report, made in the current language at each render: the language may change while the page is open. */
export type Localized<What> = () => What;
