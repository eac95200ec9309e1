import { vi } from 'vitest';
import type { ReplacementActions } from '../../utils/views/replacement.ts';

/** Actions of a replacement that only note that they were called. */
export function watchedReplacing() {
  return {
    begin: vi.fn(),
    follow: vi.fn(),
    lookAgain: vi.fn(),
    change: vi.fn(),
    changeParam: vi.fn(),
    addParam: vi.fn(),
    removeParam: vi.fn(),
    ask: vi.fn(),
    setTyped: vi.fn(),
    backToForm: vi.fn(),
    confirm: vi.fn(),
    readNew: vi.fn(),
    copyId: vi.fn(),
    saveImage: vi.fn(),
    searchForIt: vi.fn(),
    close: vi.fn(),
  } satisfies ReplacementActions;
}
