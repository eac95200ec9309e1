import type { Clock } from '../lib/clock.ts';
import type { Send } from '../messaging/protocol.ts';
import { readPictureText } from '../qr-picture/payment-text.ts';
import type { SearchFilters } from '../search/filters.ts';
import { type Comparison, comparePictures } from './compare-pictures.ts';
import { type CodesById, findById } from './find-by-id.ts';
import type { Finding, FindProgress, FindRun } from './finding.ts';
import { PictureIndex } from './picture-index.ts';
import type { ReadDeps } from './read-code.ts';
import { runPool } from './run-pool.ts';

/** The number of pictures whose IDs are looked up at a time. */
const LOOKUPS_AT_A_TIME = 6;

export interface FindDeps {
  send: Send;
  clock: Clock;
  /** Reads the picture of a code (a `data:` URL); `undefined` if it shows no QR code that can be read. */
  decode: (dataUrl: string) => Promise<string | undefined>;
}

export interface FindRequest {
  accountId: string;
  /** The texts of the pictures. */
  texts: readonly string[];
  signal: AbortSignal;
  onProgress: (progress: FindProgress) => void;
}

/**
 * Finds the codes of an account whose own picture says the very same as a picture at hand. First reads the codes whose ID
 * may stand in the text. For the other pictures, reads the account's codes and compares their pictures: those of the same
 * amount first, then all. Only reads. Each text is compared character by character.
 */
export async function findCodes(deps: FindDeps, request: FindRequest): Promise<FindRun> {
  const { accountId, signal } = request;
  const texts = [...new Set(request.texts)];
  const index = new PictureIndex();
  let waitingUntil: number | undefined;
  const onProgress = () => request.onProgress({ ...index.progress(), waitingUntil });
  const reads: ReadDeps = {
    ...{ send: deps.send, clock: deps.clock, accountId, signal },
    onWait(until) {
      waitingUntil = until;
      onProgress();
    },
  };
  // A picture that breaks the decoder is one that can't be read, and ends no run.
  const decode = (dataUrl: string) => deps.decode(dataUrl).catch(() => undefined);
  const byId = await findAllById(reads, decode, index, texts, onProgress);
  const failure = [...byId.values()].find((found) => found.failure)?.failure;
  const isOpen = (text: string) =>
    (byId.get(text)?.equal.length ?? 0) === 0 && index.equalTo(text).length === 0;
  let end: Pick<FindRun, 'end' | 'failure'> = failure ? { end: 'failed', failure } : { end: 'all' };
  if (signal.aborted) end = { end: 'stopped' };
  for (const filters of filtersFor(texts.filter(isOpen))) {
    // Pages of some codes that contradict each other say nothing about all codes.
    if ((end.end !== 'all' && end.end !== 'unsure') || !texts.some(isOpen)) break;
    end = await comparePictures({ reads, decode, index, onProgress } satisfies Comparison, filters);
  }
  const findings = new Map(texts.map((text) => [text, findingOf(text, byId.get(text), index, end.end)]));
  return { ...index.progress(), findings, ...end, others: index.contents() };
}

async function findAllById(
  reads: ReadDeps,
  decode: FindDeps['decode'],
  index: PictureIndex,
  texts: readonly string[],
  onProgress: () => void,
): Promise<Map<string, CodesById>> {
  const found = new Map<string, CodesById>();
  await runPool(texts, LOOKUPS_AT_A_TIME, async (text) => {
    const codes = await findById(reads, decode, index, text);
    found.set(text, codes);
    onProgress();
    return codes.failure === undefined && !reads.signal.aborted;
  });
  return found;
}

/** The searches to compare, one after the other: the codes of the texts' amount if they share one, and all codes. */
function filtersFor(texts: readonly string[]): SearchFilters[] {
  if (texts.length === 0) return [];
  const amounts = new Set(texts.map((text) => amountOf(text)));
  const [amount] = amounts;
  if (amounts.size > 1 || amount === undefined) return [{}];
  return [{ amountFrom: amount, amountTo: amount }, {}];
}

function amountOf(text: string): string | undefined {
  const content = readPictureText(text);
  const amount = 'amount' in content ? content.amount : undefined;
  return amount !== undefined && /^\d+(?:\.\d+)?$/.test(String(amount)) ? String(amount) : undefined;
}

/** A code that was found by its ID in the picture is complete: no other code's picture bears that ID. */
function findingOf(
  text: string,
  byId: CodesById | undefined,
  index: PictureIndex,
  end: FindRun['end'],
): Finding {
  const equal = index.equalTo(text);
  const isById = (byId?.equal.length ?? 0) > 0;
  return {
    equal,
    notCompared: byId?.notCompared.filter(({ qrCodeId }) => index.textOf(qrCodeId) === undefined) ?? [],
    isComplete: isById || end === 'all',
  };
}
