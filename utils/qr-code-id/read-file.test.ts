import { describe, expect, it } from 'vitest';
import { makeZip } from '../../tests/support/make-zip.ts';
import { calcFile, chosen, odsFile, xlsxFile } from '../../tests/support/spreadsheet-files.ts';
import { systemClock } from '../lib/clock.ts';
import { MAX_FILE_BYTES } from './decode-file.ts';
import { readListFile } from './read-file.ts';

const read = (name: string, content: Uint8Array<ArrayBuffer> | string) =>
  readListFile(chosen(name, content), systemClock);
const textBytes = (text: string) => new TextEncoder().encode(text);

describe('A65 a chosen file', () => {
  it('is recognized as a spreadsheet by its content, regardless of its name', async () => {
    for (const [name, content] of [
      ['codes.csv', calcFile('codes.xlsx')],
      ['codes', calcFile('codes.ods')],
    ] as const) {
      const file = await read(name, content);
      expect(file.kind === 'spreadsheet' && file.spreadsheet.sheets).toHaveLength(3);
    }
    expect(await read('codes.xlsx', 'QR26ABCDEFGHJ1\n')).toEqual({ kind: 'text', text: 'QR26ABCDEFGHJ1\n' });
  });

  it.each([
    ['an old workbook', calcFile('codes.xls'), 'old-excel'],
    ['a web page named .xls', textBytes('<html><table><tr><td>QR26ABCDEFGHJ1</table>'), 'web-page'],
    ['XML', calcFile('codes.fods'), 'xml'],
    ['a rich text', textBytes('{\\rtf1 QR26ABCDEFGHJ1}'), 'rtf'],
    ['an archive', makeZip({ 'codes.csv': 'QR26ABCDEFGHJ1' }), 'archive'],
    ['a Word document', makeZip({ '[Content_Types].xml': '', 'word/document.xml': '' }), 'document'],
    ['a Numbers document', makeZip({ 'Index/Document.iwa': '' }), 'numbers'],
    [
      'an encrypted .ods',
      odsFile('', { 'META-INF/manifest.xml': '<a xmlns:manifest="x"><manifest:encryption-data/></a>' }),
      'password',
    ],
  ])('is refused with its kind: %s', async (_, content, kind) => {
    expect(await read('codes.xls', content)).toEqual({ kind: 'problem', problem: { code: 'kind', kind } });
  });

  it('is refused as damaged if it is a truncated workbook', async () => {
    const whole = calcFile('codes.xlsx');
    expect(await read('codes.xlsx', whole.slice(0, 5_000))).toEqual({
      kind: 'problem',
      problem: { code: 'damaged' },
    });
  });

  it('is refused before it is unpacked if it unpacks to hundreds of megabytes', async () => {
    const bomb = xlsxFile({ sheet: '' });
    const view = new DataView(bomb.buffer);
    for (let at = 0; at < bomb.length - 4; at += 1)
      // The size of each file in the archive's directory.
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 300 * 2 ** 20, true);
    expect(await read('codes.xlsx', bomb)).toEqual({
      kind: 'problem',
      problem: { code: 'unpacked-too-large' },
    });
  });

  it('is refused as unreadable if it was deleted', async () => {
    const gone = {
      name: 'gone.csv',
      size: 5,
      arrayBuffer: () => Promise.reject(new DOMException('', 'NotFoundError')),
    };
    expect(await readListFile(gone, systemClock)).toEqual({
      kind: 'problem',
      problem: { code: 'unreadable' },
    });
  });

  it('is refused without loading it if it is too large', async () => {
    const large = {
      name: 'large.csv',
      size: MAX_FILE_BYTES + 1,
      arrayBuffer: () => expect.fail('was loaded'),
    };
    expect(await readListFile(large, systemClock)).toMatchObject({ problem: { code: 'file-too-large' } });
  });
});

describe('A63 a saved mail', () => {
  it('is read with its folded lines joined', async () => {
    const mail =
      'Subject: cancel\nContent-Transfer-Encoding: quoted-printable\n\nthe codes today: QR26ABCD=\nEFGHJ1, QR26ABCDEFGHJ2=20\n';
    expect(await read('saved-mail.eml', mail)).toEqual({
      kind: 'text',
      text: 'the codes today: QR26ABCDEFGHJ1, QR26ABCDEFGHJ2 \n',
    });
  });

  const parts = (...bodies: string[]) =>
    [
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...bodies.flatMap((body) => ['--b', body]),
      '--b--',
      '',
    ].join('\r\n');

  it('is decoded from base64, and its attachment is named', async () => {
    const mail = parts(
      `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('QR26ABCDEFGHJ1').toString('base64')}`,
      'Content-Type: text/csv\r\nContent-Disposition: attachment; filename=codes.csv\r\n\r\nQR26ABCDEFGHJ2',
    );
    expect(await read('mail.eml', mail)).toEqual({
      kind: 'text',
      text: expect.stringMatching(/^QR26ABCDEFGHJ1\s*$/),
      attachments: ['codes.csv'],
    });
  });

  it('is refused if it holds only a web page', async () => {
    expect(await read('mail.eml', parts('Content-Type: text/html\r\n\r\n<p>QR26ABCDEFGHJ1</p>'))).toEqual({
      kind: 'problem',
      problem: { code: 'mail-without-text' },
    });
  });
});
