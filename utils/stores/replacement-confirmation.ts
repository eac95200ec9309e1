import type { ExistingReplacement } from '../history/find-replacements.ts';
import type { CreateResult } from '../qr-code/create.ts';
import { checkForExisting } from './replacement-entry.ts';
import type { ReplacementActions, ReplacementContext } from './replacement-state.ts';

interface ConfirmationContext extends ReplacementContext {
  /** Whether a confirmation is being processed. */
  isConfirming: boolean;
}

/** The confirmation of a replacement, and its only create request. */
export function createConfirmationSlice(
  shared: ReplacementContext,
): Pick<ReplacementActions, 'setTyped' | 'confirm'> {
  const context: ConfirmationContext = { ...shared, isConfirming: false };
  return {
    setTyped: (typed) => context.set({ typed }),
    confirm: () => confirm(context),
  };
}

async function confirm(context: ConfirmationContext): Promise<void> {
  const { get, set, send } = context;
  const replacement = get();
  if (replacement?.stage !== 'asking' || !replacement.request) return;
  const { account, replaces, request, word, typed } = replacement;
  if (word !== undefined && typed.trim() !== word) return;
  if (context.isConfirming) return;
  context.isConfirming = true;
  await checkForExisting(context);
  context.isConfirming = false;
  const now = get();
  // The replacement was closed, locked or changed in the meantime.
  if (now?.stage !== 'asking' || now.request !== request) return;
  // Another page has created a code since the dialog opened: the operator must see that before confirming.
  if (!isSame(now.before, replacement.before)) return set({ typed: '' });
  set({ stage: 'sending' });
  // Without an answer the outcome is unknown. The request is never repeated from here.
  const result = await send('createQrCode', { accountId: account.id, replaces, asked: request }).catch(
    (): CreateResult => ({ outcome: { kind: 'unconfirmed', reason: 'interrupted' } }),
  );
  set({ stage: 'ended', result });
}

function isSame(one: ExistingReplacement | undefined, other: ExistingReplacement | undefined): boolean {
  return one?.attemptId === other?.attemptId && one?.qrCodeId === other?.qrCodeId;
}
