import { describe, expect, it } from 'vitest';
import { readList } from './read-list.ts';

const J = (digit: number) => `QR26ABCDEFGHJ${digit}`;
const N = (digit: number) => `QR2611023456789${digit}`;
const [J1, J2, J3] = [J(1), J(2), J(3)];

/** The IDs of a text, or the number of columns to choose from. */
function idsOf(text: string): string[] | string {
  const list = readList({ text });
  if (list.ok) return list.ids;
  return list.problem.code === 'choose-column' ? `ask ${list.problem.columns.length}` : list.problem.code;
}
const leftOutOf = (text: string) => readList({ text }).leftOut.map((each) => each.text);

describe('mail programs', () => {
  it.each([
    ['an answer with quotes', `On 22 Nov, Asha wrote:\n> please cancel ${J1}\n> and ${J2}\nDone.`],
    [
      'a forwarded table',
      `Subject: Fwd: codes\n\nQR Code ID | Name\n---------- | ------\n${J1} | Gate 1\n${J2} | Gate 2\n\n--\nAsha`,
    ],
    [
      'a signature with numbers',
      `${J1}\n${J2}\n\nRegards,\nAsha Rao\nMob: +91 98765 43210\nGSTIN: 27AAPFU0939F1ZV`,
    ],
    ['quoted-printable without its header', `Cancel QR26ABCD=\nEFGHJ1 and ${J2}=20\nThanks=2E`],
    [
      'a base64 part',
      `Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n${btoa(`Please cancel ${J1} and ${J2}`)}\n`,
    ],
    ['no-break spaces', `Please\u00a0cancel\u00a0${J1}\u00a0and\u00a0${J2}.`],
    ['angle brackets', `<${J1}>; <${J2}>`],
  ])('%s', (_, text) => expect(idsOf(text)).toEqual([J1, J2]));
});

describe('helpdesks and chats', () => {
  it.each([
    ['a ticket', `Ticket ID: TCK20261122\nCustomer ID: CUST998877\nQR Code ID: ${J1}\nQR Code ID: ${J2}`],
    [
      'a ticket with dashes',
      `Ticket no - TCK20261122\nOrder no - ORD998877\nQR code - ${J1}\nQR code - ${J2}`,
    ],
    [
      'a copied page, label above value',
      `Payment ID\nA1B2C3D4E5\nQR Code ID\n${J1}\nOrder ID\nZ9Y8X7W6\nQR Code ID\n${J2}`,
    ],
    [
      'WhatsApp on Android',
      `22/11/26, 10:30 am - Asha: ${J1}\n22/11/26, 10:31 am - Asha: ${J2}\n22/11/26, 10:31 am - Ravi: <Media omitted>`,
    ],
    ['Slack with bold', `*${J1}*\n*${J2}*`],
    ['check boxes', `- [ ] ${J1}\n- [x] ${J2}`],
    ['numbers in brackets', `(1) ${J1}\n(2) ${J2}`],
    ['letters', `a) ${J1}\nb) ${J2}`],
    ['a tick before each', `✓ ${J1}\n✓ ${J2}`],
    ['UTR without a colon', `UTR 426311884512 ${J1}\nUTR 426311884513 ${J2}`],
  ])('%s', (_, text) => expect(idsOf(text)).toEqual([J1, J2]));
});

