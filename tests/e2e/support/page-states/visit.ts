import type { Page } from 'puppeteer-core';

/** Called with a page in each state. The name has the page and the state, for example `popup-dialog-live`. */
export type Visit = (name: string, page: Page) => Promise<void>;

/** The page's text if the background does not respond. */
export const NO_ANSWER = 'This page could not be loaded';

/** Opens a page without a background until `window.answer()` is called. */
export async function withoutBackground(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const { chrome: api } = globalThis as unknown as { chrome?: { runtime?: { sendMessage: unknown } } };
    if (!api?.runtime) return;
    const { runtime } = api;
    const { sendMessage } = runtime;
    runtime.sendMessage = () => Promise.reject(new Error('There is no background.'));
    Object.assign(globalThis, {
      answer() {
        runtime.sendMessage = sendMessage;
      },
    });
  });
}

/** Realistic long texts, and one without a space. */
export const LONG = {
  name: 'श्री महालक्ष्मी किराणा आणि जनरल स्टोअर्स, लक्ष्मी रोड, पुणे – दैनिक उधारी खाते क्रमांक ४५६ (मुख्य काउंटर, दुसरा मजला)',
  description: 'मासिक राशन की होम डिलीवरी के लिए अग्रिम भुगतान। कृपया रसीद संभाल कर रखें।',
  unbroken: 'SHRIMAHALAKSHMIKIRANAANDGENERALSTORESLAXMIROADPUNE411030MAHARASHTRA',
} as const;
