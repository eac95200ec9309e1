import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readIdList } from '../qr-code/id-list.ts';
import { listOfIds } from './list-of-ids.ts';

it('a list of ids is read back by the bulk tab as exactly these', () => {
  const anyId = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9_-]{4,64}$/),
    fc.constantFrom('2026-11-22', 'qrCodeId', 'code', '12345', '-----', 'ABCD', '1E22'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(anyId, { minLength: 1, maxLength: 30 }), (ids) => {
      expect(readIdList(listOfIds(ids))).toMatchObject({ ok: true, ids });
    }),
  );
});
