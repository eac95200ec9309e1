import { isQrCodeId } from './id.ts';
import { isKnownNonId, isKnownNonIdFragment, isKnownNonIdNumber } from './non-id-patterns.ts';

/**
 * The page for a selection: `one` is shown in the popup, `list` in the workbench. That page reads the selection in full.
 * The worker has to stay small, so it only chooses the page.
 */
export type Glance = 'nothing' | 'one' | 'list';

const WORD = /[^\s,;|]+/g;
const LINK = /:\/\/|^www\./;
const INNER = /[A-Za-z0-9_-]{6,}/g;
const DAMAGED = /\dE\+\d|[^ -~₹–—…•·×→✓“”‘’]/iu;
const MIN_LENGTH = 6;
/** Labels and links may leave only one ID of several. A text with at least this many is a list in any case. */
const SURELY_LIST = 5;

/** Estimates the number of IDs in a text without reading it in full. */
export function glanceAt(text: string): Glance {
  const ids = new Set<string>();
  const numbers = new Set<string>();
  let isDoubtful = false;
  for (const [word] of text.matchAll(WORD)) {
    if (!/\d/.test(word)) continue;
    const bare = word.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
    if (LINK.test(word)) ids.add(word);
    else if (DAMAGED.test(bare)) isDoubtful ||= bare.length >= MIN_LENGTH;
    else if (isKnownNonId(bare) || isKnownNonIdFragment(bare)) continue;
    else if (/^\d+$/.test(bare)) {
      if (!isKnownNonIdNumber(bare)) numbers.add(bare);
    } else {
      for (const [inner] of bare.matchAll(INNER))
        if (/\d/.test(inner) && /[A-Za-z]/.test(inner)) ids.add(inner);
    }
    if (ids.size >= SURELY_LIST) return 'list';
  }
  const found = ids.size > 0 ? ids.size : numbers.size;
  if (found > 1) return /[:=#@]/.test(text) ? 'one' : 'list';
  const alone = text.trim();
  const isAlone = isQrCodeId(alone) && !/^[A-Z]?[a-z]+$/.test(alone) && !isKnownNonId(alone);
  return found === 1 || isDoubtful || isAlone ? 'one' : 'nothing';
}
