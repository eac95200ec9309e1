import type { Page } from 'puppeteer-core';

/** Looks at a page that is in a state; the name says which page and which state, as `popup-dialog-live`. */
export type Visit = (name: string, page: Page) => Promise<void>;

/** What a page says where the background does not answer. */
export const NO_ANSWER = 'This page could not be loaded';

/** Opens a page to which the background does not answer until `window.answer()` is called. */
export async function withoutBackground(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const { chrome: api } = globalThis as unknown as { chrome?: { runtime?: { sendMessage: unknown } } };
    if (!api?.runtime) return;
    const { runtime } = api;
    const { sendMessage } = runtime;
    runtime.sendMessage = () => Promise.reject(new Error('Nobody is there.'));
    Object.assign(globalThis, {
      answer() {
        runtime.sendMessage = sendMessage;
      },
    });
  });
}

/** Long texts of the kind that shops have, and one without a space. */
export const LONG = {
  name: 'श्री महालक्ष्मी किराणा आणि जनरल स्टोअर्स, लक्ष्मी रोड, पुणे – दैनिक उधारी खाते क्रमांक ४५६ (मुख्य काउंटर, दुसरा मजला)',
  description: 'मासिक राशन की होम डिलीवरी के लिए अग्रिम भुगतान। कृपया रसीद संभाल कर रखें।',
  unbroken: 'SHRIMAHALAKSHMIKIRANAANDGENERALSTORESLAXMIROADPUNE411030MAHARASHTRA',
} as const;
