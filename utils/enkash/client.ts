import type { Account, GatewaySessionStore, GetCredentials } from '../model/account.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { type Call, createAuthorizedRequest } from './authorized-request.ts';
import type { CallOptions } from './call-options.ts';
import { type CreatedQrCode, type NewQrCode, serializeCreate } from './create.ts';
import { createUrl, qrCodeUrl, searchUrl } from './hosts.ts';
import type { HttpDeps } from './http.ts';
import { CANCELLED, type QrCode } from './qr-code.ts';
import { createRateLimitGate } from './rate-limit-gate.ts';
import { readNewRecord, readPage, readRecordOf } from './read-payload.ts';
import { type GatewayFilters, MAX_PAGE_BYTES, type SearchPage } from './search.ts';
import { createTokenProvider } from './token.ts';

/** An answer for one QR code is some kilobytes; one beyond this is cut off. */
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

export interface EnKashClient {
  /**
   * Signs in with a new token call, even if a token is at hand; with an authorization token no call is needed. A token
   * that is at hand outlives a failure. Waits for nothing.
   */
  signIn(account: Account): Promise<{ kind: 'answered' } | GatewayFailure>;
  /** Reads one QR code. The answer is for this very id, or a failure. */
  getQrCode(account: Account, qrCodeId: string, options?: CallOptions): Promise<GatewayResult<QrCode>>;
  /**
   * Sends one cancel. `answered` means that the gateway said code 0, `CANCELLED` and this very id; whether
   * an `unclear` one was carried out can only be told by reading the code. Sent again here only if the gateway
   * refused its token (117, 401 or 403) or asked to wait (429).
   */
  cancelQrCode(account: Account, qrCodeId: string, options?: CallOptions): Promise<GatewayResult<QrCode>>;
  /**
   * Reads one page of a search: `limit` codes at most, from the one numbered `offset` on. The gateway may ignore the
   * filters. Changes nothing.
   */
  searchQrCodes(
    account: Account,
    filters: GatewayFilters,
    page: { offset: number; limit: number },
    options?: CallOptions,
  ): Promise<GatewayResult<SearchPage>>;
  /**
   * Creates a QR code. `answered` means that the gateway named the new code's id; whether an `unclear` one was carried
   * out can't be told, as there is no id to read. Sent again here only if the gateway refused its token, which it does
   * before anything else: neither after a 429 nor, if the browser has the means, on a connection that was lost.
   */
  createQrCode(
    account: Account,
    asked: NewQrCode,
    options?: CallOptions,
  ): Promise<GatewayResult<CreatedQrCode>>;
}

export interface ClientDeps extends HttpDeps {
  openKeys: GetCredentials;
  memory: GatewaySessionStore;
  /** `false` if the browser believes that it has no connection. */
  isOnline: () => boolean;
}

/** Builds the one way to the gateway's QR code calls. */
export function createEnKashClient(deps: ClientDeps): EnKashClient {
  const tokens = createTokenProvider(deps);
  const gate = createRateLimitGate(deps);
  const request = createAuthorizedRequest({ ...deps, tokens, gate });

  async function callQrCode(
    account: Account,
    qrCodeId: string,
    method: 'GET' | 'PATCH',
    options: CallOptions = {},
  ): Promise<GatewayResult<QrCode>> {
    const url = tryQrCodeUrl(account, qrCodeId, method);
    if (!url) return { kind: 'not-sent', reason: 'invalid-id' };
    const call: Call<QrCode> = {
      method,
      url,
      qrCodeId,
      maxBytes: MAX_RESPONSE_BYTES,
      read: readRecordOf(qrCodeId),
      isRead: method === 'GET',
    };
    return request(account, method === 'PATCH' ? { ...call, body: '{}' } : call, options);
  }

  return {
    async signIn(account) {
      const opened = await deps.openKeys(account);
      if (!opened.ok) return { kind: 'not-sent', reason: opened.reason };
      const held = await gate.pass(account, { failFast: true });
      if (held) return held;
      const { token: atHand } = await deps.memory.read(account.id);
      const token = await tokens.get(account, opened.keys, atHand);
      if (token.ok) return { kind: 'answered' };
      await gate.note(account, token.failure);
      return token.failure;
    },
    getQrCode: (account, qrCodeId, options) => callQrCode(account, qrCodeId, 'GET', options),
    async cancelQrCode(account, qrCodeId, options) {
      const answer = await callQrCode(account, qrCodeId, 'PATCH', options);
      if (answer.kind !== 'answered') return answer;
      const { message, code, payload } = answer;
      if (payload.status !== CANCELLED)
        return { kind: 'ambiguous', reason: 'not-cancelled-in-answer', message };
      // An answer in another form than the published one is no evidence by itself: a read has to say the same.
      return code === 0 ? answer : { kind: 'ambiguous', reason: 'wrong-shape', message };
    },
    searchQrCodes(account, filters, { offset, limit }, options = {}) {
      const call: Call<SearchPage> = {
        method: 'POST',
        url: searchUrl(account.environment, offset, limit),
        body: JSON.stringify(filters),
        maxBytes: MAX_PAGE_BYTES,
        read: readPage,
        isRead: true,
      };
      return request(account, call, options);
    },
    createQrCode(account, asked, options = {}) {
      const call: Call<CreatedQrCode> = {
        method: 'POST',
        url: createUrl(account.environment),
        body: serializeCreate(asked),
        singleUse: true,
        maxBytes: MAX_RESPONSE_BYTES,
        read: readNewRecord,
        isRead: false,
      };
      return request(account, call, { ...options, failFast: true });
    },
  };
}

function tryQrCodeUrl(account: Account, qrCodeId: string, method: 'GET' | 'PATCH'): string | undefined {
  try {
    return qrCodeUrl(account.environment, qrCodeId, method === 'PATCH' ? 'cancel' : undefined);
  } catch {
    return undefined;
  }
}
