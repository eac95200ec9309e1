import type { Call, Outcome } from './call.ts';
import { gatewayDateTime } from './date-time.ts';
import { rejection, success, tokenInvalid } from './envelope.ts';
import { MERCHANTS } from './merchants.ts';
import { pictureTextOf } from './picture-text.ts';
import { makeQrCodeId } from './qr-code-id.ts';
import type { QrCodeStore } from './qr-code-store.ts';
import { qrImageBase64 } from './qr-image.ts';
import { createSeededRandom } from './random.ts';
import { newestFirst, passes, readPage } from './search.ts';
import type { TokenIssuer } from './token-issuer.ts';
import { findUnknownField } from './validate-create.ts';

/** Assumed codes: EnKash does not document the gateway's codes for these cases. */
const CODES = { notFound: 1404, alreadyCancelled: 1409, badRequest: 1400, wrongAccessKey: 118 };

/** How the gateway treats a call. */
export interface Treatment {
  /** False computes the response without changing anything. */
  applyEffect: boolean;
  acceptsBareToken: boolean;
  ignoreFilters: boolean;
  /** The number of codes by which all pages of a search except the first start too early. */
  shiftPages: number;
}

/** The gateway without faults: tokens, and the states of QR codes. */
export class Gateway {
  readonly #qrCodes: QrCodeStore;
  readonly #tokens: TokenIssuer;
  #number = createSeededRandom(1);

  constructor(qrCodes: QrCodeStore, tokens: TokenIssuer) {
    this.#qrCodes = qrCodes;
    this.#tokens = tokens;
  }

  /** Restarts the sequence of ids for created QR codes. */
  reset(): void {
    this.#number = createSeededRandom(1);
  }

  /** Executes a call and returns its outcome. */
  perform(call: Call, treatment: Treatment): Outcome {
    if (call.operation === 'other') return httpError(404, 'Not Found', 'No such path');
    const jsonMissing = call.operation !== 'get' && !/^application\/json\b/i.test(call.contentType ?? '');
    if (jsonMissing) return httpError(415, 'Unsupported Media Type', 'Content-Type must be application/json');
    const body = call.operation === 'get' ? {} : readObject(call.body);
    if (body === undefined)
      return httpError(400, 'Bad Request', 'Required request body is missing or malformed');
    if (call.operation === 'token') return this.#token(call, body);

    const refusal = this.#refusal(call, treatment.acceptsBareToken);
    if (refusal !== undefined) return refusal;
    if (call.operation === 'search') return this.#search(call, body, treatment);
    if (call.operation === 'create') return this.#create(call, body, treatment.applyEffect);
    const known = this.#qrCodes.get(call.environment, call.qrCodeId ?? '');
    if (known === undefined) return rejection(CODES.notFound, 'QR code not found', 404);
    if (call.operation === 'get') return success(known);
    if (known.status === 'CANCELLED')
      return rejection(CODES.alreadyCancelled, 'QR code is already cancelled');
    return this.#cancel(call, known.qrCodeId, treatment.applyEffect);
  }

  #token(call: Call, body: Record<string, unknown>): Outcome {
    const merchant = MERCHANTS[call.environment];
    const keys = [merchant, merchant.keysWithSigns].find(({ accessKey }) => accessKey === body.accessKey);
    if (keys === undefined || keys.secretKey !== body.secretKey) {
      return {
        httpStatus: 401,
        json: { resultCode: 401, resultMessage: 'Invalid access key or secret key' },
      };
    }
    const issued = this.#tokens.issue(call.environment, keys === merchant.keysWithSigns);
    return { httpStatus: 200, json: { ...issued, resultCode: 0, resultMessage: 'SUCCESS' } };
  }

  #refusal(call: Call, acceptsBareToken: boolean): Outcome | undefined {
    const [, token] = (acceptsBareToken ? /^(\S+)$/ : /^Bearer (\S+)$/).exec(call.authorization ?? '') ?? [];
    if (token === undefined || !this.#tokens.accepts(call.environment, token)) return tokenInvalid();
    const { merchantAccessKey } = call;
    const { accessKey, keysWithSigns } = MERCHANTS[call.environment];
    if (
      merchantAccessKey !== undefined &&
      ![accessKey, keysWithSigns.accessKey].includes(merchantAccessKey)
    ) {
      return rejection(CODES.wrongAccessKey, 'Merchant access key does not belong to the token');
    }
    return undefined;
  }

  #search(call: Call, filters: Record<string, unknown>, treatment: Treatment): Outcome {
    const page = readPage(call.query);
    if (page === undefined) return rejection(CODES.badRequest, 'offset or limit is out of range', 400);
    const all = newestFirst(this.#qrCodes.all(call.environment));
    const found = treatment.ignoreFilters ? all : all.filter((code) => passes(code, filters));
    const start = page.offset === 0 ? 0 : Math.max(0, page.offset - treatment.shiftPages);
    return { ...success(found.slice(start, start + page.limit)), matches: found.length };
  }

  #create(call: Call, body: Record<string, unknown>, applyEffect: boolean): Outcome {
    const { fixedAmount, amount } = body;
    const unknownField = findUnknownField(body);
    if (unknownField !== undefined)
      return rejection(CODES.badRequest, `${unknownField} is not a field, or not of this type`);
    if (typeof body.qrName !== 'string') return rejection(CODES.badRequest, 'qrName is required');
    if (fixedAmount === true && !(typeof amount === 'number' && amount > 0)) {
      return rejection(CODES.badRequest, 'amount is required for a fixed amount QR code');
    }
    const qrCodeId = makeQrCodeId(this.#number);
    const now = gatewayDateTime(Date.now());
    const made = { ...body, qrCodeId, status: 'ACTIVE', createdOn: now, modifiedOn: now };
    const code = { ...made, qrCodeBase64: qrImageBase64(pictureTextOf(made, call.environment)) };
    if (!applyEffect) return success(code);
    this.#qrCodes.put(call.environment, code);
    return { ...success(code), carriedOut: true };
  }

  #cancel(call: Call, qrCodeId: string, applyEffect: boolean): Outcome {
    if (applyEffect) this.#qrCodes.cancel(call.environment, qrCodeId);
    const answer = success({ ...this.#qrCodes.get(call.environment, qrCodeId), status: 'CANCELLED' });
    return applyEffect ? { ...answer, carriedOut: true } : answer;
  }
}

function readObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** An error of the server before the gateway's own code runs. Its text is in `message`. */
function httpError(httpStatus: number, error: string, message: string): Outcome {
  return { httpStatus, json: { status: httpStatus, error, message } };
}
