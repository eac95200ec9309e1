import { afterEach, describe, expect, it, vi } from 'vitest';
import { ACTIVE, type Answers, answered, ID, openPopup } from '../../tests/fixtures/popup-store.ts';
import type { ImageOnPage } from '../browser/capture-tab.ts';
import type { PageReading, SeenQrCode } from '../find/read-page.ts';
import { createFindStore } from './find.ts';

const OTHER_ID = 'QR26BBBBBB02';
const TEXT = `upi://pay?pa=shop@upi&pn=Shop&tr=${ID}&am=5&cu=INR`;
const OTHER = `upi://pay?pa=shop@upi&pn=Shop&tr=${OTHER_ID}&am=5&cu=INR`;
const TEXTS: Readonly<Record<string, string>> = { [ID]: TEXT, [OTHER_ID]: OTHER };
const IMAGE: ImageOnPage = { tabId: 1, windowId: 1, frameId: 0, frameKey: null, imageKey: null };

const readPage = vi.hoisted(() => vi.fn<() => Promise<PageReading>>());
vi.mock('./picture-finder.ts', async () => {
  const { systemClock } = await import('../lib/clock.ts');
  return {
    createPictureFinder: (deps: Pick<Parameters<typeof createFindStore>[0], 'send' | 'findsAll'>) =>
      createFindStore({
        ...deps,
        clock: systemClock,
        decode: async (picture) => picture,
        readPage,
        readPictureFile: async () => [],
        readPixels: async () => [],
      }),
  };
});
afterEach(() => void readPage.mockReset());

const seen = (text: string): SeenQrCode => ({ text, image: 'data:image/png;base64,' });
/** The page in front shows codes with these texts. */
const pageShows = (...texts: string[]) =>
  readPage.mockResolvedValueOnce({ kind: 'read', codes: texts.map(seen), isPartly: false });

const codeWith = (qrCodeId: string) => answered({ ...ACTIVE, qrCodeId, qrCodeBase64: TEXTS[qrCodeId] });
const openScanner = (change: Answers = {}) =>
  openPopup({
    getQrCode: async ({ qrCodeId }) => codeWith(qrCodeId),
    checkStatus: async ({ qrCodeId }) => ({ result: codeWith(qrCodeId) }),
    searchQrCodes: async () => ({
      ...{ kind: 'answered', code: 0, message: '' },
      payload: { qrCodes: [], received: 0 },
    }),
    ...change,
  });

/** Answers `getQrCode` for one code late, once. */
function lateRead(late: string) {
  const gate = Promise.withResolvers<void>();
  let isFirst = true;
  const getQrCode: Answers['getQrCode'] = async ({ qrCodeId }) => {
    if (qrCodeId === late && isFirst) {
      isFirst = false;
      await gate.promise;
    }
    return codeWith(qrCodeId);
  };
  return { getQrCode, answer: gate.resolve };
}

