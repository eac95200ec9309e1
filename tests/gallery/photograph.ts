import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { lookAtScenes } from './look.ts';
import { variantName } from './variant.ts';

const folder = fileURLToPath(new URL('../../.output/gallery', import.meta.url));

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
let count = 0;
await lookAtScenes(async (page, name, variant) => {
  await page.screenshot({ path: `${folder}/${name}-${variantName(variant)}.png`, fullPage: true });
  count += 1;
});
console.log(`${count} pictures are in ${folder}.`);
