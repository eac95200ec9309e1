import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { QrCode } from '../enkash/qr-code.ts';
import type { SearchPage } from '../enkash/search.ts';
import { systemClock } from '../lib/clock.ts';
import type { Send } from '../messaging/protocol.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import { type FindRequest, findCodes } from './find-codes.ts';
import { type Finding, provenCode } from './finding.ts';

type Code = QrCode & { qrCodeId: string };

/** In these tests the text of a picture stands for the picture: `data:` and the text. */
const pictureOf = (text: string) => `data:${text}`;
const decode = async (dataUrl: string) =>
  dataUrl.startsWith('data:upi') ? dataUrl.slice('data:'.length) : undefined;

interface Gateway {
  codes: readonly Code[];
  /** Whether lists bear the codes' pictures. */
  lists?: boolean;
  /** Replaces the answer to a read. */
  read?: (qrCodeId: string) => GatewayResult<QrCode> | undefined;
  /** Changes each page of a list. */
  page?: (page: SearchPage) => SearchPage;
}

function gatewayOf({ codes, lists = true, read, page: changed = (page) => page }: Gateway) {
  const answered = <Payload>(payload: Payload) => ({
    kind: 'answered' as const,
    ...{ code: 0, message: 'ok', payload },
  });
  const reads: string[] = [];
  const searches: unknown[] = [];
  const send = vi.fn(async (name: string, request: Record<string, unknown>) => {
    if (name === 'getQrCode') {
      const id = String(request.qrCodeId);
      reads.push(id);
      const code = codes.find(({ qrCodeId }) => qrCodeId === id);
      const missing = { kind: 'not-found', httpStatus: 404, code: 1, message: 'no' } as const;
      return read?.(id) ?? (code ? answered(code) : missing);
    }
    searches.push(request);
    const { offset, limit, filters } = request as {
      offset: number;
      limit: number;
      filters: { amountFrom?: number; amountTo?: number };
    };
    const { amountFrom = Number.NEGATIVE_INFINITY, amountTo = Number.POSITIVE_INFINITY } = filters;
    const all = codes.filter(({ amount }) => Number(amount) >= amountFrom && Number(amount) <= amountTo);
    const page = all.slice(offset, offset + limit);
    const qrCodes = page.map(({ qrCodeBase64, ...code }) =>
      lists && request.pictures ? { ...code, qrCodeBase64 } : code,
    );
    return answered(changed({ qrCodes, received: page.length }));
  });
  return { send: send as unknown as Send, reads, searches };
}

function codeOf(qrCodeId: string, text: string | undefined, amount = 500): Code {
  return {
    ...{ qrCodeId, amount, status: 'ACTIVE', qrName: 'Counter' },
    ...(text === undefined ? {} : { qrCodeBase64: pictureOf(text) }),
  } as Code;
}

