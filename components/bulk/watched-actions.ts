import { vi } from 'vitest';
import type { BulkActions } from '../../utils/views/bulk-state.ts';

/** Actions that only note that they were called. */
export function watchedActions() {
  return {
    setText: vi.fn(),
    swapLists: vi.fn(),
    readFiles: vi.fn(),
    chooseSheet: vi.fn(),
    leaveFileOut: vi.fn(),
    includeHidden: vi.fn(),
    chooseColumn: vi.fn(),
    offerColumns: vi.fn(),
    take: vi.fn(),
    review: vi.fn(),
    stopReading: vi.fn(),
    readOn: vi.fn(),
    downloadReview: vi.fn(),
    downloadReviewExcel: vi.fn(),
    setAlsoUnread: vi.fn(),
    ask: vi.fn(),
    setTyped: vi.fn(),
    keepActive: vi.fn(),
    confirm: vi.fn(),
    pause: vi.fn(),
    resume: vi.fn(),
    end: vi.fn(),
    setFilter: vi.fn(),
    retry: vi.fn(),
    checkAgain: vi.fn(),
    downloadResults: vi.fn(),
    downloadResultsExcel: vi.fn(),
    beginAnother: vi.fn(),
  } satisfies BulkActions;
}
