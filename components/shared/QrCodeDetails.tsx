import type { QrCode } from '../../utils/enkash/qr-code.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { dateTimeText, escapeInvisibles, formatAmount, usageLabel } from '../../utils/wording/qr-code.ts';
import { StatusBadge } from '../ui/Badge.tsx';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';
import './qr-code-details.css';

/** All fields of a QR code as the gateway returned them, and its image. */
export function QrCodeDetails({ qrCodeId, qrCode }: { qrCodeId: string; qrCode: QrCode }) {
  const { status, qrName, qrCodeBase64 } = qrCode;
  const amount = amountOf(qrCode);
  const rows = rowsOf(qrCode);
  return (
    <section class="qr-code-details" aria-label={t('details')}>
      <div class="qr-code-head">
        <dl>
          <DescriptionItem label={t('detailStatus')} isLabelHidden>
            <StatusBadge status={status} />
          </DescriptionItem>
          {amount && (
            <DescriptionItem label={t('detailAmount')} isLabelHidden>
              <bdi class="amount clipped">{amount}</bdi>
            </DescriptionItem>
          )}
          {qrName && (
            <DescriptionItem label={t('detailName')} isLabelHidden>
              <bdi class="name clipped">{escapeInvisibles(qrName)}</bdi>
            </DescriptionItem>
          )}
          <DescriptionItem label={t('detailId')} isLabelHidden>
            <span class="code">{qrCodeId}</span>
          </DescriptionItem>
        </dl>
        {qrCodeBase64 && <img src={qrCodeBase64} alt={t('qrImageAlt', qrCodeId)} width="104" height="104" />}
      </div>
      {rows.length > 0 && (
        <dl class="facts">
          {rows.map(([label, value], index) => (
            <DescriptionItem key={index} label={label}>
              <bdi class="clipped">{value}</bdi>
            </DescriptionItem>
          ))}
        </dl>
      )}
    </section>
  );
}

function rowsOf(qrCode: QrCode): [string, string][] {
  const rows: [string, string | undefined][] = [
    [t('detailUses'), usageLabel(qrCode)],
    [t('detailExpiry'), date(qrCode.expiry)],
    [t('detailDescription'), text(qrCode.description)],
    [t('detailCustomer'), text(qrCode.customerName)],
    [t('detailEmail'), text(qrCode.customerEmail)],
    [t('detailMobile'), text(qrCode.customerMobile)],
    [t('detailCustomerId'), text(qrCode.customerId)],
    [t('detailReference'), text(qrCode.referenceNumber)],
    ...Object.entries(qrCode.customParams ?? {}).map(([name, value]): [string, string] => [
      escapeInvisibles(name),
      escapeInvisibles(value),
    ]),
    [t('detailCreated'), date(qrCode.createdOn)],
    [t('detailModified'), date(qrCode.modifiedOn)],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '');
}

function text(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : escapeInvisibles(String(value));
}

function date(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : dateTimeText(value);
}

function amountOf({ amount, fixedAmount }: QrCode): string | undefined {
  if (amount !== undefined) return formatAmount(amount);
  return fixedAmount === false ? t('amountOpen') : undefined;
}
