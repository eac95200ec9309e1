import type { MessageHandlers } from '../../../utils/messaging/protocol.ts';
import { openReview } from '../../../utils/navigation/open-page.ts';
import { consumePendingAction } from '../../../utils/navigation/pending-action.ts';

/** Messages about actions that wait for a page. They need no services, so a worker that has just started answers at once. */
export const pageHandlers = {
  consumePendingAction: ({ page }) => consumePendingAction(page),
  openReview: ({ text }) => openReview(text).then(() => null),
} satisfies Partial<MessageHandlers>;
