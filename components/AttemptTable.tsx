import { t } from '../utils/i18n.ts';
import type { Attempt } from '../utils/qr-code/attempt.ts';
import { attemptBadge, startedByText } from '../utils/wording/attempt.ts';
import { failureText } from '../utils/wording/gateway.ts';
import { outcomeReport } from '../utils/wording/outcome.ts';
import { amountText, literal, momentText } from '../utils/wording/qr-code.ts';
import { Badge, EnvironmentBadge } from './ui/Badge.tsx';

/** Every attempt with what came of it. */
export function AttemptTable({
  attempts,
  chosen,
}: {
  attempts: readonly Attempt[];
  chosen: number | undefined;
}) {
  return (
    <div class="table-box">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('columnTime')}</th>
            <th scope="col">{t('columnAccount')}</th>
            <th scope="col">{t('columnId')}</th>
            <th scope="col">{t('columnAction')}</th>
            <th scope="col">{t('columnOutcome')}</th>
            <th scope="col">{t('columnHow')}</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <AttemptRow key={attempt.attemptId} attempt={attempt} chosen={attempt.attemptId === chosen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AttemptRow({ attempt, chosen }: { attempt: Attempt; chosen: boolean }) {
  const { text, tone } = attemptBadge(attempt);
  const subject = [
    attempt.qrName && literal(attempt.qrName),
    attempt.amount !== undefined && amountText(attempt.amount),
  ].filter(Boolean);
  return (
    <tr class={chosen ? 'chosen' : undefined} aria-current={chosen ? 'true' : undefined}>
      <td>{momentText(attempt.at)}</td>
      <td>
        <bdi>{attempt.accountName}</bdi> <EnvironmentBadge environment={attempt.environment} />
      </td>
      <td>
        <span class="code">{attempt.qrCodeId}</span>
        {subject.length > 0 && (
          <p>
            <bdi class="clipped">{subject.join(', ')}</bdi>
          </p>
        )}
      </td>
      <td>{attempt.action === 'cancel' ? t('actionCancel') : t('actionCheck')}</td>
      <td>
        <Badge tone={tone}>{text}</Badge>
        <p>{explanationOf(attempt)}</p>
      </td>
      <td>{startedByText(attempt)}</td>
    </tr>
  );
}

function explanationOf(attempt: Attempt): string {
  const account = { name: attempt.accountName, environment: attempt.environment };
  if (!attempt.outcome) return '';
  if (attempt.action === 'cancel') return outcomeReport(attempt.outcome, account).sentences.join(' ');
  if (attempt.action === 'create') return attempt.outcome.message ?? '';
  return attempt.outcome.kind === 'status' ? '' : failureText(attempt.outcome, account);
}
