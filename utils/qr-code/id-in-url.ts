const SCHEME = /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.)/i;
const ID_PARAMETER = /^(?:qr[_-]?code[_-]?id|qr[_-]?code|qr[_-]?id|qr|id)$/i;
const ID_FOLDER = /^(?:qr|qrs|qr[_-]?codes?)$/i;

/** Tells whether a text is a link rather than an id. */
export function isUrl(text: string): boolean {
  return SCHEME.test(text);
}

/**
 * Finds the qrCodeId that a link holds: a parameter named for it, else the path segment behind
 * `qr-code`, else the one segment with a digit in it. Where several could be meant, none is guessed.
 */
export function idInUrl(text: string, isId: (text: string) => boolean): string | undefined {
  const url = URL.parse(SCHEME.exec(text)?.[0].toLowerCase() === 'www.' ? `https://${text}` : text);
  if (!url) return undefined;
  const named = [...url.searchParams].filter(([name, value]) => ID_PARAMETER.test(name) && isId(value));
  if (named.length > 0) return onlyOne(named.map(([, value]) => value));
  const segments = `${url.pathname}${url.hash.replace('#', '/')}`.split(/[/?&=]/).filter(Boolean);
  const behindFolder = segments.filter(
    (segment, index) => isId(segment) && ID_FOLDER.test(segments[index - 1] ?? ''),
  );
  if (behindFolder.length > 0) return onlyOne(behindFolder);
  return onlyOne(segments.filter((segment) => isId(segment) && /\d/.test(segment)));
}

function onlyOne(candidates: string[]): string | undefined {
  return new Set(candidates).size === 1 ? candidates[0] : undefined;
}
