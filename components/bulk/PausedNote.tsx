import type { AccountRef } from '../../utils/model/account.ts';
import { type JobState, resumesAutomatically } from '../../utils/model/job.ts';
import { pausedText } from '../../utils/wording/bulk-job.ts';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import '../ui/report.css';

interface PausedNoteProps {
  state: JobState & { kind: 'paused' };
  account: AccountRef;
}

/** Why a job is paused. Interrupts a screen reader (`alert`) only if the operator has to act. */
export function PausedNote({ state, account }: PausedNoteProps) {
  const calm = state.by === 'user' || resumesAutomatically(state);
  return (
    <div class={calm ? 'report warning' : 'report danger'}>
      <p role={calm ? 'status' : 'alert'}>{pausedText(state, account)}</p>
      {state.by !== 'user' && (
        <div class="row">
          <CopySupportDetails account={account} />
        </div>
      )}
    </div>
  );
}
