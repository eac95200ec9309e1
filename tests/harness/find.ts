import type { ElementHandle, Page } from 'puppeteer-core';
import { until } from './until.ts';

/** How long to wait, in milliseconds; 10 s unless told. */
export interface Wait {
  timeout?: number;
}

/** The selector for an accessible role and, if given, the exact accessible name. */
export function ariaSelector(role: string, name = ''): string {
  return `aria/${name}[role="${role}"]`;
}

async function isPassword(element: ElementHandle): Promise<boolean> {
  return element.evaluate((node) => node instanceof HTMLInputElement && node.type === 'password');
}

async function passwordFields(page: Page, name: string): Promise<ElementHandle[]> {
  const named = (await page.$$(`aria/${name}`)) as ElementHandle[];
  const arePasswords = await Promise.all(named.map(isPassword));
  return named.filter((_, index) => arePasswords[index]);
}

/** All elements with this role and, if given, this accessible name, as they are now. */
export async function allByRole(page: Page, role: string, name?: string): Promise<ElementHandle[]> {
  const found = (await page.$$(ariaSelector(role, name))) as ElementHandle[];
  // To Firefox a password field has no role; to Chromium it is a textbox.
  return found.length === 0 && role === 'textbox' && name ? passwordFields(page, name) : found;
}

/** The first element with this role and, if given, this accessible name; waits for it. */
export function byRole(page: Page, role: string, name?: string, wait: Wait = {}): Promise<ElementHandle> {
  const what = `${role} "${name ?? ''}" on ${page.url()}`;
  return until(what, async () => (await allByRole(page, role, name))[0], wait);
}

/** Whether an element with this role and, if given, this accessible name is there now. */
export async function hasRole(page: Page, role: string, name?: string): Promise<boolean> {
  return (await allByRole(page, role, name)).length > 0;
}

/** Waits until no element with this role and accessible name is left. */
export async function waitUntilGone(page: Page, role: string, name?: string, wait: Wait = {}): Promise<void> {
  await until(`no ${role} "${name ?? ''}"`, async () => !(await hasRole(page, role, name)), wait);
}

/** The text of the first such element: its value for a field, what is rendered for everything else. */
export async function textOf(page: Page, role: string, name?: string, wait: Wait = {}): Promise<string> {
  const element = await byRole(page, role, name, wait);
  return element.evaluate((node) => {
    if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) return node.value;
    return (node as HTMLElement).innerText.trim();
  });
}

/** Waits until the page shows this text, and returns all the text it shows. */
export function waitForText(page: Page, text: string | RegExp, wait: Wait = {}): Promise<string> {
  const shows = async (): Promise<string | undefined> => {
    const shown = await page.evaluate(() => document.body?.innerText ?? '');
    return (typeof text === 'string' ? shown.includes(text) : text.test(shown)) ? shown : undefined;
  };
  return until(`the text ${text} on ${page.url()}`, shows, wait);
}
