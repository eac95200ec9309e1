import { Album } from './album.ts';
import { reportFailure } from './report-failure.ts';
import { photographLive, photographPopup } from './scenes/popup.ts';
import { photographFirstRun, photographLock, photographSettings } from './scenes/settings.ts';
import { photographForStores } from './scenes/stores.ts';
import { photographBulk, photographHistory, photographSearch } from './scenes/workbench.ts';
import { onStage, type Stage } from './stage.ts';

/** A clone of the project must not become slow over its pictures. */
const maxBytes = 4_000_000;

/** Photographs every page in every state that matters, from the first run on. */
async function photographAll(stage: Stage): Promise<void> {
  const album = await Album.open();
  await photographFirstRun(stage, album);
  await photographHistory(stage, album, 'history-empty');
  await photographPopup(stage, album);
  await photographForStores(stage, album);
  // Before there is a row for each code of a list.
  await photographHistory(stage, album, 'history');
  await photographBulk(stage, album);
  await photographSearch(stage, album);
  await photographSettings(stage, album);
  await photographLock(stage, album);
  await photographLive(stage, album);
  const { pictures, bytes } = await album.count();
  if (bytes > maxBytes) throw new Error(`The pictures have ${bytes} bytes, more than ${maxBytes}`);
  console.log(`\n${pictures} pictures with ${bytes} bytes are in docs/screenshots.`);
}

try {
  await onStage({ headless: true, printRequests: false }, photographAll);
} catch (error) {
  reportFailure(error);
}
