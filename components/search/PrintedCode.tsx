import type { CreatedQrCode } from '../../utils/enkash/create.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import { formatAmount } from '../../utils/wording/code-fields.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';

interface PrintedCodeProps {
  code: CreatedQrCode;
  /** A `data:` URL. */
  image: string;
  account: AccountRef;
}

/** The printout for the counter: name, amount, image and id. */
export function PrintedCode({ code, image, account }: PrintedCodeProps) {
  const { qrCodeId, qrName, amount, fixedAmount } = code;
  // A code for any amount may have the amount 0.
  const hasAmount = amount !== undefined && fixedAmount !== false && Number(amount) !== 0;
  const named = qrName === undefined ? '' : escapeInvisibles(qrName);
  return (
    <section class="print-summary printed-code">
      {account.environment === 'UAT' && <p class="printed-test">{t('printUat')}</p>}
      {named !== '' && (
        <h2>
          <bdi>{named}</bdi>
        </h2>
      )}
      {hasAmount && <p class="printed-amount">{formatAmount(amount)}</p>}
      <img src={image} alt={t('qrImageAlt', qrCodeId)} />
      <p class="code">{qrCodeId}</p>
    </section>
  );
}
