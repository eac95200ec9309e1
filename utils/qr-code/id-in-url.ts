import { isUnlikeId } from './unlike-ids.ts';

const SCHEME = /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.)/i;
const ID_PARAMETER = /^(?:qr[_-]?code[_-]?id|qr[_-]?code|qr[_-]?id|qr|id)$/i;
const ID_FOLDER = /^(?:qr|qrs|qr[_-]?codes?)$/i;

/** Tells whether a text is a link rather than an id. */
export function isUrl(text: string): boolean {
  return SCHEME.test(text);
}

/** Nothing shorter in a link is taken for an id on its looks alone: years and versions are all over links. */
const MIN_LENGTH = 6;
/** `how-to-cancel-in-2026`: the name of an article. */
const SLUG = /^(?:[a-z]+[-_]){3,}/i;

/**
 * Finds the qrCodeId that a link holds: a parameter named for it, else the path segment behind
 * `qr-code`, else the one part that looks like an id. Where several could be meant, none is guessed.
 */
export function idInUrl(text: string, isId: (text: string) => boolean): string | undefined {
  const url = URL.parse(SCHEME.exec(text)?.[0].toLowerCase() === 'www.' ? `https://${text}` : text);
  if (!url) return undefined;
  const parameters = [...url.searchParams, ...new URLSearchParams(url.hash.slice(1).replace(/^[^?]*\?/, ''))];
  const named = parameters.filter(([name]) => ID_PARAMETER.test(name)).map(([, value]) => value);
  if (named.some(isId)) return onlyOne(named.filter(isId));
  const segments = `${url.pathname}${url.hash.replace('#', '/')}`.split(/[/?&=]/).filter(Boolean);
  const behindFolder = segments.filter(
    (segment, index) => isId(segment) && ID_FOLDER.test(segments[index - 1] ?? ''),
  );
  if (behindFolder.length > 0) return onlyOne(behindFolder);
  // A parameter that is named for the id but holds none is damaged; another part is no substitute for it.
  if (named.some((value) => value !== '')) return undefined;
  const parts = [...segments, ...parameters.map(([, value]) => value)];
  return onlyOne(parts.filter((part) => isId(part) && looksLikeId(part)));
}

function looksLikeId(part: string): boolean {
  return part.length >= MIN_LENGTH && /\d/.test(part) && !SLUG.test(part) && !isUnlikeId(part);
}

function onlyOne(candidates: string[]): string | undefined {
  return new Set(candidates).size === 1 ? candidates[0] : undefined;
}
