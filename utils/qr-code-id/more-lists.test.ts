import { describe, expect, it } from 'vitest';
import { readList } from './read-list.ts';

/** Short names in the inputs and expectations: J1 is QR26ABCDEFGHJ1, N1 is QR26110234567891. */
function inFull(text: string): string {
  return text
    .replace(/(?<![A-EG-Z])J(\d)/g, 'QR26ABCDEFGHJ$1')
    .replace(/N([1-9])(?!\d)/g, 'QR2611023456789$1');
}

/**
 * The kind of list, the list, the IDs that its owner means, and what has to be told as left out or refused. `ask`: nothing is
 * read before a column has been chosen. `none`: not one ID is taken.
 */
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

const TABLES: Case[] = [
  ['a heading and one row', 'old,new\nN1,J1', 'ask'],
  ['a known heading and one row', 'To be cancelled,To be kept\nJ1,J2', 'ask'],
  ['a sentence above one row', 'Please cancel these, thanks\nJ1, J2', 'J1 J2'],
  ['a quote that is never closed', 'qrCodeId,name\nJ1,"Sai Sweets\nJ2,Gate 2\nJ3,Gate 3', 'J1 J2 J3'],
  ['inches after a name', 'name,qrCodeId\n24" TV Stand,J1\nShelf 18",J2\n"Sign 9""",J3', 'J1 J2 J3'],
  ['a quoted name over two lines', 'name,qrCodeId\n"Sai\nSweets",J1\nGate 2,J2', 'J1 J2'],
  ['a quoted note that holds an id', 'qrCodeId,note\nJ1,"replaced by\nN1"\nJ2,ok', 'J1 J2', 'N1'],
  ['backslash quotes', 'name,qrCodeId\n"The \\"Best\\" Shop",J1\nGate 2,J2', 'J1 J2'],
  ['curly quotes', '“qrCodeId”,“name”\n“J1”,“Gate 1”\n“J2”,“Gate 2”', 'J1 J2'],
  ['sep= with a stroke', 'sep=|\nqrCodeId|name\nJ1|Gate 1\nJ2|Gate 2', 'J1 J2'],
  ['sep= in capitals with a tab', 'SEP=\t\nqrCodeId\tname\nJ1\tGate 1', 'J1'],
  ['sep=, while the file has semicolons', 'sep=,\nqrCodeId;name\nJ1;Gate 1\nJ2;Gate 2', 'J1 J2'],
  ['sep= behind a byte order mark', '\ufeffsep=;\r\nqrCodeId;name\r\nJ1;Gate 1\r\n', 'J1'],
  [
    'a preamble with a reference',
    'Report no: RPT20261122\nGenerated on 22/11/2026 10:30\n\nQR Code ID,Amount\nJ1,500\nJ2,500',
    'J1 J2',
  ],
  ['a preamble with an id', 'Replacement for N1\n\nQR Code ID,Amount\nJ1,500\nJ2,500', 'J1 J2', 'N1'],
  ['a grand total with a count', 'QR Code ID,Amount\nJ1,500\nJ2,500\nGrand Total: 2,1000', 'J1 J2'],
  ['a footer behind the table', 'QR Code ID,Amount\nJ1,500\nJ2,500\n*** End of report ***', 'J1 J2'],
  [
    'a footer with a report id',
    'QR Code ID,Amount\nJ1,500\nJ2,500\nReport RPT2026112299,',
    'J1 J2',
    'RPT2026112299',
  ],
  [
    'a heading that comes again in capitals',
    'QR Code ID,Name\nJ1,Gate 1\nQR CODE ID,NAME\nJ2,Gate 2',
    'J1 J2',
  ],
  ['another heading further down', 'QR Code ID,Name\nJ1,Gate 1\n\nName,QR Code ID\nGate 2,J2', 'J1', 'J2'],
  [
    'a table to keep below',
    'To cancel\nQR Code ID,Name\nJ1,Gate 1\nTo keep\nQR Code ID,Name\nJ2,Gate 2',
    'J1',
    'J2',
  ],
  [
    'a table to keep above',
    'To keep\nQR Code ID,Name\nJ2,Gate 2\nTo cancel,\nQR Code ID,Name\nJ1,Gate 1',
    'J1',
    'J2',
  ],
  ['a row that is commented out', 'qrCodeId,name\nJ1,Gate 1\n#J2,Gate 2\nJ3,Gate 3', 'J1 J3', 'J2'],
  ['rows numbered with #', 'No,QR Code ID\n#1,J1\n#2,J2', 'J1 J2'],
  ['a heading behind #', '#qrCodeId,name\nJ1,Gate 1\nJ2,Gate 2', 'J1 J2'],
  ['a column that is cut off', 'QR Code ID,Name\nQR26ABCD...,Gate 1\nQR26ABCE…,Gate 2', 'none'],
  [
    'a stray quote and inches',
    'name,amount,qrCodeId\n"Big Bazaar,500,J1\nGate 3,500,J2\nShelf 18",500,J3',
    'J1 J2 J3',
  ],
  ['a note over two lines with a comma', 'qrCodeId,note\nJ1,"Replaced, see\nN1, gate"\nJ2,ok', 'J1 J2', 'N1'],
  ['to keep and to cancel', 'Cancel,Keep\nJ1,N1\nJ2,N2', 'ask'],
  ['from and to', 'From,To\nJ1,N1\nJ2,N2', 'ask'],
  ['numbers in two columns', '1126000011,1126000021\n1126000012,1126000022', 'ask'],
  ['two columns with tabs and serial numbers', '1\tJ1\tN1\n2\tJ2\tN2', 'ask'],
  ['a new id in some rows only', 'J1,Gate 1,\nJ2,Gate 2,N2\nJ3,Gate 3,', 'ask'],
  ['a parent code', 'QR Code ID,Parent QR Code ID\nJ1,N1\nJ2,N1', 'ask'],
  [
    'payments beside codes without headings',
    'pay_29QQoUBi66xm2f,J1\npay_29QQoUBi66xm3g,J2',
    'J1 J2',
    'pay_29QQoUBi66xm2f',
  ],
  [
    'errors of LibreOffice and Sheets',
    'qrCodeId,name\nErr:502,Gate 0\n#ERROR!,Gate 1\nJ1,Gate 2\nLoading...,Gate 3\n-,Gate 4',
    'J1',
  ],
  [
    'NaN and None of pandas',
    ',qrCodeId,name\n0,J1,Gate 1\n1,NaN,Gate 2\n2,None,Gate 3\n3,J2,Gate 4',
    'J1 J2',
  ],
  ['(null) and \\N of databases', 'qrCodeId\tname\n\\N\tGate 0\n(null)\tGate 1\nJ1\tGate 2', 'J1'],
  ['=T("…")', 'qrCodeId,name\n"=T(""J1"")",Gate 1\nJ2,Gate 2', 'J2', 'J1'],
  ['= with single quotes', 'qrCodeId;name\n="J1";Gate 1\n=\'J2\';Gate 2', 'J1', "='J2'"],
  [
    'HYPERLINK with semicolons',
    'QR;name\n"=HYPERLINK(""https://shop.example/qr/J1"";""J1"")";Gate 1\nJ2;Gate 2',
    'J1 J2',
  ],
  [
    'HYPERLINK that shows words',
    'QR,name\n"=HYPERLINK(""https://shop.example/qr/J1"",""Open"")",Gate 1\nJ2,Gate 2',
    'J2',
    'J1',
  ],
  [
    'HYPERLINK to another id',
    'QR,name\n"=HYPERLINK(""https://shop.example/qr/N1"",""J1"")",Gate 1\nJ2,Gate 2',
    'J2',
    'J1 N1',
  ],
  [
    'lakhs beside semicolons',
    'QR Code ID;Amount;Name\nJ1;1,25,000.00;Gate 1\nJ2;2,10,500.00;Gate 2',
    'J1 J2',
  ],
  ['decimal commas', 'J1;500,00;Gate 1\nJ2;1.250,50;Gate 2', 'J1 J2'],
  ['lakhs that shift a row', 'qrCodeId,amount,name\nJ1,1,25,000,Gate 1\nJ2,500,Gate 2', 'J1 J2'],
  [
    'leading zeros in quotes',
    'qrCodeId,name\n"0012345678","Gate 1"\n"0012345679","Gate 2"',
    '0012345678 0012345679',
  ],
  [
    'an apostrophe before a number',
    "qrCodeId,name\n'0012345678,Gate 1\n'0012345679,Gate 2",
    '0012345678 0012345679',
  ],
  ['apostrophes around', "'qrCodeId','name'\n'J1','Joe's Cafe'\n'J2','Gate 2'", 'J1 J2'],
  [
    'scientific notation beside ids',
    'qrCodeId,name\nJ1,Gate 1\n2.61122E+15,Gate 2\n2,61E+15,Gate 3',
    'J1',
    '2.61122E+15',
  ],
  ['scientific notation with a small e', 'qrCodeId\n1.12600001188e+17\nJ1', 'J1', '1.12600001188e+17'],
  ['numbers with .0', 'qrCodeId,name\n1126000011.0,Gate 1\n1126000012.0,Gate 2', 'none', '1126000011.0'],
  ['numbers with commas', 'qrCodeId;name\n1,126,000,011;Gate 1\nJ1;Gate 2', 'J1', '1,126,000,011'],
  ['dates where ids were', 'qrCodeId,name\n01-Mar-26,Gate 1\n2026-03-01 00:00:00,Gate 2\nJ1,Gate 3', 'J1'],
  ['a column of times', 'J1,22/11/26 10:30,Gate 1\nJ2,22/11/26 10:31,Gate 2', 'J1 J2'],
  [
    'nbsp and zero width in cells',
    'QR\u00a0Code\u00a0ID,Name\n\u00a0J1\u00a0,Gate 1\n\u200bJ2,Gate 2',
    'J1 J2',
  ],
  ['zero width inside', 'QR Code ID,Name\nQR26ABCD\u200bEFGHJ1,Gate 1\nJ2,Gate 2', 'J2'],
  [
    'a heading in bold of Markdown',
    '| **QR Code ID** | **Name** |\n|:---|---:|\n| `J1` | Gate 1 |\n| ~~J2~~ | Gate 2 |',
    'J1 J2',
  ],
  ['Markdown without outer strokes', 'QR Code ID | Name\n--- | ---\nJ1 | Gate 1\nJ2 | Gate 2', 'J1 J2'],
  [
    'a table of MySQL',
    '+------+------+\n| qr_code_id | name |\n+------+------+\n| J1 | Gate 1 |\n| J2 | Gate 2 |\n+------+------+\n2 rows in set (0.00 sec)',
    'J1 J2',
  ],
  [
    'a table of psql',
    ' qr_code_id     | name\n----------------+--------\n J1 | Gate 1\n J2 | Gate 2\n(2 rows)',
    'J1 J2',
  ],
  [
    'aligned with spaces and a heading',
    'QR Code ID        Name      Amount\nJ1    Gate 1    500\nJ2    Gate 2    500',
    'J1 J2',
  ],
  ['aligned with two ids', 'J1    N1\nJ2    N2', 'ask'],
  ['tabs and spaces mixed', 'J1 \t Gate 1\nJ2\tGate 2\n', 'J1 J2'],
  ['old Mac breaks and quotes', '"qrCodeId","name"\r"J1","Gate, 1"\r"J2","Gate 2"\r', 'J1 J2'],
  ['CR CR LF', 'qrCodeId,name\r\r\nJ1,Gate 1\r\r\nJ2,Gate 2\r\r\n', 'J1 J2'],
  ['_x000D_ of Excel', 'qrCodeId\tname\nJ1_x000D_\tGate 1\nJ2\tGate 2', 'J1 J2'],
  ['_x000D_ in a list', 'J1_x000D_\nJ2_x000D_', 'J1 J2'],
  ['NUL between lines', 'J1\u0000\nJ2', 'J2'],
  ['several ids in a cell', 'shop,QR Code ID\nPune,"J1, J2"\nBaner,J3', 'J1 J2 J3'],
  ['several ids in a cell with breaks', 'shop,QR Code ID\nPune,"J1\nJ2"\nBaner,J3', 'J1 J2 J3'],
  ['a cell with two ids and words', 'shop,QR Code ID\nPune,J1 (was J2)\nBaner,J3', 'J3', 'J1 J2'],
  ['a cell with an id and a remark', 'shop,QR Code ID\nPune,J1 (gate)\nBaner,J3', 'J1 J3'],
  [
    'a column of UTRs',
    'UTR,QR Code ID\nAXISN12345678901,J1\nHDFCR52026112200,J2',
    'J1 J2',
    'AXISN12345678901',
  ],
  ['only a column of UTRs', 'UTR No,Amount\nAXISP12345678901,500\nAXISP12345678902,500', 'ask'],
  ['a single column headed Order ID', 'Order ID\nA1B2C3D4E5\nA1B2C3D4E6', 'none', 'A1B2C3D4E5'],
  ['a Hindi heading', 'दुकान,क्यूआर कोड आईडी\nगेट 1,J1\nगेट 2,J2', 'J1 J2'],
  ['a Tamil heading with two columns', 'பழைய QR,புதிய QR\nJ1,N1\nJ2,N2', 'ask'],
  ['a status that says which', 'QR Code ID,Status,Action\nJ1,ACTIVE,Cancel\nJ2,ACTIVE,Keep', 'J1 J2'],
  [
    'UPI links in a column',
    'name,QR Code ID,Link\nGate 1,J1,upi://pay?pa=a@b&tr=EKH20261122118834\nGate 2,J2,upi://pay?pa=a@b&tr=EKH20261122118835',
    'J1 J2',
  ],
];

describe('A63 more tables as people have them', () => {
  it.each(TABLES)('%s', (_, text, ids, told) => check(text, ids, told));
});
