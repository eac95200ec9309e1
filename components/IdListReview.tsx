import { t } from '../utils/i18n.ts';
import type { IdList, ListedId } from '../utils/qr-code/id-list.ts';
import { idProblemText } from '../utils/wording/id-problem.ts';
import { literal } from '../utils/wording/qr-code.ts';
import { Button } from './ui/Button.tsx';

/** Drawing more rows than this at once would hold the page up. */
const ROWS_SHOWN = 500;

/** What a list of ids holds, line by line. */
export function IdListReview({ list, onOpen }: { list: IdList; onOpen: (qrCodeId: string) => void }) {
  if (!list.ok) {
    const text = list.problem.code === 'too-many' ? idProblemText({ code: 'too-many' }) : t('listNothing');
    return (
      <p class="report danger" role="alert">
        {text}
      </p>
    );
  }
  const count = (kind: ListedId['kind']) =>
    list.lines.filter((line) => line.kind === kind).length.toLocaleString('en-IN');
  return (
    <section class="stack">
      <p role="status">
        <strong>{t('listSummary', count('valid'), count('duplicate'), count('refused'))}</strong>
      </p>
      {list.caseVariants.length > 0 && (
        <p class="report warning">{t('listCaseVariants', list.caseVariants.flat().join(', '))}</p>
      )}
      <p class="quiet">{t('listOneByOne')}</p>
      <div class="table-box">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('columnLine')}</th>
              <th scope="col">{t('columnId')}</th>
              <th scope="col">{t('columnNote')}</th>
            </tr>
          </thead>
          <tbody>
            {list.lines.slice(0, ROWS_SHOWN).map((line, index) => (
              <tr key={index}>
                <td>{line.line}</td>
                <td class="code">
                  <bdi>{line.kind === 'refused' ? literal(line.text.slice(0, 100)) : line.qrCodeId}</bdi>
                </td>
                <td>{noteOf(line, onOpen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function noteOf(line: ListedId, onOpen: (qrCodeId: string) => void) {
  if (line.kind === 'duplicate') return t('noteDuplicate', String(line.firstLine));
  if (line.kind === 'refused') return <span class="field-error">{idProblemText(line.problem)}</span>;
  return (
    <Button label={t('openId', line.qrCodeId)} onClick={() => onOpen(line.qrCodeId)}>
      {t('openOne')}
    </Button>
  );
}
