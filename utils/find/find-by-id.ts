import type { GatewayFailure } from '../model/gateway-result.ts';
import { idCandidates } from '../qr-picture/id-candidates.ts';
import type { FoundCode } from './finding.ts';
import type { PictureIndex } from './picture-index.ts';
import { isLasting, type ReadDeps, readCode } from './read-code.ts';

/** The codes whose ID stands in a picture. */
export interface CodesById {
  /** Their own picture says the very same. */
  equal: FoundCode[];
  /** Their own picture is missing or can't be read. */
  notCompared: FoundCode[];
  /** Why the reads ended early. */
  failure?: GatewayFailure;
}

/**
 * Reads the codes whose ID may stand in the text of a picture, at most five, and compares their own pictures with it. A code
 * whose own picture says something else is another code.
 */
export async function findById(
  deps: ReadDeps,
  decode: (dataUrl: string) => Promise<string | undefined>,
  index: PictureIndex,
  text: string,
): Promise<CodesById> {
  const found: CodesById = { equal: [], notCompared: [] };
  for (const qrCodeId of idCandidates(text)) {
    if (deps.signal.aborted) break;
    if (!index.has(qrCodeId)) {
      const read = await readCode(deps, qrCodeId);
      if (read.kind !== 'answered') {
        if (!isLasting(read)) continue;
        found.failure = read;
        break;
      }
      const picture = read.payload.qrCodeBase64;
      index.add({ ...read.payload, qrCodeId }, picture === undefined ? undefined : await decode(picture));
    }
    const code = index.code(qrCodeId);
    const own = index.textOf(qrCodeId);
    if (code && own === undefined) found.notCompared.push(code);
    else if (code && own === text) found.equal.push(code);
  }
  return found;
}
