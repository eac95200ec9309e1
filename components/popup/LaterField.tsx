import { useEffect } from 'preact/hooks';
import { plural } from '../../utils/i18n/i18n.ts';
import { systemClock } from '../../utils/lib/clock.ts';
import { systemLocalTime } from '../../utils/lib/local-time.ts';
import type { StartJobError } from '../../utils/messaging/protocol.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import { readZonelessTime } from '../../utils/model/gateway-time.ts';
import type { WallTime } from '../../utils/model/planned-time.ts';
import { firstStart } from '../../utils/model/quick-starts.ts';
import { timeProblemText } from '../../utils/wording/planned.ts';
import { startProblemText } from '../../utils/wording/start-problem.ts';
import { WhenField } from '../shared/WhenField.tsx';

interface LaterFieldProps {
  /** Whether it asks for a time. */
  isLater: boolean;
  start: WallTime | undefined;
  /** The code's own expiry, as EnKash sent it. */
  expiry: string | number | undefined;
  /** Why the cancel was not planned. */
  problem: StartJobError | undefined;
  account: AccountRef;
  disabled: boolean;
  onStart: (start: WallTime | undefined) => void;
}

/** The time of a cancel of one code. It begins with a time to come. */
export function LaterField({ isLater, start, expiry, problem, account, disabled, onStart }: LaterFieldProps) {
  const later = () =>
    onStart({ wall: firstStart(systemLocalTime, systemClock.now()), zone: systemLocalTime.zone() });
  useEffect(() => {
    if (isLater) later();
  }, []);
  useEffect(() => {
    // The time stays as it was entered; it is confirmed again for the present zone, which the field shows now.
    if (problem?.code === 'zone-changed' && start) onStart({ ...start, zone: problem.zone });
  }, [problem]);
  const expires = readZonelessTime(expiry);
  const isExpiredBefore = start !== undefined && expires !== undefined && expires.wall < start.wall;
  const timeProblem = timeProblemText(problem);
  return (
    <>
      {isLater && (
        <WhenField
          start={start}
          hint={isExpiredBefore ? plural('expireBefore', 1) : undefined}
          error={timeProblem}
          disabled={disabled}
          onLater={later}
          onStart={onStart}
        />
      )}
      {problem && timeProblem === undefined && (
        <p class="report danger" role="alert">
          {startProblemText(problem, account)}
        </p>
      )}
    </>
  );
}
