import type { AccountRef, GatewaySessionStore, GetCredentials } from '../model/account.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { createAuthorizedRequest } from './authorized-request.ts';
import type { CallOptions } from './call-options.ts';
import { type CreatedQrCode, type NewQrCode, serializeCreate } from './create.ts';
import { createUrl, qrCodeUrl, searchUrl } from './hosts.ts';
import type { HttpDeps } from './http.ts';
import { CANCELLED, type QrCode } from './qr-code.ts';
import { createRateLimitGate } from './rate-limit-gate.ts';
import { readNewRecord, readPageOf, readRecordOf } from './read-payload.ts';
import { type GatewayFilters, MAX_PAGE_BYTES, type SearchPage } from './search.ts';
import type { Call } from './send-attempt.ts';
import { createTokenProvider } from './token.ts';

/** The maximum size of an answer for one QR code, which usually has some kilobytes. */
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

export interface EnKashClient {
  /**
   * Fetches a new token, even if one is cached; accounts with an authorization token need no call. A failure keeps the
   * cached token. Never waits.
   */
  signIn(account: AccountRef): Promise<{ kind: 'answered' } | GatewayFailure>;
  /** Reads one QR code. Returns the record of exactly this id, or a failure. */
  getQrCode(account: AccountRef, qrCodeId: string, options?: CallOptions): Promise<GatewayResult<QrCode>>;
  /**
   * Sends one cancel. `answered`: the gateway returned code 0, `CANCELLED` and exactly this id. `ambiguous`: only a read
   * shows whether the cancel was carried out. Resent only if the gateway refused its token (117, 401 or 403) or asked
   * to wait (429).
   */
  cancelQrCode(account: AccountRef, qrCodeId: string, options?: CallOptions): Promise<GatewayResult<QrCode>>;
  /**
   * Reads one page of a search: at most `limit` codes, from number `offset`. The gateway may ignore the filters. The
   * codes' pictures are left out unless `pictures` is set.
   */
  searchQrCodes(
    account: AccountRef,
    filters: GatewayFilters,
    page: { offset: number; limit: number; pictures?: boolean | undefined },
    options?: CallOptions,
  ): Promise<GatewayResult<SearchPage>>;
  /**
   * Creates a QR code. `answered`: the gateway returned the new code's id. `ambiguous`: a code may have been created;
   * there is no id to read. Resent only if EnKash refused the token, which it checks first. Not resent after a 429 or,
   * in browsers with single-use bodies, after a lost connection.
   */
  createQrCode(
    account: AccountRef,
    requested: NewQrCode,
    options?: CallOptions,
  ): Promise<GatewayResult<CreatedQrCode>>;
}

export interface ClientDeps extends HttpDeps {
  openKeys: GetCredentials;
  memory: GatewaySessionStore;
  /** `false` if the browser reports no connection. */
  isOnline: () => boolean;
}

/** Builds the client for all calls of the gateway. */
export function createEnKashClient(deps: ClientDeps): EnKashClient {
  const tokens = createTokenProvider(deps);
  const gate = createRateLimitGate(deps);
  const request = createAuthorizedRequest({ ...deps, tokens, gate });

  async function callQrCode(
    account: AccountRef,
    qrCodeId: string,
    method: 'GET' | 'PATCH',
    options: CallOptions = {},
  ): Promise<GatewayResult<QrCode>> {
    const call = qrCodeCall(account, qrCodeId, method);
    return call ? request(account, call, options) : { kind: 'not-sent', reason: 'invalid-id' };
  }

  return {
    async signIn(account) {
      const opened = await deps.openKeys(account);
      if (!opened.ok) return { kind: 'not-sent', reason: opened.reason };
      const limited = await gate.pass(account, { failFast: true });
      if (limited) return limited;
      const { token: cached } = await deps.memory.read(account.id);
      const token = await tokens.get(account, opened.keys, cached);
      if (token.ok) return { kind: 'answered' };
      await gate.record(account, token.failure);
      return token.failure;
    },
    getQrCode: (account, qrCodeId, options) => callQrCode(account, qrCodeId, 'GET', options),
    async cancelQrCode(account, qrCodeId, options) {
      return requireCancelled(await callQrCode(account, qrCodeId, 'PATCH', options));
    },
    searchQrCodes(account, filters, { offset, limit, pictures = false }, options = {}) {
      const call: Call<SearchPage> = {
        method: 'POST',
        url: searchUrl(account.environment, offset, limit),
        body: JSON.stringify(filters),
        maxBytes: MAX_PAGE_BYTES,
        read: readPageOf(pictures),
        isRead: true,
      };
      return request(account, call, options);
    },
    createQrCode(account, requested, options = {}) {
      const call: Call<CreatedQrCode> = {
        method: 'POST',
        url: createUrl(account.environment),
        body: serializeCreate(requested),
        singleUse: true,
        maxBytes: MAX_RESPONSE_BYTES,
        read: readNewRecord,
        isRead: false,
      };
      return request(account, call, { ...options, failFast: true });
    },
  };
}

/** The call that reads (GET) or cancels (PATCH) a QR code; `undefined` if the id is invalid in a URL. */
function qrCodeCall(
  account: AccountRef,
  qrCodeId: string,
  method: 'GET' | 'PATCH',
): Call<QrCode> | undefined {
  const isRead = method === 'GET';
  try {
    return {
      method,
      url: qrCodeUrl(account.environment, qrCodeId, isRead ? undefined : 'cancel'),
      qrCodeId,
      ...(isRead ? {} : { body: '{}' }),
      maxBytes: MAX_RESPONSE_BYTES,
      read: readRecordOf(qrCodeId),
      isRead,
    };
  } catch {
    return undefined;
  }
}

/** Accepts an answer to a cancel only if it is in the published form and says that the code is cancelled. */
function requireCancelled(answer: GatewayResult<QrCode>): GatewayResult<QrCode> {
  if (answer.kind !== 'answered') return answer;
  const { message, code, payload } = answer;
  if (payload.status !== CANCELLED) return { kind: 'ambiguous', reason: 'not-cancelled-in-answer', message };
  // An answer in another form than the published one is no evidence by itself: a read must confirm it.
  return code === 0 ? answer : { kind: 'ambiguous', reason: 'wrong-shape', message };
}
