import type { QrCode } from '../utils/enkash/qr-code.ts';
import { t } from '../utils/i18n.ts';
import { amountText, dateTimeText, literal, usesText } from '../utils/wording/qr-code.ts';
import { StatusBadge } from './ui/Badge.tsx';
import './qr-code-details.css';

/** Every field of a QR code that the gateway gave, as it gave it, and the image. */
export function QrCodeDetails({ qrCodeId, qrCode }: { qrCodeId: string; qrCode: QrCode }) {
  return (
    <section class="qr-code-details" aria-label={t('details')}>
      <dl>
        <Row label={t('detailStatus')}>
          <StatusBadge status={qrCode.status} />
        </Row>
        <Row label={t('detailId')}>
          <span class="code">{qrCodeId}</span>
        </Row>
        {rowsOf(qrCode).map(([label, value], index) => (
          <Row key={index} label={label}>
            <bdi class="clipped">{value}</bdi>
          </Row>
        ))}
      </dl>
      {qrCode.qrCodeBase64 && (
        <img src={qrCode.qrCodeBase64} alt={t('qrImageAlt', qrCodeId)} width="168" height="168" />
      )}
    </section>
  );
}

function Row({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function rowsOf(qrCode: QrCode): [string, string][] {
  const rows: [string, string | undefined][] = [
    [t('detailName'), text(qrCode.qrName)],
    [t('detailAmount'), amountOf(qrCode)],
    [t('detailUses'), usesText(qrCode)],
    [t('detailExpiry'), date(qrCode.expiry)],
    [t('detailDescription'), text(qrCode.description)],
    [t('detailCustomer'), text(qrCode.customerName)],
    [t('detailEmail'), text(qrCode.customerEmail)],
    [t('detailMobile'), text(qrCode.customerMobile)],
    [t('detailCustomerId'), text(qrCode.customerId)],
    [t('detailReference'), text(qrCode.referenceNumber)],
    ...Object.entries(qrCode.customParams ?? {}).map(([name, value]): [string, string] => [
      literal(name),
      literal(value),
    ]),
    [t('detailCreated'), date(qrCode.createdOn)],
    [t('detailModified'), date(qrCode.modifiedOn)],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '');
}

function text(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : literal(String(value));
}

function date(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : dateTimeText(value);
}

function amountOf({ amount, fixedAmount }: QrCode): string | undefined {
  if (amount !== undefined) return amountText(amount);
  return fixedAmount === false ? t('amountOpen') : undefined;
}
