import '../../../components/shared/page.css';
import { Options } from '../../../components/options/Options.tsx';
import type { Shortcut } from '../../../utils/browser/shortcuts.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import type { AppState } from '../../../utils/messaging/protocol.ts';
import { createGettingStartedStore } from '../../../utils/stores/onboarding.ts';
import { createOptionsStore } from '../../../utils/stores/options.ts';
import type { OptionsState } from '../../../utils/stores/options-state.ts';
import { idle, PAGE_WIDTH, type Scene, type Scenes } from '../scene.ts';
import { LIVE, LONG_ACCOUNT, pageOf, UAT } from './examples.ts';

const SHORTCUTS: Shortcut[] = [
  { command: '_execute_action', keys: 'Alt+Shift+U' },
  { command: 'cancel-selected-id', keys: '' },
];

function settings(page: AppState | undefined, change: Partial<OptionsState> = {}, width = PAGE_WIDTH): Scene {
  const noBackground = () => Promise.reject(new Error('There is no background.'));
  const { getState } = createOptionsStore({
    send: noBackground,
    clearJobMarker: noBackground,
    noteTested: noBackground,
    watchCheck: () => () => undefined,
    journal: idle(),
    clock: systemClock,
    download: () => undefined,
  });
  const guide = createGettingStartedStore(noBackground, idle(), () => () => undefined);
  const state = { ...getState(), page, ...change };
  return {
    width,
    draw: () => (
      <Options
        state={state}
        actions={idle()}
        guide={{ state: { ...guide.getState(), open: page?.accounts.length === 0 }, actions: idle() }}
        shortcuts={SHORTCUTS}
        onChangeShortcuts={() => undefined}
      />
    ),
  };
}

/** The settings as a whole. */
export const SETTINGS: Scenes = {
  'settings-first-run': settings(pageOf([])),
  'settings-no-answer': settings(undefined, { loadFailed: true }),
  'settings-accounts': settings(pageOf([UAT, LIVE, LONG_ACCOUNT, { ...UAT, id: 'a4', hasKeys: false }]), {
    report: { tone: 'success', title: 'Account Main counter saved.', sentences: [] },
  }),
  'settings-problems': settings(pageOf([]), {
    problems: [
      { field: 'name', code: 'required' },
      { field: 'accessKey', code: 'not-printable' },
      { field: 'secret', code: 'required' },
    ],
  }),
  'settings-checking': settings(pageOf([UAT]), {
    check: {
      account: UAT,
      check: {
        'sign-in': { kind: 'signed-in' },
        'qr-code': {
          kind: 'failed',
          failure: {
            kind: 'ambiguous',
            reason: 'intermediary',
            httpStatus: 404,
            message: 'no Route matched',
          },
        },
      },
      running: 'search',
      report: undefined,
    },
    busy: 'checking',
  }),
  'settings-locked': settings(
    pageOf([UAT], { vault: { status: 'locked', protection: 'passphrase', nextTryAt: 0 } }),
  ),
  'settings-narrow': settings(pageOf([LIVE, UAT]), { busy: 'saving' }, 320),
};
