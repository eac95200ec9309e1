import { expect, it } from 'vitest';
import { lookAtScenes } from '../../gallery/look.ts';
import { variantName } from '../../gallery/variant.ts';

it('every scene of the gallery fits its width in both themes, both directions and at 200 % text', async () => {
  const wrong: string[] = [];
  let looked = 0;
  await lookAtScenes(async (page, name, variant) => {
    looked += 1;
    const { drawn, overflow } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const dialog = document.querySelector('dialog[open]');
      const inDialog = dialog ? dialog.scrollWidth - dialog.clientWidth : 0;
      return {
        drawn: document.querySelector('#scene > *') !== null,
        overflow: Math.max(scrollWidth - clientWidth, inDialog),
      };
    });
    if (!drawn) wrong.push(`${name} draws nothing`);
    if (overflow > 0) wrong.push(`${name}, ${variantName(variant)}, is ${overflow} px too wide`);
  });
  expect(looked).toBeGreaterThan(200);
  expect(wrong).toEqual([]);
}, 240_000);
