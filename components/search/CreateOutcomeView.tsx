import type { NewQrCode } from '../../utils/enkash/create.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { compareCreated } from '../../utils/qr-code/compare-created.ts';
import type { CreateResult } from '../../utils/qr-code/create.ts';
import {
  latestNewCode,
  mayExist,
  type Replacement,
  type ReplacementActions,
} from '../../utils/stores/replacement-state.ts';
import { failureText } from '../../utils/wording/gateway.ts';
import { createReport, differenceText, fieldTitle } from '../../utils/wording/replacement.ts';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import { QrCodeDetails } from '../shared/QrCodeDetails.tsx';
import { ResultMessage } from '../shared/ResultMessage.tsx';
import { Announcer } from '../ui/Announcer.tsx';
import { Button } from '../ui/Button.tsx';
import { usePrinting } from '../ui/use-printing.ts';
import { PrintedCode } from './PrintedCode.tsx';

interface CreateOutcomeViewProps {
  replacement: Replacement;
  request: NewQrCode;
  result: CreateResult;
  actions: Pick<
    ReplacementActions,
    'refreshNewCode' | 'copyId' | 'saveImage' | 'searchByName' | 'backToForm'
  >;
  onClose: () => void;
}

/** The outcome of a create: EnKash's response, the new code if there is one, and the next actions. */
export function CreateOutcomeView(props: CreateOutcomeViewProps) {
  const { replacement, result, actions, onClose } = props;
  const { account, elsewhere } = replacement;
  const isUnknown = result.outcome.kind === 'unconfirmed';
  const code = latestNewCode(replacement);
  const report = createReport(result, account);
  return (
    <>
      {report.tone === 'success' && <Announcer text={[report.title, ...report.sentences].join(' ')} />}
      <ResultMessage
        report={report}
        account={account}
        onOpenSettings={() => window.open('/options.html', '_blank', 'noreferrer')}
      />
      {code && <NewCode {...props} code={code} />}
      {isUnknown && elsewhere && <p class="report neutral">{t('searchElsewhere', account.name)}</p>}
      <div class="actions">
        <Button onClick={onClose}>{t('close')}</Button>
        {isUnknown && (
          <Button kind="primary" disabled={elsewhere === true} onClick={actions.searchByName}>
            {t('searchForIt')}
          </Button>
        )}
        {!mayExist(result) && (
          <Button kind="primary" onClick={actions.backToForm}>
            {t('backToForm')}
          </Button>
        )}
      </div>
    </>
  );
}

type Code = NonNullable<ReturnType<typeof latestNewCode>>;

function NewCode({ replacement, request, code, actions }: CreateOutcomeViewProps & { code: Code }) {
  const { printing, print } = usePrinting();
  const { account, read, copied } = replacement;
  const { differences, missing } = compareCreated(request, code);
  const image = code.qrCodeBase64;
  const isRead = typeof read === 'object' && read.kind === 'answered';
  const missingNames = missing.map(fieldTitle).join(', ');
  return (
    <>
      {differences.length > 0 && (
        <div class="report warning" role="alert">
          <strong>{t('differences')}</strong>
          <ul class="replacement-list">
            {differences.map((difference, index) => (
              <li key={index}>{differenceText(difference)}</li>
            ))}
          </ul>
        </div>
      )}
      {(missingNames !== '' || !image) && (
        <div class="report neutral">
          {missingNames !== '' && <p>{isRead ? t('unsaidRead', missingNames) : t('unsaid', missingNames)}</p>}
          {!image && <p>{isRead ? t('noImage') : t('noImageYet')}</p>}
        </div>
      )}
      {typeof read === 'object' && read.kind !== 'answered' && (
        <div class="report danger">
          <p role="alert">{t('newNotRead', failureText(read, account))}</p>
          <div class="row">
            <CopySupportDetails account={account} />
          </div>
        </div>
      )}
      <div class="row">
        <Button onClick={() => void actions.copyId()}>{t('copyId')}</Button>
        <Button disabled={!image} onClick={actions.saveImage}>
          {t('downloadImage')}
        </Button>
        <Button disabled={!image} onClick={print}>
          {t('printCode')}
        </Button>
        <Button busy={read === 'reading'} onClick={() => void actions.refreshNewCode()}>
          {read === 'reading' ? t('reading') : t('readNew')}
        </Button>
        <span role="status">{copied !== undefined && (copied ? t('copied') : t('notCopied'))}</span>
      </div>
      <QrCodeDetails qrCodeId={code.qrCodeId} qrCode={code} />
      {printing && image && <PrintedCode code={code} image={image} account={account} />}
    </>
  );
}
