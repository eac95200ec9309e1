import { describe, expect, it } from 'vitest';
import type { QrCode } from '../enkash/qr-code.ts';
import type { SearchPage } from '../enkash/search.ts';
import type { ConnectionCheck } from '../model/connection-check.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { checkConnection, connectionWorks, isOver } from './connection-check.ts';

const ACCOUNT = { id: 'a1', name: 'Main counter', environment: 'UAT' } as const;
const READ: GatewayResult<QrCode> = { kind: 'answered', code: 0, message: '', payload: { status: 'ACTIVE' } };
const PAGE: GatewayResult<SearchPage> = {
  kind: 'answered',
  code: 0,
  message: '',
  payload: { qrCodes: [], unreadable: 0 } as unknown as SearchPage,
};
const NOT_FOUND: GatewayFailure = { kind: 'not-found', httpStatus: 404, code: 404, message: 'No such code' };
const PROXY: GatewayFailure = { kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 };
const INVALID: GatewayFailure = {
  kind: 'rejected',
  httpStatus: 200,
  code: 1,
  message: 'Invalid merchantAccessKey',
};
const REFUSED: GatewayFailure = { kind: 'unauthorized', httpStatus: 200, code: 117, message: '' };
const NO_TOKEN: GatewayFailure = { kind: 'not-sent', reason: 'auth-unavailable', httpStatus: 503 };

interface Given {
  signIn?: { kind: 'answered' } | GatewayFailure;
  read?: GatewayResult<QrCode>;
  page?: GatewayResult<SearchPage>;
  withToken?: boolean;
  qrCodeId?: string;
}

async function check(given: Given = {}) {
  const calls: unknown[] = [];
  const seen: ConnectionCheck[] = [];
  const ended = await checkConnection({
    client: {
      async signIn() {
        calls.push('sign-in');
        return given.signIn ?? { kind: 'answered' };
      },
      async getQrCode(_, qrCodeId) {
        calls.push(['get', qrCodeId]);
        return given.read ?? READ;
      },
      async searchQrCodes(_, filters, page) {
        calls.push(['search', filters, page]);
        return given.page ?? PAGE;
      },
    },
    account: ACCOUNT,
    signIn: given.withToken ? 'authorization-token' : 'secret-key',
    qrCodeId: given.qrCodeId,
    onStep: (known) => seen.push(known),
  });
  return { ended, calls, seen, works: connectionWorks(ended) };
}

describe('a check of a connection', () => {
  it('signs in, reads one code and one entry of a search, one after the other', async () => {
    const { ended, calls, seen, works } = await check({ qrCodeId: 'QR26DU7U9NREWU' });
    expect(calls).toEqual(['sign-in', ['get', 'QR26DU7U9NREWU'], ['search', {}, { offset: 0, limit: 1 }]]);
    expect(seen.map((known) => Object.keys(known).length)).toEqual([1, 2, 3]);
    expect(seen.map(isOver)).toEqual([false, false, true]);
    expect(ended).toEqual({
      'sign-in': { kind: 'signed-in' },
      'qr-code': { kind: 'code-read', status: 'ACTIVE' },
      search: { kind: 'searched' },
    });
    expect(works).toBe(true);
  });

  it('reads an id that no code has if none is given', async () => {
    const { calls } = await check();
    expect(calls[1]).toEqual(['get', 'connection-test']);
  });

  it('makes no sign-in call for an account with an authorization token', async () => {
    const { ended, calls, works } = await check({ withToken: true });
    expect(ended['sign-in']).toEqual({ kind: 'no-sign-in-call' });
    expect(calls).toHaveLength(2);
    expect(works).toBe(true);
  });

  it('accepts EnKash’s own "not found" as an answer', async () => {
    const { ended, works } = await check({ read: NOT_FOUND, page: PROXY });
    expect(ended['qr-code']).toEqual({ kind: 'no-such-code' });
    expect(works).toBe(true);
  });

  it.each([
    ['a proxy’s 404', PROXY],
    ['a code other than 0 under HTTP 200', INVALID],
    ['a web page', { kind: 'ambiguous', reason: 'not-json', httpStatus: 200 }],
    ['nothing', { kind: 'ambiguous', reason: 'timeout' }],
  ] as [string, GatewayFailure][])(
    'A45 does not accept %s as an answer, and tries the next step',
    async (_, failure) => {
      const { ended, works } = await check({ read: failure, page: failure as GatewayResult<SearchPage> });
      expect(ended['qr-code']).toEqual({ kind: 'failed', failure });
      expect(ended.search).toEqual({ kind: 'failed', failure });
      expect(works).toBe(false);
    },
  );

  it.each([
    REFUSED,
    { kind: 'not-sent', reason: 'unauthorized' },
    { kind: 'not-sent', reason: 'locked' },
    { kind: 'not-sent', reason: 'no-site-access' },
    { kind: 'rate-limited', until: 5, message: '' },
  ] as GatewayFailure[])('skips the later steps after %j', async (failure) => {
    const { ended, calls, works } = await check({ signIn: failure });
    expect(calls).toEqual(['sign-in']);
    expect([ended['qr-code'], ended.search]).toEqual([{ kind: 'not-tried' }, { kind: 'not-tried' }]);
    expect(works).toBe(false);
  });

  it('A44 tries one read after an unavailable sign-in, since it may have a token', async () => {
    const withoutToken = await check({ signIn: NO_TOKEN, read: NO_TOKEN, page: NO_TOKEN });
    expect(withoutToken.calls).toHaveLength(2);
    expect(withoutToken.ended).toMatchObject({
      'sign-in': { kind: 'failed', failure: NO_TOKEN },
      'qr-code': { kind: 'not-tried' },
      search: { kind: 'not-tried' },
    });
    const withToken = await check({ signIn: NO_TOKEN });
    expect(withToken.calls).toHaveLength(3);
    expect(withToken.ended['qr-code']?.kind).toBe('code-read');
    expect(withToken.works).toBe(false);
  });

  it('skips the search if EnKash refused the keys for the read', async () => {
    const { ended, calls, works } = await check({ read: REFUSED });
    expect(calls).toHaveLength(2);
    expect(ended.search).toEqual({ kind: 'not-tried' });
    expect(works).toBe(false);
  });
});