function run(
  gateway: Gateway,
  texts: readonly string[],
  change: Partial<FindRequest> = {},
  decodeWith = decode,
) {
  const { send, reads, searches } = gatewayOf(gateway);
  const request = {
    accountId: 'a',
    texts,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  const result = findCodes({ send, clock: systemClock, decode: decodeWith }, { ...request, ...change });
  return { result, reads, searches };
}

const textOf = (reference: string, amount = 500) =>
  `upi://pay?pa=shop@upi&pn=Shop&tr=${reference}&am=${amount}&cu=INR`;
const idsOf = (codes: Finding['equal']) => codes.map(({ qrCodeId }) => qrCodeId).toSorted();

describe('a code found by its picture', () => {
  it('is read by the ID in the picture, and proven by its own picture, without a search', async () => {
    const text = textOf('QR26AAAAAA01');
    const { result, reads, searches } = run({ codes: [codeOf('QR26AAAAAA01', text)] }, [text]);
    const { findings, end } = await result;
    expect(provenCode(findings.get(text) as Finding)?.qrCodeId).toBe('QR26AAAAAA01');
    expect([reads, searches, end]).toEqual([['QR26AAAAAA01'], [], 'all']);
  });

  it('is found by comparison if the ID in the picture belongs to another code', async () => {
    const text = textOf('QR26AAAAAA01');
    const codes = [codeOf('QR26AAAAAA01', textOf('QR26BBBBBB02')), codeOf('QR26CCCCCC03', text)];
    const { result, searches } = run({ codes }, [text]);
    const { findings } = await result;
    expect(provenCode(findings.get(text) as Finding)?.qrCodeId).toBe('QR26CCCCCC03');
    expect(searches).not.toEqual([]);
  });

  it('is found among all codes if none of its amount is equal', async () => {
    const text = textOf('none', 5);
    const codes = [codeOf('QR26AAAAAA01', textOf('other', 5), 5), codeOf('QR26CCCCCC03', text, 500)];
    const { findings } = await run({ codes }, [text]).result;
    expect(provenCode(findings.get(text) as Finding)?.qrCodeId).toBe('QR26CCCCCC03');
  });

  it('is read by itself if lists bear no pictures', async () => {
    const text = textOf('none');
    const codes = [codeOf('QR26AAAAAA01', textOf('other')), codeOf('QR26CCCCCC03', text)];
    const { result, reads } = run({ codes, lists: false }, [text]);
    const { findings, compared } = await result;
    expect(provenCode(findings.get(text) as Finding)?.qrCodeId).toBe('QR26CCCCCC03');
    expect([reads.toSorted(), compared]).toEqual([['QR26AAAAAA01', 'QR26CCCCCC03'], 2]);
  });

  it('is not chosen if another code has the same picture', async () => {
    const text = textOf('none');
    const codes = [codeOf('QR26AAAAAA01', text), codeOf('QR26CCCCCC03', text)];
    const { findings } = await run({ codes }, [text]).result;
    const finding = findings.get(text) as Finding;
    expect([provenCode(finding), idsOf(finding.equal)]).toEqual([
      undefined,
      ['QR26AAAAAA01', 'QR26CCCCCC03'],
    ]);
  });

  it('is never chosen without its own picture', async () => {
    const text = textOf('QR26AAAAAA01');
    const { findings } = await run({ codes: [codeOf('QR26AAAAAA01', undefined)] }, [text]).result;
    const finding = findings.get(text) as Finding;
    expect([provenCode(finding), idsOf(finding.notCompared)]).toEqual([undefined, ['QR26AAAAAA01']]);
  });

  it('is not chosen if the comparison was stopped', async () => {
    const text = textOf('none');
    const codes = Array.from({ length: 40 }, (_, at) =>
      codeOf(`QR26AAAAAA${at + 10}`, at === 0 ? text : textOf('x')),
    );
    const stop = new AbortController();
    const onProgress = ({ compared }: { compared: number }) => compared === 3 && stop.abort();
    const { findings, end } = await run({ codes }, [text], { signal: stop.signal, onProgress }).result;
    const finding = findings.get(text) as Finding;
    expect([end, provenCode(finding), idsOf(finding.equal)]).toEqual([
      'stopped',
      undefined,
      ['QR26AAAAAA10'],
    ]);
  });
});

describe('a code found in doubtful answers', () => {
  const text = textOf('none');
  const codes = [codeOf('QR26AAAAAA01', text), codeOf('QR26CCCCCC03', text)];
  const unavailable = { kind: 'ambiguous', reason: 'server-error', httpStatus: 503 } as const;

  it('is not proven if the read of another code failed, which may have the same picture', async () => {
    const read = (id: string) => (id === 'QR26CCCCCC03' ? unavailable : undefined);
    const { findings, end, failure } = await run({ codes, lists: false, read }, [text]).result;
    const finding = findings.get(text) as Finding;
    expect([end, failure]).toEqual(['failed', unavailable]);
    expect([provenCode(finding), idsOf(finding.equal)]).toEqual([undefined, ['QR26AAAAAA01']]);
  });

  it('is not proven if the pages of the list contradict each other', async () => {
    const page = (given: SearchPage) => ({ ...given, total: 3 });
    const { findings, end } = await run({ codes: codes.slice(0, 1), page }, [text]).result;
    const finding = findings.get(text) as Finding;
    expect([end, provenCode(finding), idsOf(finding.equal)]).toEqual(['unsure', undefined, ['QR26AAAAAA01']]);
  });

  it('is found among all codes if the list of its amount has a wrong total', async () => {
    const page = (given: SearchPage) => ({ ...given, total: 9 });
    const others = [codeOf('QR26AAAAAA01', textOf('x')), codeOf('QR26CCCCCC03', text, 7)];
    const { findings } = await run({ codes: others, page }, [text]).result;
    expect(idsOf((findings.get(text) as Finding).equal)).toEqual(['QR26CCCCCC03']);
  });

  it.each(['../QR26AAAAAA01/cancel', 'QR26AAAAAA01 QR26CCCCCC03', 'QR26\u202eAAAA'])(
    'is none if its ID is no ID: %j',
    async (id) => {
      const others = [codeOf(id, text), codeOf('QR26CCCCCC03', textOf('x'))];
      const withoutPicture = [codeOf(id, undefined), codeOf('QR26CCCCCC03', textOf('x'))];
      for (const given of [others, withoutPicture]) {
        const { result, reads } = run({ codes: given, lists: given === others }, [text]);
        const { findings, end } = await result;
        expect([findings.get(text)?.equal, end]).toEqual([[], 'unsure']);
        expect(reads).not.toContain(id);
      }
    },
  );

  it('is compared by its picture in the list if its record has none', async () => {
    const own = textOf('QR26AAAAAA01');
    const withoutPicture = {
      kind: 'answered',
      code: 0,
      message: '',
      payload: codeOf('QR26AAAAAA01', undefined),
    };
    const read = () => withoutPicture as GatewayResult<QrCode>;
    const find = async (picture: string) => {
      const { findings } = await run({ codes: [codeOf('QR26AAAAAA01', picture)], read }, [own]).result;
      return findings.get(own) as Finding;
    };
    expect(provenCode(await find(own))?.qrCodeId).toBe('QR26AAAAAA01');
    expect(await find(textOf('other'))).toMatchObject({ equal: [], notCompared: [] });
  });

  it('is read by itself if its picture in the list can not be read', async () => {
    const page = ({ qrCodes, received }: SearchPage) => ({
      qrCodes: qrCodes.map((code) => ({ ...code, qrCodeBase64: 'data:thumbnail' })),
      received,
    });
    const { findings } = await run({ codes: [codeOf('QR26AAAAAA01', text)], page }, [text]).result;
    expect(provenCode(findings.get(text) as Finding)?.qrCodeId).toBe('QR26AAAAAA01');
  });

  it('is found although the picture of another code breaks the decoder', async () => {
    const others = [codeOf('QR26AAAAAA01', 'broken'), codeOf('QR26CCCCCC03', text)];
    const { findings, read, compared } = await run({ codes: others }, [text], {}, async (picture) => {
      if (picture.includes('broken')) throw new Error('A picture without pixels');
      return decode(picture);
    }).result;
    expect(provenCode(findings.get(text) as Finding)?.qrCodeId).toBe('QR26CCCCCC03');
    expect([read, compared]).toEqual([2, 1]);
  });
});

describe('a run', () => {
  it('ends if the gateway gives no pictures, instead of reading every code', async () => {
    const codes = Array.from({ length: 300 }, (_, at) => codeOf(`QR26AAAAA${at + 100}`, undefined));
    const { result, reads } = run({ codes, lists: false }, [textOf('none')]);
    const { end, compared } = await result;
    expect([end, compared]).toEqual(['no-pictures', 0]);
    expect(reads.length).toBeLessThan(40);
  });

  it('ends with the failure that every read would meet', async () => {
    const codes = Array.from({ length: 30 }, (_, at) => codeOf(`QR26AAAAAA${at + 10}`, textOf('x')));
    const failure = { kind: 'not-sent', reason: 'offline' } as const;
    const { result, reads } = run({ codes, lists: false, read: () => failure }, [textOf('none')]);
    expect(await result).toMatchObject({ end: 'failed', failure });
    expect(reads.length).toBeLessThanOrEqual(6);
  });

  it('finds several pictures with one search', async () => {
    const codes = Array.from({ length: 30 }, (_, at) => codeOf(`QR26AAAAAA${at + 10}`, textOf(`r${at}`)));
    const texts = [textOf('r3'), textOf('r7'), textOf('unknown')];
    const { result, searches } = run({ codes }, texts);
    const { findings } = await result;
    const found = texts.map((text) => provenCode(findings.get(text) as Finding)?.qrCodeId);
    expect(found).toEqual(['QR26AAAAAA13', 'QR26AAAAAA17', undefined]);
    // One reading of the codes of the amount, and one of all codes for the picture that is still open.
    expect(searches.length).toBeLessThanOrEqual(4);
  });
});

/** Codes that look alike: the same payee and amounts, texts that differ in one character, IDs of each other. */
const account = fc
  .record({
    size: fc.integer({ min: 1, max: 30 }),
    lists: fc.boolean(),
    place: fc.constantFrom('tr', 'pa', 'another', 'nowhere'),
    shift: fc.integer({ min: 0, max: 30 }),
    without: fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 4 }),
    amounts: fc.array(fc.constantFrom(5, 500, 50_000), { minLength: 1, maxLength: 3 }),
    references: fc.array(fc.constantFrom('A1', 'A2', 'B1', 'a1', 'A1 '), { minLength: 1, maxLength: 5 }),
  })
  .map(({ size, lists, place, shift, without, amounts, references }) => {
    const ids = Array.from({ length: size }, (_, at) => `QR26LOOK${String(at).padStart(4, '0')}`);
    const codes = ids.map((id, at) => {
      const amount = amounts[at % amounts.length] ?? 5;
      const reference = references[at % references.length];
      const query = {
        tr: `pa=shop@upi&pn=Shop&tr=${id}`,
        pa: `pa=shop.${id}@upi&pn=Shop`,
        another: `pa=shop@upi&pn=Shop&tr=${ids[(at + shift) % size]}&x=${at}`,
        nowhere: `pa=shop@upi&pn=Shop&tr=${reference}`,
      }[place];
      const text = `upi://pay?${query}&am=${amount}&cu=INR`;
      return codeOf(id, without.includes(at) ? undefined : text, amount);
    });
    return { codes, lists };
  });

