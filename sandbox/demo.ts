import { readFile } from 'node:fs/promises';
import type { QrCode } from './seed.ts';

const TEMPLATE = new URL('./demo/index.html', import.meta.url);

/**
 * Fills in the demo page's template: `{{4.qrName}}` becomes that field of the fifth QR code, `{{4.picture}}` the address of
 * its picture. Amounts are in rupees. A missing field becomes a dash.
 */
export async function demoPage(codes: readonly QrCode[]): Promise<string> {
  const template = await readFile(TEMPLATE, 'utf8');
  return template.replace(/\{\{(\d+)\.(\w+)\}\}/g, (_, index: string, field: string) =>
    escapeHtml(written(field, codes[Number(index)])),
  );
}

function written(field: string, code: QrCode | undefined): string {
  if (field === 'picture') return `/pictures/image.png?code=${encodeURIComponent(code?.qrCodeId ?? '')}`;
  const value = code?.[field];
  if (value === undefined || value === null) return '–';
  if (field === 'amount' && typeof value === 'number') {
    return `₹${value.toLocaleString('en-IN', { minimumFractionDigits: 2 })}`;
  }
  return field === 'createdOn' ? String(value).slice(0, 10) : String(value);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
