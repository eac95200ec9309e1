import { describe, expect, it, vi } from 'vitest';
import type { SeenQrCode } from '../find/read-page.ts';
import { systemClock } from '../lib/clock.ts';
import type { AppState, Send } from '../messaging/protocol.ts';
import { createFindStore } from './find.ts';
import type { FindStoreDeps } from './find-state.ts';

const PNG = '\x89PNG\r\n\x1a\n';
const HEIC = '\0\0\0\x18ftypheic';
const fileOf = (name: string, start: string) =>
  new File([Uint8Array.from(start, (character) => character.charCodeAt(0))], name);

const TEXT = 'upi://pay?pa=shop@upi&pn=Shop&tr=QR26AAAAAA01&am=5&cu=INR';
const OTHER = 'upi://pay?pa=shop@upi&pn=Shop&tr=QR26BBBBBB02&am=5&cu=INR';
const seen = (text: string): SeenQrCode => ({ text, image: 'data:image/png;base64,' });

function pageWith(id: string, status: 'open' | 'locked' = 'open'): AppState {
  const account = { id, name: 'Main', environment: 'UAT', hasKeys: true };
  return { accounts: [account], currentAccountId: id, vault: { status } } as unknown as AppState;
}

function setUp(change: Partial<FindStoreDeps> = {}) {
  const onProven = vi.fn();
  const send = vi.fn(async (name: string, { qrCodeId = '' }: { qrCodeId?: string }) => {
    const text = { QR26AAAAAA01: TEXT, QR26BBBBBB02: OTHER }[qrCodeId];
    if (name === 'searchQrCodes')
      return { kind: 'answered', code: 0, message: '', payload: { qrCodes: [], received: 0 } };
    if (text === undefined) return { kind: 'not-found', httpStatus: 404, code: 1, message: '' };
    return { kind: 'answered', code: 0, message: '', payload: { qrCodeId, qrCodeBase64: text } };
  });
  const store = createFindStore({
    send: send as unknown as Send,
    clock: systemClock,
    findsAll: false,
    decode: async (picture) => picture,
    readPage: async () => ({ kind: 'read', codes: [seen(TEXT)], isPartly: false }),
    readPictureFile: async () => [seen(TEXT)],
    readPixels: async () => [],
    onProven,
    ...change,
  });
  store.actions.syncAccount(pageWith('a'));
  return { store, send, onProven };
}

describe('the QR codes on a page', () => {
  it('are found at once if there is one', async () => {
    const { store, onProven } = setUp();
    await store.actions.scanPage();
    expect(onProven.mock.calls).toEqual([['QR26AAAAAA01']]);
    expect(store.getState()).toMatchObject({ phase: 'idle', chosen: 1 });
  });

  it('are not read from the account before one of several is chosen', async () => {
    const codes = [seen(TEXT), seen(OTHER)];
    const { store, send, onProven } = setUp({
      readPage: async () => ({ kind: 'read', codes, isPartly: false }),
    });
    await store.actions.scanPage();
    expect(send).not.toHaveBeenCalled();
    expect(store.getState().chosen).toBeUndefined();
    await store.actions.choose(2);
    expect(onProven.mock.calls).toEqual([['QR26BBBBBB02']]);
  });

  it('are each shown with their own result if the operator returns to them', async () => {
    const codes = [seen(TEXT), seen('upi://pay?pa=other@upi&pn=Other'), seen(OTHER)];
    const { store, send, onProven } = setUp({
      readPage: async () => ({ kind: 'read', codes, isPartly: false }),
    });
    await store.actions.scanPage();
    await store.actions.choose(1);
    await store.actions.choose(2);
    const sent = send.mock.calls.length;
    await store.actions.choose(1);
    expect(onProven.mock.calls).toEqual([['QR26AAAAAA01'], ['QR26AAAAAA01']]);
    expect(send.mock.calls.length).toBe(sent);
    expect(store.getState().pictures.map(({ run }) => run?.read)).toEqual([1, 0, undefined]);
  });

  it('are not compared any more once another one is chosen', async () => {
    const late = Promise.withResolvers<void>();
    const codes = [seen(TEXT), seen(OTHER)];
    const { store, onProven } = setUp({
      readPage: async () => ({ kind: 'read', codes, isPartly: false }),
      async decode(picture) {
        if (picture === OTHER) await late.promise;
        return picture;
      },
    });
    await store.actions.scanPage();
    await store.actions.choose(1);
    const second = store.actions.choose(2);
    await store.actions.choose(1);
    late.resolve();
    await second;
    expect(onProven.mock.calls).toEqual([['QR26AAAAAA01'], ['QR26AAAAAA01']]);
    expect(store.getState()).toMatchObject({ chosen: 1, phase: 'idle' });
  });

  it('are reported as not seen if the browser lets no extension see the page', async () => {
    const { store } = setUp({ readPage: async () => ({ kind: 'not-captured' }) });
    await store.actions.scanPage();
    expect(store.getState().problems).toEqual([{ kind: 'not-captured' }]);
  });
});

