import { parseArgs } from 'node:util';
import { type ChromiumFixture, openChromiumFixture } from '../e2e/support/chromium-fixture.ts';
import { WALKS } from '../e2e/support/page-states/index.ts';
import { buildExtension, extensionDir } from '../harness/build-extension.ts';
import { reportFailure } from '../harness/report-failure.ts';
import { Album } from './catalogue.ts';
import { photographFilm } from './film.ts';
import { photographForStores } from './for-stores.ts';
import { photographEveryLanguage, photographInLanguages } from './languages.ts';

/** The limit of all pictures, so that a clone stays small. */
const maxBytes = 10_500_000;

const narrow = { width: 320, height: 640 };
/** Full pages, which are photographed at the minimum width too. */
const NARROW = new Set([
  'popup-active',
  'popup-long-texts',
  'popup-live-dialog',
  'settings-account',
  'bulk-review',
  'bulk-report',
  'search-selected',
  'history',
]);
/** States that use colour, which are photographed in forced colours too. */
const COLOURED = new Set([
  'popup-active',
  'popup-live-dialog',
  'popup-outcome-cancelled',
  'popup-outcome-unconfirmed',
  'settings-two-accounts',
  'bulk-review',
  'bulk-paused',
  'search-selected',
  'history-broken',
]);
const IN_LANGUAGES = new Set(['popup-live-dialog', 'bulk-review', 'history']);

/** Photographs every page in every state of the tests, from the first run on. */
async function photographAll(kit: ChromiumFixture): Promise<void> {
  const album = await Album.open();
  for (const [name, walk] of Object.entries(WALKS)) {
    console.log(name);
    await walk(kit, async (state, page) => {
      console.log(`   ${state}`);
      await album.add(page, state);
      if (COLOURED.has(state)) await album.addForcedColors(page, state);
      if (state === 'settings-first-run') await album.addForStores(page, '5-first-run');
      if (IN_LANGUAGES.has(state)) await photographInLanguages(page, state, album);
      if (NARROW.has(state)) await album.addNarrow(page, state, narrow);
    });
  }
  await photographForStores(kit, album);
  await photographFilm(kit, album);
  const { pictures, bytes } = await album.close();
  if (bytes > maxBytes) throw new Error(`The pictures have ${bytes} bytes, more than ${maxBytes}`);
  console.log(`\n${pictures} pictures with ${bytes} bytes are in docs/screenshots.`);
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { languages: { type: 'boolean' } } });
  await buildExtension();
  const kit = await openChromiumFixture({ account: false, extensionDir });
  try {
    await (values.languages ? photographEveryLanguage(kit) : photographAll(kit));
  } finally {
    await kit.close();
  }
}

try {
  await run();
} catch (error) {
  reportFailure(error);
}
