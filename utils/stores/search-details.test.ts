import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../tests/fixtures/search.ts';
import {
  createSearchFixture,
  IMAGE,
  OTHER,
  pageWith,
  type SearchFixture,
} from '../../tests/fixtures/search-store.ts';
import type { MessageName, Request, Response, Send } from '../messaging/protocol.ts';

let search: SearchFixture;
beforeEach(() => {
  search = createSearchFixture();
});

describe('a code’s details', () => {
  it('are read again, and offer id, row and image', async () => {
    const store = search.open();
    search.codes[4] = codeOf(4, { qrName: '=cmd()', multipleUse: true, customerName: 'Asha Rao' });
    await store.actions.search();
    await store.actions.open('QR26AB1004');
    await store.actions.copyId();
    await store.actions.copyRow();
    store.actions.saveImage();
    expect(search.copied).toEqual(['QR26AB1004', 'QR26AB1004\t"\'=cmd()"\t\tACTIVE\tMultiple\t\t']);
    expect(search.saved).toEqual([['qr-code-QR26AB1004.png', IMAGE]]);
    expect(store.getState().details?.copied).toBe(true);
    store.actions.close();
    expect(store.getState().details).toBeUndefined();
  });

  it('drop the answer to an earlier read with another account', async () => {
    const answers: ((name: string) => void)[] = [];
    const slowSend: Send = async (name, request) => {
      if (name !== 'getQrCode') return search.send(name, request);
      const { qrCodeId } = request as Request<'getQrCode'>;
      const qrName = await new Promise<string>((resolve) => answers.push(resolve));
      const answer = { kind: 'answered', code: 0, message: '', payload: { qrCodeId, qrName } };
      return answer as Response<MessageName> as Response<typeof name>;
    };
    const store = search.open({ send: slowSend });
    await store.actions.search();
    const first = store.actions.open('QR26AB1004');
    store.actions.syncAccount(pageWith(OTHER));
    await store.actions.search();
    const second = store.actions.open('QR26AB1004');
    answers[0]?.('of Main');
    await first;
    expect(store.getState().details).toEqual({ qrCodeId: 'QR26AB1004' });
    answers[1]?.('of Other');
    await second;
    expect(store.getState().details?.read).toMatchObject({ payload: { qrName: 'of Other' } });
  });

  it('show that a copy has failed', async () => {
    const store = search.open({ copy: () => Promise.reject(new Error('No clipboard.')) });
    await store.actions.search();
    await store.actions.open('QR26AB1004');
    await store.actions.copyId();
    expect(store.getState().details?.copied).toBe(false);
  });
});
