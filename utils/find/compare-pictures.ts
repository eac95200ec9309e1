import type { SearchHit } from '../enkash/search.ts';
import type { Request } from '../messaging/protocol.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { isQrCodeId } from '../qr-code-id/id.ts';
import { matches, type SearchFilters } from '../search/filters.ts';
import { createCollector } from '../search/result-collector.ts';
import { runSearch } from '../search/run-search.ts';
import type { FindRun } from './finding.ts';
import type { PictureIndex } from './picture-index.ts';
import { isLasting, type ReadDeps, readCode } from './read-code.ts';
import { runPool } from './run-pool.ts';

/** Small pages, because each code brings its picture along, and because the progress and `Stop` follow each page. */
const PAGE_LIMITS = { firstLimit: 100, maxLimit: 500, minLimit: 50 };
/** The number of codes read at a time. A browser opens as many connections to a host. */
const READS_AT_A_TIME = 6;
/** If that many codes were read and none has a picture, it is concluded that the gateway gives none. */
const READS_WITHOUT_PICTURE = 20;
/** A run ends after that many reads in a row that fail. */
const MAX_FAILURES_IN_A_ROW = 5;

/** What a comparison works with. */
export interface Comparison {
  reads: ReadDeps;
  decode: (dataUrl: string) => Promise<string | undefined>;
  index: PictureIndex;
  onProgress: () => void;
}

type ComparisonEnd = Pick<FindRun, 'end' | 'failure'>;

/**
 * Reads all codes of an account that pass the filters, and adds the texts of their own pictures to the index. The pictures
 * come with the list. A code whose picture is missing there or can't be read is read by itself, the newest first.
 */
export async function comparePictures(
  comparison: Comparison,
  filters: SearchFilters,
): Promise<ComparisonEnd> {
  const { reads } = comparison;
  const { signal } = reads;
  const withoutPicture = new Map<string, SearchHit>();
  const collector = createCollector(filters, undefined, PAGE_LIMITS);
  const failure = await runSearch(
    (_, request) => readPageWithPictures(comparison, filters, withoutPicture, request),
    reads.clock,
    {
      accountId: reads.accountId,
      filters,
      collector,
      signal,
      onPage: comparison.onProgress,
      onWait: reads.onWait,
      onWays: () => undefined,
    },
  );
  if (signal.aborted) return { end: 'stopped' };
  if (failure) return { end: 'failed', failure };
  const rest = await readEach(comparison, newestFirst([...withoutPicture.values()]));
  if (rest.end !== 'all') return rest;
  const { end, unreadable } = collector.collection();
  // An entry without an ID may have the same picture.
  return { end: end === 'more' || (end === 'all' && unreadable > 0) ? 'unsure' : end };
}

/** Reads one page and decodes its pictures. Pictures are dropped at once, so that a long list needs little memory. */
async function readPageWithPictures(
  { reads, decode, index, onProgress }: Comparison,
  filters: SearchFilters,
  withoutPicture: Map<string, SearchHit>,
  request: Request<'searchQrCodes'>,
) {
  const answer = await reads.send('searchQrCodes', { ...request, pictures: true });
  if (answer.kind !== 'answered') return answer;
  const qrCodes: SearchHit[] = [];
  for (const { qrCodeBase64, ...hit } of answer.payload.qrCodes) {
    qrCodes.push(hit);
    const isCompared = index.textOf(hit.qrCodeId) !== undefined;
    if (isCompared || reads.signal.aborted || !isQrCodeId(hit.qrCodeId)) continue;
    const text = qrCodeBase64 === undefined ? undefined : await decode(qrCodeBase64);
    if (text !== undefined) {
      index.add(hit, text);
      onProgress();
    } else if (matches(hit, filters)) withoutPicture.set(hit.qrCodeId, hit);
  }
  return { ...answer, payload: { ...answer.payload, qrCodes } };
}

async function readEach(comparison: Comparison, codes: readonly SearchHit[]): Promise<ComparisonEnd> {
  const { reads, decode, index, onProgress } = comparison;
  let result: ComparisonEnd = { end: 'all' };
  let failuresInARow = 0;
  let answered = 0;
  /** A read that failed although others did not. Its code may have the same picture. */
  let missed: GatewayFailure | undefined;

  /** Adds the code. Returns whether to go on. */
  async function take(hit: SearchHit, read: GatewayResult<{ qrCodeBase64?: string | undefined }>) {
    if (read.kind !== 'answered') {
      failuresInARow += 1;
      if (isLasting(read) || failuresInARow >= MAX_FAILURES_IN_A_ROW) return fail(read);
      // A code that was deleted meanwhile is none. Any other was not compared.
      if (read.kind !== 'not-found') missed = read;
      return true;
    }
    failuresInARow = 0;
    answered += 1;
    const picture = read.payload.qrCodeBase64;
    index.add(hit, picture === undefined ? undefined : await decode(picture));
    if (answered < READS_WITHOUT_PICTURE || index.progress().compared > 0) return true;
    result = { end: 'no-pictures' };
    return false;
  }
  function fail(failure: GatewayFailure) {
    result = { end: 'failed', failure };
    return false;
  }

  await runPool(codes, READS_AT_A_TIME, async (hit) => {
    if (reads.signal.aborted) return false;
    const goesOn = index.has(hit.qrCodeId) || (await take(hit, await readCode(reads, hit.qrCodeId)));
    onProgress();
    return goesOn;
  });
  if (reads.signal.aborted) return { end: 'stopped' };
  return missed && result.end === 'all' ? { end: 'failed', failure: missed } : result;
}

/** By the text of the date-time, which sorts by time. Codes without one come last. */
function newestFirst(codes: readonly SearchHit[]): SearchHit[] {
  const key = ({ createdOn }: SearchHit) => String(createdOn ?? '');
  return codes.toSorted((one, other) => (key(one) < key(other) ? 1 : key(one) > key(other) ? -1 : 0));
}