describe('bookkeeping and spreadsheets', () => {
  it.each([
    [
      'Tally',
      `Voucher Register\n1-Apr-2026 to 30-Nov-2026\n\nDate\tParticulars\tVch No.\tQR Code ID\tDebit\n22-11-2026\tAsha Stores\tVCH00001\t${J1}\t1,25,000.00\n23-11-2026\tSai Sweets\tVCH00002\t${J2}\t2,10,500.00\n\tGrand Total\t\t\t3,35,500.00`,
    ],
    ['Hindi', `क्रम,दुकान,क्यूआर कोड आईडी,राशि\n1,चाय,${J1},₹500\n2,पान,${J2},₹600\nकुल,,,₹1100`],
    ['Marathi', `अ.क्र.;दुकान;QR कोड ID;रक्कम\n1;चहा;${J1};500\n2;पान;${J2};600\nएकूण;;;1100`],
    ['Tamil', `எண்\tகடை\tQR குறியீட்டு ஐடி\n1\tடீ\t${J1}\n2\tபூ\t${J2}`],
    ['Telugu', `QR కోడ్ ఐడి,పేరు\n${J1},టీ\n${J2},పూలు`],
    ['Bengali', `কিউআর কোড আইডি,নাম\n${J1},চা\n${J2},ফুল`],
    ['Gujarati', `ક્યુઆર કોડ આઈડી,નામ\n${J1},ચા\n${J2},ફૂલ`],
    ['Kannada', `ಕ್ಯೂಆರ್ ಕೋಡ್ ಐಡಿ,ಹೆಸರು\n${J1},ಟೀ\n${J2},ಹೂವು`],
    ['camel case', `merchantName,qrCodeId,createdOn\nShop,${J1},22-11-2026\nShop,${J2},23-11-2026`],
    ['capitals', `SR NO,QRCODEID,AMT\n1,${J1},500\n2,${J2},500`],
    ['a star on the heading', `QR Code ID*,Name\n${J1},Gate 1\n${J2},Gate 2`],
    ['a note on the heading', `QR Code ID (mandatory),Name\n${J1},Gate 1\n${J2},Gate 2`],
    ['a named column beside terminals', `Terminal ID,QR Code ID\nTERM12345678,${J1}\nTERM12345679,${J2}`],
    ['names with numbers', `Counter,QR\nCounter1,${J1}\nCounter2,${J2}`],
    ['a semicolon list with lakhs', `QR Code ID;Amount\n${J1};1,25,000\n${J2};2,10,500`],
    [
      'a box drawn by a database',
      `+----------------+--------+\n| qr_code_id     | name   |\n+----------------+--------+\n| ${J1} | Gate 1 |\n| ${J2} | Gate 2 |\n+----------------+--------+`,
    ],
    ['psql', ` qr_code_id     | name\n----------------+--------\n ${J1} | Gate 1\n ${J2} | Gate 2\n(2 rows)`],
    ['a quoted note with a line break', `id,note,qrCodeId\n1,"two\nlines",${J1}\n2,x,${J2}`],
    ['an inch sign', `item,qrCodeId\n5" stand,${J1}\n7" stand,${J2}`],
  ])('%s', (_, text) => expect(idsOf(text)).toEqual([J1, J2]));
});

describe('programs', () => {
  it.each([
    ['JSON lines', `{"qrCodeId":"${J1}","utr":"426311884512"}\n{"qrCodeId":"${J2}","utr":"426311884513"}`],
    ['an array in JSON', `{"qrCodeIds":["${J1}","${J2}"],"orderId":"A1B2C3D4E5"}`],
    [
      'indented JSON',
      JSON.stringify(
        [{ qrCode: { id: J1 }, customer: { id: 'C0FFEE1234' } }, { qrCode: { id: J2 } }],
        null,
        2,
      ),
    ],
    ['SQL', `INSERT INTO codes (qr_code_id, name) VALUES\n('${J1}', 'Gate 1'),\n('${J2}', 'Gate 2');`],
    ['one SQL line', `UPDATE codes SET status='X' WHERE qr_code_id IN ('${J1}','${J2}');`],
    ['Markdown with bullets', `* \`${J1}\`\n* \`${J2}\``],
    [
      'Markdown links',
      `- [Gate 1](https://dash.shop.example/qr-codes/${J1})\n- [Gate 2](https://dash.shop.example/qr-codes/${J2})`,
    ],
    [
      'a log',
      `2026-11-22T10:30:00Z INFO cancel qrCodeId=${J1}\n2026-11-22T10:31:00Z INFO cancel qrCodeId=${J2}`,
    ],
    ['HTML', `<ul><li>${J1}</li><li>${J2}</li></ul><table><tr><td>x</td></tr></table>`],
    ['file names', `qr-code-${J1}.png\nqr-code-${J2}.png`],
  ])('%s', (_, text) => expect(idsOf(text)).toEqual([J1, J2]));
});

