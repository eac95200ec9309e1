import { cp, mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { reportFailure } from './report-failure.ts';
import { onStage } from './stage.ts';
import { walk } from './walk.ts';

const folder = new URL('../../docs/pictures/', import.meta.url);

/** The README's pictures by the steps of the tour that take them. */
const pictureOfStep = {
  settings: 'settings.png',
  checked: 'popup.png',
  dialog: 'dialog.png',
  result: 'result.png',
  'demo-page': 'selection.png',
  review: 'review.png',
  bulk: 'bulk.png',
  history: 'history.png',
};

/** A README must open fast on a slow line too. */
const maxBytes = 150_000;

async function publish(taken: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [step, name] of Object.entries(pictureOfStep)) {
    const source = taken.get(step);
    if (!source) throw new Error(`The tour took no picture of its step “${step}”`);
    const { size } = await stat(source);
    if (size > maxBytes) throw new Error(`${source} has ${size} bytes, more than ${maxBytes}`);
    await cp(source, fileURLToPath(new URL(name, folder)));
  }
  console.log(`\n${Object.keys(pictureOfStep).length} pictures are in docs/pictures.`);
}

try {
  await onStage({ headless: true, printRequests: false }, async (stage) => publish(await walk(stage)));
} catch (error) {
  reportFailure(error);
}
