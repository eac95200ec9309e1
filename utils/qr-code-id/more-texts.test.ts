import { describe, expect, it } from 'vitest';
import { readList } from './read-list.ts';

/** Short names in the inputs and expectations: J1 is QR26ABCDEFGHJ1, N1 is QR26110234567891. */
function inFull(text: string): string {
  return text
    .replace(/(?<![A-EG-Z])J(\d)/g, 'QR26ABCDEFGHJ$1')
    .replace(/N([1-9])(?!\d)/g, 'QR2611023456789$1');
}

type Case = [kind: string, text: string, ids: string, told?: string];

function check(text: string, ids: string, told = ''): void {
  const list = readList({ text: inFull(text) });
  const found = list.ok
    ? list.ids.join(' ') || 'none'
    : list.problem.code === 'choose-column'
      ? 'ask'
      : 'none';
  expect(found).toBe(inFull(ids));
  const leftOut = list.leftOut.map((each) => each.text);
  if (told !== '') expect(leftOut).toEqual(expect.arrayContaining(inFull(told).split(' ')));
}

const SAFE = 'https://eur01.safelinks.protection.outlook.com/?url=';
const TEXTS: Case[] = [
  [
    'WhatsApp on Android',
    '22/11/2026, 10:30 am - Asha: J1\n22/11/2026, 10:31 am - Asha: J2\n22/11/2026, 10:31 am - Ravi: ok',
    'J1 J2',
  ],
  [
    'WhatsApp with a telephone number',
    '[22/11/26, 10:30:15] +91 98765 43210: J1\n[22/11/26, 10:31:15] +91 98765 43210: J2',
    'J1 J2',
  ],
  [
    'WhatsApp with a deleted message',
    '[22/11/26, 10:30:15] Asha: J1\n[22/11/26, 10:31:02] Asha: \u200eThis message was deleted.\n[22/11/26, 10:31:15] Asha: <Media omitted>',
    'J1',
  ],
  ['WhatsApp with an edit mark', '[22/11/26, 10:30:15] Asha: J1 \u200e<This message was edited>', 'J1'],
  [
    'Slack with a link',
    'Asha  10:30 AM\nplease cancel J1\n:white_check_mark: 2\nRavi  10:31 AM\nand J2 too',
    'J1 J2',
  ],
  ['Slack with thread replies', 'Asha Rao\n  10:30 AM\nJ1\n2 replies\nLast reply 3 days ago', 'J1'],
  ['Teams', '[22/11 10:30] Asha Rao\nJ1\n[22/11 10:31] Ravi K\nJ2', 'J1 J2'],
  ['Teams newer', 'Asha Rao, 10:30 AM, Today\nJ1\n\nRavi K, 10:31 AM\nJ2', 'J1 J2'],
  ['bullets of Word', '•\tJ1\n•\tJ2\no\tJ3', 'J1 J2 J3'],
  ['numbering of Word', '1)\tJ1\n2)\tJ2\n10)\tJ3', 'J1 J2 J3'],
  ['letters in brackets', '(a) J1\n(b) J2', 'J1 J2'],
  ['numbers without a full stop', '1 J1\n2 J2\n3 J3', 'J1 J2 J3'],
  ['numbers stuck to the id', '1.J1\n2.J2\n3.J3', 'J1 J2 J3'],
  ['dashes stuck to the id', '-J1\n-J2', 'J1 J2'],
  ['boxes ticked', '- [x] J1\n- [ ] J2', 'J1 J2'],
  ['quoted mail twice', '>> J1\n> > J2\n>J3', 'J1 J2 J3'],
  [
    'a mail with a head',
    'From: Asha <asha@shop.example>\nSent: 22 November 2026 10:30\nTo: Ravi\nSubject: RE: Cancel QR codes\n\nPlease cancel J1.\n\nAsha\n+91 98765 43210',
    'J1',
  ],
  ['a mail with a message id', 'Message-ID: <CAF1x2y3z4A5b6C7d@mail.example>\nSubject: cancel\n\nJ1', 'J1'],
  [
    'quoted-printable with an id cut twice',
    'Content-Transfer-Encoding: quoted-printable\n\nQR26AB=\nCDEFG=\nHJ1',
    'J1',
  ],
  [
    'quoted-printable behind quotes',
    'Content-Transfer-Encoding: quoted-printable\n\n> QR26ABCD=\nEFGHJ1=20\n',
    'J1',
  ],
  ['QR26ABCD= alone', 'QR26ABCD=\nEFGHJ1', 'none'],
  [
    'a mail in base64',
    `Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n${btoa(inFull('Cancel J1 and J2\n'))}`,
    'J1 J2',
  ],
  ['an HTML list', '<html><body><ul><li>J1</li><li><b>J2</b></li></ul></body></html>', 'J1 J2'],
  [
    'an HTML table with an id cut by tags',
    '<table><tr><td>QR26ABCD<wbr>EFGHJ1</td></tr><tr><td>QR26ABCD<span>EFGHJ2</span></td></tr></table>',
    'J1 J2',
  ],
  [
    'an HTML table with old and new',
    '<table><tr><th>Old QR</th><th>New QR</th></tr><tr><td>J1</td><td>N1</td></tr></table>',
    'ask',
  ],
  [
    'an HTML table with a hidden row',
    '<table><tr><td>J1</td></tr><tr style="display:none"><td>J2</td></tr></table>',
    'J1',
    'J2',
  ],
  [
    'a page of Excel with a hidden row',
    "<table><tr><td>QR Code ID</td><td>Name</td></tr><tr><td>J1</td><td>Gate 1</td></tr><tr style='display:none;mso-x:y'><td>J2</td><td>Gate 2</td></tr><tr><td>J3</td><td>Gate 3</td></tr></table>",
    'J1 J3',
    'J2',
  ],
  [
    'an HTML fragment with a comment',
    '<table><tr><td>J1</td></tr><!-- <tr><td>J2</td></tr> --></table>',
    'J1',
  ],
  ['RTF', '{\\rtf1\\ansi QR26ABCD\\par EFGHJ1}', 'none'],
  ['RTF behind a break', '\n{\\rtf1\\ansi J1\\par J2\\par}', 'none'],
  [
    'JSON of an answer with old and new',
    '[{"qrCodeId":"J1","replacedBy":"N1"},{"qrCodeId":"J2","replacedBy":"N2"}]',
    'ask',
  ],
  ['JSON with an order', '{"orderId":"A1B2C3D4E5","qrCodeId":"J1"}', 'J1', 'A1B2C3D4E5'],
  ['JSON of strings', '["J1","J2"]', 'J1 J2'],
  ['JSON lines', '{"qrCodeId":"J1","status":"ACTIVE"}\n{"qrCodeId":"J2","status":"ACTIVE"}', 'J1 J2'],
  ['JSON cut short', '[{"qrCodeId":"J1"},{"qrCodeId":"QR26ABCD', 'J1', 'QR26ABCD'],
  [
    'JSON under payload',
    '{"response_code":0,"payload":{"qrCodes":[{"id":"J1","customerId":"C12345678"},{"id":"J2","customerId":"C12345679"}]}}',
    'J1 J2',
  ],
  [
    'JSON with numbers rounded',
    '[{"qrCodeId":2611220001188340000},{"qrCodeId":2611220001188350000}]',
    'none',
    '2611220001188340000',
  ],
  ['SQL with a condition', "UPDATE qr SET status='X' WHERE qr_code_id IN ('J1','J2');", 'J1 J2'],
  ['SQL insert', "INSERT INTO qr VALUES ('J1','Gate 1'),\n('J2','Gate 2');", 'J1 J2'],
  ['a Python set', "ids = {'J1', 'J2'}", 'J1 J2'],
  ['a Python list over lines', "ids = [\n    'J1',  # Gate 1\n    # 'J2',\n    'J3',\n]", 'J1 J3', 'J2'],
  ['a Python dict', "{'J1': 'Gate 1', 'J2': 'Gate 2'}", 'ask'],
  ['a safelink beside its text', `J1<${SAFE}https%3A%2F%2Fshop.example%2Fqr%2FJ1&data=05%7C02>`, 'J1'],
  [
    'a safelink in a safelink',
    `${SAFE}${encodeURIComponent(`${SAFE}${encodeURIComponent('https://shop.example/qr/')}`)}J1&data=05`,
    'J1',
  ],
  ['a link that shows another id', '[J1](https://shop.example/qr/N1)', 'none', 'J1 N1'],
  ['a Markdown link', '[J1](https://shop.example/qr/J1)', 'J1'],
  ['a link with utm', 'https://shop.example/qr/J1?utm_source=mail&utm_id=C20261122AB', 'J1'],
  ['a link with gclid only', 'https://shop.example/pay?gclid=CjwKCAiA1x2y3z4A5b6', 'none'],
  ['a link with an order', 'https://shop.example/orders/A1B2C3D4E5', 'none', 'A1B2C3D4E5'],
  ['a link with an order and a code', 'https://shop.example/orders/A1B2C3D4E5/qr/J1', 'none', 'J1'],
  ['a ticket link beside an id', 'Cancel J1, see https://helpdesk.example/tickets/TCK20261122', 'J1'],
  ['a Jira key and link', 'OPS-12345: cancel J1 https://jira.example/browse/OPS-12345', 'J1', 'OPS-12345'],
  ['a Drive link', 'List: https://docs.google.com/spreadsheets/d/1A2b3C4d5E6f7G8h9I0j/edit#gid=0\nJ1', 'J1'],
  ['a Zoom link', 'J1\nhttps://zoom.example/j/98765432101?pwd=A1b2C3d4', 'J1'],
  ['UPI without a reference', 'upi://pay?pa=shop123456@examplebank&pn=Shop&am=500', 'none'],
  [
    'UPI with a reference beside an id',
    'J1 upi://pay?pa=shop@examplebank&tr=EKH20261122118834',
    'J1',
    'EKH20261122118834',
  ],
  ['a UTR with a label', 'UTR: AXISP12345678901\nQR: J1', 'J1', 'AXISP12345678901'],
  ['a UTR with a label in the same line', 'J1 paid, UTR no AXISP12345678901', 'J1', 'AXISP12345678901'],
  ['a customer id in a line', 'Customer ID: C12345678 QR Code ID: J1', 'J1', 'C12345678'],
  ['a customer id with is', 'Customer ID is C12345678 and the QR is J1', 'J1', 'C12345678'],
  ['a transaction id with a dash', 'Transaction ID - T2611221030AB\nQR ID - J1', 'J1', 'T2611221030AB'],
  ['a label in the line above', 'Order ID\nA1B2C3D4E5\nQR Code ID\nJ1', 'J1', 'A1B2C3D4E5'],
  [
    'labels after a payment app',
    'UPI transaction ID\n426311884512\nTo: Shop\nQR Code ID\nJ1',
    'J1',
    '426311884512',
  ],
  ['Hindi labels', 'ऑर्डर आईडी: A1B2C3D4E5\nक्यूआर कोड: J1', 'J1', 'A1B2C3D4E5'],
  ['a GSTIN and PAN', 'GSTIN 27AAPFU0939F1ZV PAN AAPFU0939F\nJ1', 'J1'],
  ['a vehicle number', 'J1 at the gate, car MH12AB1234', 'J1', 'MH12AB1234'],
  ['file names', 'J1.png\nqr-code-J2.svg\nJ3 (1).png', 'J1 J2 J3'],
  ['file paths', 'C:\\Users\\asha\\qr\\J1.png\n/home/asha/qr/J2.png', 'none', 'C:\\Users\\asha\\qr\\J1.png'],
  ['bold', '*J1*\n**J2**\n__J3__', 'J1 J2 J3'],
  ['code in backticks', '```\nJ1\nJ2\n```', 'J1 J2'],
  ['struck', '~~J1~~ J2', 'J1 J2'],
  ['Tamil around', 'J1 மற்றும் J2-ஐ ரத்து செய்யவும்', 'J1 J2'],
  ['Hindi around', 'कृपया J1 और J2 को रद्द करें।', 'J1 J2'],
  ['Hindi stuck to it', 'J1को रद्द करें', 'J1'],
  ['a danda stuck to it', 'रद्द करें J1। धन्यवाद', 'J1'],
  ['not A, but B', 'Not J1, but J2 please.', 'J1 J2'],
  ['replace A by B', 'Replace J1 by N1', 'J1 N1'],
  ['A instead of B', 'J1 instead of N1', 'J1 N1'],
  ['an arrow', 'J1 → N1', 'J1 N1'],
  ['an arrow without spaces', 'J1->N1', 'J1 N1'],
  ['a range', 'J1 to J5', 'J1 J5'],
  ['a range without spaces', 'J1-J5', 'J1 J5'],
  ['a range with dots', 'J1..J5', 'none'],
  ['with a slash', 'J1/J2', 'J1 J2'],
  ['with and stuck by ampersand', 'J1&J2&J3', 'J1 J2 J3'],
  ['an id with spaces every four', 'QR26 ABCD EFGH 1234', 'none'],
  ['soft hyphens', 'QR26ABCD\u00adEFGHJ1', 'none'],
  ['an id cut by an ellipsis', 'QR26ABCD…\nJ2', 'J2', 'QR26ABCD'],
  ['an id cut by dots', 'QR26ABCDEF...\nJ2', 'J2', 'QR26ABCDEF'],
  ['an id with stars', 'QR26****GHJ1 and J2', 'J2', 'QR26****GHJ1'],
  ['Roman letters of full width', 'ＱR26ABCDEFGHJ1 and J2', 'J2'],
  ['a Cyrillic letter', 'QR26АBCDEFGHJ1\nJ2', 'J2'],
  ['a column that is cut off', 'QR26ABCD…\nQR26ABCE…', 'none', 'QR26ABCD QR26ABCE'],
  ['an ellipsis at the end of a sentence', 'Please cancel J1...', 'J1'],
  ['lists of what to cancel and to keep', 'To cancel:\nJ1\nJ2\n\nTo keep:\nJ3\nJ4', 'J1 J2', 'J3 J4'],
  ['lists of what to keep and to cancel', 'Keep\n- J3\n- J4\nCancel\n- J1', 'J1', 'J3 J4'],
  ['what not to cancel below', 'J1\nDo not cancel:\nJ3', 'J1', 'J3'],
  ['new codes that are to be cancelled', 'New QR codes to cancel:\nJ1\nJ2', 'J1 J2'],
  ['an id behind the sign for a name', '@J1 cancel', 'none', 'J1'],
  ['keep in a sentence', 'Cancel J1, keep J2', 'J1 J2'],
  ['a label stuck to the id', 'OrderId:A1B2C3D4E5\nJ1', 'J1', 'A1B2C3D4E5'],
  ['a Markdown link with another text', '[Gate 4](https://shop.example/qr/J1)', 'J1'],
  ['_x000D_ inside', 'QR26ABCD_x000D_EFGHJ1\nJ2', 'J2', 'QR26ABCD_x000D_EFGHJ1'],
  ['a comment behind', 'J1 # Gate 1\nJ2 // Gate 2', 'J1 J2'],
  ['commented with REM', 'J1\n-- J2\nJ3', 'J1 J3', 'J2'],
  ['HTML entities in a text', 'J1&nbsp;\nJ2', 'J2', 'J1&nbsp'],
  ['line and paragraph separators', 'J1\u2028J2\u2029J3', 'J1 J2 J3'],
  ['full-width punctuation', 'J1，J2、J3。', 'none', 'J1，J2、J3。'],
  ['an Arabic comma', 'J1، J2', 'J2', 'J1،'],
  ['a bracket with the name', 'J1(Gate 1)\nJ2', 'J2', 'J1(Gate'],
  ['name and id by a dash', 'Gate 1 - J1\nGate 2 - J2', 'J1 J2'],
  ['name and id by a colon', 'Gate 1: J1\nGate 2: J2', 'J1 J2'],
  ['name=id', 'gate1=J1\ngate2=J2', 'none', 'gate1=J1 gate2=J2'],
  ['an environment file', 'QR_ID=J1\nORDER_ID=A1B2C3D4E5', 'J1', 'A1B2C3D4E5'],
  [
    'curl',
    "curl -X PATCH 'https://api.example/v1/qr-code/J1/cancel' -H 'Authorization: Bearer A1b2C3d4E5f6'",
    'J1',
  ],
  ['a log line', '2026-11-22T10:30:15.123Z INFO [req-8f3a2b1c] cancelled qr=J1 status=200', 'J1'],
  [
    'a UUID',
    'trace 550e8400-e29b-41d4-a716-446655440000 for J1',
    'J1',
    '550e8400-e29b-41d4-a716-446655440000',
  ],
  ['a word of a list that is no id', 'J1\nThanks\nJ2\nRegards', 'J1 J2'],
];

describe('A63 more texts as people have them', () => {
  it.each(TEXTS)('%s', (_, text, ids, told) => check(text, ids, told));
});
