import type { QrCode } from '../../utils/enkash/qr-code.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { dateTimeText, expiresText, formatAmount, usageLabel } from '../../utils/wording/code-fields.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
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
          {rows.map(([label, value, raw, more], index) => (
            <DescriptionItem key={index} label={label}>
              <bdi class="clipped" title={raw}>
                {value}
              </bdi>
              {more && <p class="quiet">{more}</p>}
            </DescriptionItem>
          ))}
        </dl>
      )}
    </section>
  );
}

/** Label, value, the form in which EnKash sent it if it is another one, and a remark. */
type Row = [label: string, value: string, raw?: string, more?: string];

function rowsOf(qrCode: QrCode): Row[] {
  const rows: (Row | undefined)[] = [
    row(t('detailUses'), usageLabel(qrCode)),
    date(t('detailExpiry'), qrCode.expiry, expiresText(qrCode)),
    row(t('detailDescription'), text(qrCode.description)),
    row(t('detailCustomer'), text(qrCode.customerName)),
    row(t('detailEmail'), text(qrCode.customerEmail)),
    row(t('detailMobile'), text(qrCode.customerMobile)),
    row(t('detailCustomerId'), text(qrCode.customerId)),
    row(t('detailReference'), text(qrCode.referenceNumber)),
    ...Object.entries(qrCode.customParams ?? {}).map(
      ([name, value]): Row => [escapeInvisibles(name), escapeInvisibles(value)],
    ),
    date(t('detailCreated'), qrCode.createdOn),
    date(t('detailModified'), qrCode.modifiedOn),
  ];
  return rows.filter((each) => each !== undefined && each[1] !== '') as Row[];
}

function row(label: string, value: string | undefined): Row | undefined {
  return value === undefined ? undefined : [label, value];
}

function text(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : escapeInvisibles(String(value));
}

function date(label: string, value: string | number | undefined, more?: string): Row | undefined {
  if (value === undefined) return undefined;
  const raw = escapeInvisibles(String(value));
  const shown = dateTimeText(value);
  return [label, shown, shown === raw ? undefined : raw, more] as Row;
}

function amountOf({ amount, fixedAmount }: QrCode): string | undefined {
  if (amount !== undefined) return formatAmount(amount);
  return fixedAmount === false ? t('amountOpen') : undefined;
}