describe('picture files', () => {
  it('are refused by name, and the others are read', async () => {
    const { store } = setUp({ findsAll: true });
    await store.actions.addFiles([fileOf('a.heic', HEIC), fileOf('b.png', PNG), fileOf('c.txt', 'text')]);
    expect(store.getState().problems).toEqual([
      { kind: 'heic', fileName: 'a.heic' },
      { kind: 'other', fileName: 'c.txt' },
    ]);
    expect(store.getState().pictures).toMatchObject([
      { number: 1, fileName: 'b.png', finding: { isComplete: true } },
    ]);
  });

  it('are named if they show no code or are broken', async () => {
    const readPictureFile = vi
      .fn<FindStoreDeps['readPictureFile']>()
      .mockResolvedValueOnce([])
      .mockRejectedValueOnce(new Error('broken'));
    const { store } = setUp({ findsAll: true, readPictureFile });
    await store.actions.addFiles([fileOf('a.png', PNG), fileOf('b.png', PNG)]);
    expect(store.getState().problems).toEqual([
      { kind: 'no-code', fileName: 'a.png' },
      { kind: 'other', fileName: 'b.png' },
    ]);
  });
});

describe('a full list', () => {
  it('names the file whose codes do not all fit', async () => {
    const many = Array.from({ length: 499 }, (_, at) => seen(`text ${at}`));
    const readPictureFile = vi
      .fn<FindStoreDeps['readPictureFile']>()
      .mockResolvedValueOnce(many)
      .mockResolvedValueOnce([seen(TEXT), seen(OTHER)]);
    const { store } = setUp({ findsAll: true, readPictureFile });
    store.actions.syncAccount(undefined);
    await store.actions.addFiles([fileOf('a.png', PNG), fileOf('b.png', PNG)]);
    expect(store.getState().pictures).toHaveLength(500);
    expect(store.getState().problems).toEqual([{ kind: 'too-many', fileName: 'b.png' }]);
  });
});

describe('the payee of a picture', () => {
  const codes = ['QR26CCCCCC01', 'QR26CCCCCC02', 'QR26CCCCCC03', 'QR26CCCCCC04'].map((qrCodeId, at) => ({
    qrCodeId,
    qrCodeBase64: `upi://pay?pa=${at < 3 ? 'shop' : 'second'}@upi&pn=Shop&tn=${at}`,
  }));
  const foreign = 'upi://pay?pa=second@upi&pn=Shop&tn=unknown';
  const searched = async (last: 'answered' | 'stopped') => {
    let stop = () => {};
    const send = async (name: string, { offset = 0, limit = 0 }) => {
      if (name !== 'searchQrCodes') return { kind: 'not-found', httpStatus: 404, code: 1, message: '' };
      const qrCodes = codes.slice(offset, offset + limit);
      const payload = { qrCodes, received: qrCodes.length };
      return { kind: 'answered', code: 0, message: '', payload };
    };
    const { store } = setUp({
      send: send as unknown as Send,
      readPage: async () => ({ kind: 'read', codes: [seen(foreign)], isPartly: false }),
      async decode(picture) {
        if (last === 'stopped' && picture.endsWith('tn=2')) stop();
        return picture;
      },
    });
    stop = store.actions.stop;
    await store.actions.scanPage();
    const [picture] = store.getState().pictures;
    return [picture?.run?.end, picture?.run?.compared, picture?.payee];
  };

  it('is compared with that of all codes, and not with some of them after a stop', async () => {
    expect(await searched('answered')).toEqual(['all', 4, 'same']);
    expect(await searched('stopped')).toEqual(['stopped', 3, undefined]);
  });
});

