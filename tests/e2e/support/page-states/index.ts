import { byRole, waitForText } from '../../../harness/find.ts';
import type { ChromiumFixture } from '../chromium-fixture.ts';
import { enterAccount, useAccount } from '../operator.ts';
import { walkBulk, walkLiveBulk } from './bulk.ts';
import { walkFind } from './find.ts';
import { walkFirstRun, walkFirstSteps } from './first-run.ts';
import { walkHistory } from './history.ts';
import { walkPlanned } from './planned.ts';
import { walkLivePopup, walkPopup } from './popup.ts';
import { walkSearch } from './search.ts';
import { walkLocked, walkSettings } from './settings.ts';
import type { Visit } from './visit.ts';

const UAT = 'Main counter';
const LIVE = 'Chandni Chowk';

/** Every page in every state, by name. Each walk continues from the state that the one before it left. */
export const WALKS: Readonly<Record<string, (kit: ChromiumFixture, visit: Visit) => Promise<void>>> = {
  async 'the first run'(kit, visit) {
    await walkFirstRun(kit, visit);
    await kit.withOptions((options) => enterAccount(options, kit.sandbox, { name: UAT }));
    await walkFirstSteps(kit, visit, UAT);
  },
  'the popup': walkPopup,
  'the history': walkHistory,
  'lists of codes': walkBulk,
  'planned cancels': walkPlanned,
  'the search': walkSearch,
  'finding by a picture': walkFind,
  'the settings': (kit, visit) => walkSettings(kit, visit, UAT),
  async 'a LIVE account'(kit, visit) {
    await kit.withOptions(async (options) => {
      await enterAccount(options, kit.sandbox, { name: LIVE, environment: 'LIVE' });
      await useAccount(options, LIVE);
      await waitForText(options, LIVE);
      await visit('settings-two-accounts', options);
    });
    await walkLivePopup(kit, visit);
    await walkLiveBulk(kit, visit);
    await kit.withOptions(async (options) => {
      await useAccount(options, UAT);
      await byRole(options, 'radio', `Use ${UAT}`);
    });
  },
  'what is locked': walkLocked,
};