it('finds the equal code or none in accounts whose codes look alike', async () => {
  await fc.assert(
    fc.asyncProperty(account, fc.nat(), fc.nat(), fc.boolean(), async (gateway, pick, at, isChanged) => {
      const own = gateway.codes[pick % gateway.codes.length]?.qrCodeBase64?.slice('data:'.length);
      if (own === undefined) return;
      const position = at % own.length;
      const text = isChanged ? `${own.slice(0, position)}~${own.slice(position + 1)}` : own;
      const { findings } = await run(gateway, [text]).result;
      const equal = gateway.codes.filter(({ qrCodeBase64 }) => qrCodeBase64 === pictureOf(text));
      const finding = findings.get(text) as Finding;
      expect(idsOf(finding.equal)).toEqual(equal.map(({ qrCodeId }) => qrCodeId).toSorted());
      expect(provenCode(finding)?.qrCodeId).toBe(equal.length === 1 ? equal[0]?.qrCodeId : undefined);
    }),
    { numRuns: 500 },
  );
});

it('proves no code while an equal one may be missing, whatever the gateway fails to give', async () => {
  const doubtful = fc.record({
    gateway: account,
    pick: fc.nat(),
    failing: fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { maxLength: 6 }),
    total: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    isRepeated: fc.boolean(),
    withoutId: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(doubtful, async ({ gateway, pick, failing, total, isRepeated, withoutId }) => {
      const { codes } = gateway;
      const own = codes[pick % codes.length]?.qrCodeBase64?.slice('data:'.length);
      if (own === undefined) return;
      const failed = new Set(failing.map((at) => codes[at]?.qrCodeId));
      const failure = { kind: 'ambiguous', reason: 'server-error', httpStatus: 503 } as const;
      const read = (id: string) => (failed.has(id) ? failure : undefined);
      const page = ({ qrCodes, received }: SearchPage): SearchPage => {
        const given = isRepeated ? [...qrCodes, ...qrCodes.slice(0, 1)] : qrCodes;
        const extra = given.length - qrCodes.length;
        const cut =
          withoutId && given.length > 1 ? { qrCodes: given.slice(1), withoutId: [0] } : { qrCodes: given };
        return { ...cut, received: received + extra, ...(total === undefined ? {} : { total }) };
      };
      const { findings } = await run({ ...gateway, read, page }, [own]).result;
      const proven = provenCode(findings.get(own) as Finding);
      const equal = codes.filter(({ qrCodeBase64 }) => qrCodeBase64 === pictureOf(own));
      if (proven) expect([proven.qrCodeId]).toEqual(idsOf(equal as Finding['equal']));
    }),
    { numRuns: 500 },
  );
});
