import { qrModules } from '../qr-image.ts';

/** In points: 1/72 inch. */
const A4 = { width: 595, height: 842 };
const MODULE = 3;
const LEFT = 120;
const HEADING_TOP = 90;
const CODE_TOP = 120;

/** A PDF of one page with a heading, and a text's QR code as filled rectangles, as printing programs write it. */
export function pdfWithQrCode(text: string, heading: string): Buffer {
  const content = `0 g\n${rectangles(text)}f\nBT /F1 24 Tf ${LEFT} ${A4.height - HEADING_TOP} Td (${escaped(heading)}) Tj ET\n`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${A4.width} ${A4.height}] /Contents 4 0 R
/Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}endstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const starts = objects.map((object, index) => {
    const start = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(start).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${starts.join('')}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file + table + trailer, 'latin1');
}

/** One rectangle for each dark module. The vertical axis points up. */
function rectangles(text: string): string {
  const { side, isDark } = qrModules(text);
  let drawn = '';
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      if (!isDark(row, column)) continue;
      drawn += `${LEFT + column * MODULE} ${A4.height - CODE_TOP - row * MODULE} ${MODULE} ${MODULE} re\n`;
    }
  }
  return drawn;
}

function escaped(text: string): string {
  return text.replace(/[()\\]/g, '\\$&').replace(/[^ -~]/g, '?');
}
