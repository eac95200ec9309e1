import { parseArgs } from 'node:util';
import { requireChromium } from '../harness/find-browsers.ts';
import { reportFailure } from '../harness/report-failure.ts';
import { hasDisplay } from './has-display.ts';
import { onStage } from './setup.ts';
import { visit } from './visit.ts';
import { walk } from './walk.ts';

/** The usual exit code of a program that Ctrl+C interrupted. */
const interrupted = 130;

try {
  const { values } = parseArgs({ options: { headless: { type: 'boolean', default: false } } });
  requireChromium();
  if (values.headless || !hasDisplay()) {
    console.log('No window is opened: the tour walks by itself.');
    const how = await onStage({ headless: true, printRequests: false }, async (stage) => {
      await walk(stage);
      console.log('\nThe tour is complete; everything was as it should be.');
    });
    if (how === 'stopped') process.exitCode = interrupted;
  } else {
    await onStage({ headless: false, printRequests: true }, visit);
  }
} catch (error) {
  reportFailure(error);
}
