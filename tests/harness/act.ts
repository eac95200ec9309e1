import type { ElementHandle, Page } from 'puppeteer-core';
import { ariaSelector, byRole, type Wait } from './find.ts';

const defaultTimeout = 10_000;

/** Clicks the element with the mouse, once it exists, is enabled and does not move. */
export async function clickRole(page: Page, role: string, name?: string, wait: Wait = {}): Promise<void> {
  const locator = page.locator(ariaSelector(role, name));
  try {
    await locator.setTimeout(wait.timeout ?? defaultTimeout).click();
  } catch (cause) {
    throw new Error(`Could not click ${role} "${name ?? ''}"`, { cause });
  }
}

/** Replaces the text of the field with this label: short texts by keystrokes, long ones at once. */
export async function typeInto(page: Page, name: string, text: string, wait: Wait = {}): Promise<void> {
  const field = await byRole(page, 'textbox', name, wait);
  await field.asLocator().fill(text);
}

/** Chooses files with the button of this name: either a file input, or a button that opens the file dialog. */
export async function chooseFile(page: Page, name: string, ...paths: string[]): Promise<void> {
  const button = await byRole(page, 'button', name);
  if (await button.evaluate((node) => node instanceof HTMLInputElement && node.type === 'file')) {
    await (button as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  } else if ((await page.browser().version()).startsWith('firefox')) {
    // Firefox reports no file dialogs for pages of extensions, so set the file on the input directly.
    const input = (await page.$('input[type=file]')) as ElementHandle<HTMLInputElement> | null;
    if (!input) throw new Error(`The page has no file input for the button "${name}"`);
    await input.uploadFile(...paths);
  } else {
    const [chooser] = await Promise.all([page.waitForFileChooser(), button.click()]);
    await chooser.accept(paths);
  }
}