describe('two columns', () => {
  it.each([
    ['with verdicts as headings', `To be cancelled,To be kept\n${J1},${N(1)}\n${J2},${N(2)}`],
    ['in Hindi', `पुराना QR,नया QR\n${J1},${N(1)}\n${J2},${N(2)}`],
    ['aligned with spaces', `Old QR          New QR\n${J1}  ${N(1)}\n${J2}  ${N(2)}`],
    ['with a total', `Old QR;New QR\n${J1};${N(1)}\n${J2};${N(2)}\nTotal;2`],
    [
      'in JSON',
      JSON.stringify([
        { oldQrCodeId: J1, newQrCodeId: N(1) },
        { oldQrCodeId: J2, newQrCodeId: N(2) },
      ]),
    ],
    ['in Markdown', `| Old | New |\n|---|---|\n| ${J1} | ${N(1)} |\n| ${J2} | ${N(2)} |`],
    [
      'in HTML',
      `<table><tr><th>Old<th>New</tr><tr><td>${J1}</td><td>${N(1)}</td></tr><tr><td>${J2}</td><td>${N(2)}</td></tr></table>`,
    ],
    ['with arrows', `${J1} → ${N(1)}\n${J2} → ${N(2)}`],
    ['with gaps', `${J1},${N(1)}\n${J2}\n${J3}`],
    ['with gaps, by tabs', `${J1}\t${N(1)}\n${J2}\t\n${J3}\t`],
  ])('%s require a choice', (_, text) => expect(idsOf(text)).toBe('ask 2'));

  it.each([
    ['kept', `Keep active\n${J1}\n${J2}`],
    ['another thing', `Order ID,Name\n${J1},Gate 1\n${J2},Gate 2`],
  ])('one column with the heading %s is not taken', (_, text) => {
    expect(idsOf(text)).not.toEqual([J1, J2]);
  });

  it('an ID of both columns is reported', () => {
    const text = `Old QR,New QR\n${J1},${N(1)}\n${J2},${J1}`;
    expect(readList({ text }, { column: 0 })).toMatchObject({ ok: true, ids: [J1, J2], alsoElsewhere: [J1] });
  });
});

describe('damaged IDs', () => {
  it.each([
    ['an ID in two words', `qrCodeId\nQR26ABCD EFGHJ1\n${J2}\n${J3}`, [J2, J3]],
    ['a PDF that breaks at a fixed width', 'QR26ABCDE\nFGHJ1\nQR26ABCDE\nFGHJ2', []],
    ['a line that is broken among whole ones', `${J1}\nQR26ABCDE\nFGHJ2\n${J3}`, [J1, J3]],
    ['a soft hyphen', `QR26ABCD\u00ad\nEFGHJ1\n${J2}`, [J2]],
    ['full-width letters', `ＱＲ26ABCDEFGHJ1\n${J2}`, [J2]],
    [
      'a rounded number among others',
      'qrCodeId\n2611220001188341234\n2611220001188340000',
      ['2611220001188341234'],
    ],
  ])('%s', (_, text, ids) => {
    const list = readList({ text });
    expect(list.ok ? list.ids : []).toEqual(ids);
    expect(leftOutOf(text).length).toBeGreaterThan(0);
  });
});

describe('100,001 rows', { timeout: 60_000 }, () => {
  const id = (index: number) => `QR26${String(index).padStart(8, '0')}AB`;
  const rows = (row: (index: number) => string) =>
    Array.from({ length: 100_001 }, (_, index) => row(index)).join('\n');
  it.each([
    ['alone', rows(id)],
    ['of a table', `QR Code ID,Name\n${rows((index) => `${id(index)},"Gate ${index}, Pune"`)}`],
    ['with stray quotes', `name,qrCodeId\n${rows((index) => `"Gate ${index},${id(index)}`)}`],
    ['that end in a hyphen', rows((index) => `${id(index)}-`)],
  ])('%s are read', (_, text) => {
    expect(readList({ text })).toMatchObject({ problem: { code: 'too-many', count: 100_001 } });
  });
});