describe('picture files that come while others are read', () => {
  it('wait for their turn, and none is lost', async () => {
    const first = Promise.withResolvers<SeenQrCode[]>();
    const readPictureFile = vi
      .fn<FindStoreDeps['readPictureFile']>()
      .mockReturnValueOnce(first.promise)
      .mockResolvedValueOnce([seen(OTHER)]);
    const { store } = setUp({ findsAll: true, readPictureFile });
    const added = store.actions.addFiles([fileOf('a.png', PNG)]);
    await vi.waitFor(() => expect(readPictureFile).toHaveBeenCalledTimes(1));
    await store.actions.addFiles([fileOf('b.png', PNG), fileOf('c.heic', HEIC)]);
    first.resolve([seen(TEXT)]);
    await added;
    const { pictures, problems, phase } = store.getState();
    expect(pictures.map(({ text, finding }) => [text, finding?.equal[0]?.qrCodeId])).toEqual([
      [TEXT, 'QR26AAAAAA01'],
      [OTHER, 'QR26BBBBBB02'],
    ]);
    expect(problems).toEqual([{ kind: 'heic', fileName: 'c.heic' }]);
    expect(phase).toBe('idle');
  });

  it('are not lost if another account is chosen meanwhile', async () => {
    const first = Promise.withResolvers<SeenQrCode[]>();
    const { store, send } = setUp({ findsAll: true, readPictureFile: () => first.promise });
    const added = store.actions.addFiles([fileOf('a.png', PNG)]);
    store.actions.syncAccount(pageWith('b'));
    expect(store.getState().phase).toBe('reading');
    first.resolve([seen(TEXT)]);
    await added;
    expect(store.getState().account?.id).toBe('b');
    expect(store.getState().pictures[0]?.finding?.equal).toHaveLength(1);
    for (const [, request] of send.mock.calls) expect(request).toMatchObject({ accountId: 'b' });
  });

  it('are still shown as being read when the comparison that they ended returns', async () => {
    const [read, second] = [Promise.withResolvers<void>(), Promise.withResolvers<SeenQrCode[]>()];
    const readPictureFile = vi
      .fn<FindStoreDeps['readPictureFile']>()
      .mockResolvedValueOnce([seen(TEXT)])
      .mockReturnValueOnce(second.promise);
    const decode = async (picture: string) => read.promise.then(() => picture);
    const { store } = setUp({ findsAll: true, readPictureFile, decode });
    const compared = store.actions.addFiles([fileOf('a.png', PNG)]);
    await vi.waitFor(() => expect(store.getState().phase).toBe('comparing'));
    const added = store.actions.addFiles([fileOf('b.png', PNG)]);
    read.resolve();
    await compared;
    expect(store.getState().phase).toBe('reading');
    second.resolve([seen(OTHER)]);
    await added;
    expect(store.getState().pictures.map(({ finding }) => finding?.equal.length)).toEqual([1, 1]);
  });

  it('end with a stop', async () => {
    const first = Promise.withResolvers<SeenQrCode[]>();
    const { store, send } = setUp({ findsAll: true, readPictureFile: () => first.promise });
    const added = store.actions.addFiles([fileOf('a.png', PNG), fileOf('b.png', PNG)]);
    store.actions.stop();
    first.resolve([seen(TEXT)]);
    await added;
    expect(store.getState()).toMatchObject({ phase: 'idle', pictures: [] });
    expect(send).not.toHaveBeenCalled();
  });
});

describe('findings', () => {
  it('keep the counts of their own run', async () => {
    const foreign = 'upi://pay?pa=other@upi&pn=Other';
    const readPictureFile = vi
      .fn<FindStoreDeps['readPictureFile']>()
      .mockResolvedValueOnce([seen(foreign)])
      .mockResolvedValueOnce([seen(TEXT)]);
    const { store } = setUp({ findsAll: true, readPictureFile });
    await store.actions.addFiles([fileOf('a.png', PNG)]);
    await store.actions.addFiles([fileOf('b.png', PNG)]);
    expect(store.getState().pictures.map(({ run }) => run?.read)).toEqual([0, 1]);
  });

  it('are removed with another account or a lock; the pictures stay', async () => {
    const { store } = setUp();
    await store.actions.scanPage();
    store.actions.syncAccount(pageWith('b'));
    expect(store.getState()).toMatchObject({ account: undefined, progress: undefined });
    expect(store.getState().pictures[0]).not.toHaveProperty('finding');
    await store.actions.find();
    expect(store.getState().pictures[0]).toHaveProperty('finding');
    store.actions.syncAccount(pageWith('b', 'locked'));
    expect(store.getState().pictures[0]).not.toHaveProperty('finding');
  });

  it('of an account that is no longer current are dropped', async () => {
    const page = Promise.withResolvers<void>();
    const { store, onProven } = setUp({
      async decode(picture) {
        await page.promise;
        return picture;
      },
    });
    const scanned = store.actions.scanPage();
    await vi.waitFor(() => expect(store.getState().phase).toBe('comparing'));
    store.actions.syncAccount(pageWith('b'));
    page.resolve();
    await scanned;
    expect(onProven).not.toHaveBeenCalled();
    expect(store.getState().pictures[0]).not.toHaveProperty('finding');
  });
});