describe('the code of a page that was scanned', () => {
  it('stands in the field and is checked', async () => {
    const popup = await openScanner();
    pageShows(TEXT);
    await popup.scanPage();
    await vi.waitFor(() => expect(popup.get().qrCode?.qrCodeId).toBe(ID));
    expect(popup.get().text).toBe(ID);
  });

  it.each([
    ['several codes', [TEXT, OTHER]],
    ['no code', []],
  ])('leaves the field as soon as a page with %s is scanned', async (_, texts) => {
    const popup = await openScanner();
    pageShows(TEXT);
    await popup.scanPage();
    await vi.waitFor(() => expect(popup.get().qrCode).toBeDefined());
    pageShows(...texts);
    await popup.scanPage();
    expect(popup.get()).toMatchObject({ text: '', qrCode: undefined });
  });

  it('does not replace an ID that is typed while the code is read', async () => {
    const { getQrCode, answer } = lateRead(ID);
    const popup = await openScanner({ getQrCode });
    pageShows(TEXT);
    const scanned = popup.scanPage();
    await vi.waitFor(() => expect(popup.sent('getQrCode')).toHaveLength(1));
    popup.setText('QR26TYPED001');
    answer();
    await scanned;
    expect(popup.get()).toMatchObject({ text: 'QR26TYPED001', find: undefined });
    expect(popup.sent('checkStatus')).toEqual([]);
  });

  it('does not replace an ID that is typed before the page is read', async () => {
    const popup = await openScanner();
    pageShows(TEXT);
    const scanned = popup.scanPage();
    popup.setText('QR26TYPED001');
    await scanned;
    expect(popup.get()).toMatchObject({ text: 'QR26TYPED001', find: undefined });
  });

  it('is not checked if another page was scanned meanwhile', async () => {
    const { getQrCode, answer } = lateRead(ID);
    const popup = await openScanner({ getQrCode });
    pageShows(TEXT);
    const scanned = popup.scanPage();
    await vi.waitFor(() => expect(popup.sent('getQrCode')).toHaveLength(1));
    pageShows(TEXT, OTHER);
    await popup.scanPage();
    answer();
    await scanned;
    expect(popup.get().text).toBe('');
    expect(popup.sent('checkStatus')).toEqual([]);
  });

  it('is not checked after a stop', async () => {
    const { getQrCode, answer } = lateRead(ID);
    const popup = await openScanner({ getQrCode });
    pageShows(TEXT);
    const scanned = popup.scanPage();
    await vi.waitFor(() => expect(popup.sent('getQrCode')).toHaveLength(1));
    popup.get().find?.actions.stop();
    answer();
    await scanned;
    expect(popup.sent('checkStatus')).toEqual([]);
  });

  it('leaves the field if another account is chosen', async () => {
    let currentAccountId = 'a1';
    const popup = await openScanner({
      selectAccount: async ({ accountId }) => {
        currentAccountId = accountId;
        return null;
      },
      getAppState: async () => ({ ...(await appState()), currentAccountId }),
    });
    pageShows(TEXT);
    await popup.scanPage();
    await vi.waitFor(() => expect(popup.get().qrCode).toBeDefined());
    await popup.use('a2');
    expect(popup.get()).toMatchObject({ text: '', qrCode: undefined });
  });
});

async function appState() {
  const { DEFAULT_POLICY } = await import('../settings/policy.ts');
  const { DEFAULT_SETTINGS } = await import('../settings/settings.ts');
  const { ACCOUNT } = await import('../../tests/fixtures/popup-store.ts');
  return {
    accounts: [ACCOUNT, { ...ACCOUNT, id: 'a2' }],
    settings: DEFAULT_SETTINGS,
    vault: { status: 'open' as const, protection: 'device' as const },
    policy: DEFAULT_POLICY,
  };
}

describe('the dialog before a cancel', () => {
  it('closes if another picture is scanned by the menu', async () => {
    const popup = await openScanner();
    popup.setText(ID);
    await popup.requestCancel();
    expect(popup.get().dialog).toBeDefined();
    pageShows(TEXT, OTHER);
    await popup.scanPage(IMAGE);
    expect(popup.get()).toMatchObject({ text: '', dialog: undefined });
  });

  it('does not open for the code of an earlier picture', async () => {
    const popup = await openScanner();
    pageShows(TEXT, OTHER);
    await popup.scanPage();
    await popup.get().find?.actions.choose(1);
    await vi.waitFor(() => expect(popup.get().qrCode?.qrCodeId).toBe(ID));
    const reads = popup.sent('getQrCode').length;
    const asked = popup.requestCancel();
    await popup.get().find?.actions.choose(2);
    await asked;
    expect(popup.sent('getQrCode').length).toBeGreaterThan(reads);
    await vi.waitFor(() => expect(popup.get().qrCode?.qrCodeId).toBe(OTHER_ID));
    expect(popup.get()).toMatchObject({ text: OTHER_ID, dialog: undefined });
  });
});
