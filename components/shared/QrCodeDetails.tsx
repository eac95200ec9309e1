import type { QrCode } from '../../utils/enkash/qr-code.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { amountText, dateTimeText, literal, usesText } from '../../utils/wording/qr-code.ts';
import { StatusBadge } from '../ui/Badge.tsx';
import { Fact } from '../ui/DescriptionItem.tsx';
import './qr-code-details.css';

/** Every field of a QR code that the gateway gave, as it gave it, and the image. */
export function QrCodeDetails({ qrCodeId, qrCode }: { qrCodeId: string; qrCode: QrCode }) {
  const { status, qrName, qrCodeBase64 } = qrCode;
  const amount = amountOf(qrCode);
  const rows = rowsOf(qrCode);
  return (
    <section class="qr-code-details" aria-label={t('details')}>
      <div class="qr-code-head">
        <dl>
          <Fact label={t('detailStatus')} unseen>
            <StatusBadge status={status} />
          </Fact>
          {amount && (
            <Fact label={t('detailAmount')} unseen>
              <bdi class="amount clipped">{amount}</bdi>
            </Fact>
          )}
          {qrName && (
            <Fact label={t('detailName')} unseen>
              <bdi class="name clipped">{literal(qrName)}</bdi>
            </Fact>
          )}
          <Fact label={t('detailId')} unseen>
            <span class="code">{qrCodeId}</span>
          </Fact>
        </dl>
        {qrCodeBase64 && <img src={qrCodeBase64} alt={t('qrImageAlt', qrCodeId)} width="104" height="104" />}
      </div>
      {rows.length > 0 && (
        <dl class="facts">
          {rows.map(([label, value], index) => (
            <Fact key={index} label={label}>
              <bdi class="clipped">{value}</bdi>
            </Fact>
          ))}
        </dl>
      )}
    </section>
  );
}

function rowsOf(qrCode: QrCode): [string, string][] {
  const rows: [string, string | undefined][] = [
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
