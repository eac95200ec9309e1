import type { ElementHandle, Page } from 'puppeteer-core';
import { until } from './until.ts';

/** The time limit in milliseconds; by default 10 s. */
export interface Wait {
  timeout?: number;
}

/** The selector for an accessible role and, optionally, the exact accessible name. */
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

/** All current elements with this role and, optionally, this accessible name. */
export async function allByRole(page: Page, role: string, name?: string): Promise<ElementHandle[]> {
  const found = (await page.$$(ariaSelector(role, name))) as ElementHandle[];
  // In Firefox a password field has no role; in Chromium it is a textbox.
  return found.length === 0 && role === 'textbox' && name ? passwordFields(page, name) : found;
}

/** Waits for the first element with this role and, optionally, this accessible name. */
export function byRole(page: Page, role: string, name?: string, wait: Wait = {}): Promise<ElementHandle> {
  const what = `${role} "${name ?? ''}" on ${page.url()}`;
  return until(what, async () => (await allByRole(page, role, name))[0], wait);
}

/** Whether there is now an element with this role and, optionally, this accessible name. */
export async function hasRole(page: Page, role: string, name?: string): Promise<boolean> {
  return (await allByRole(page, role, name)).length > 0;
}

/** Waits until there is no element with this role and accessible name. */
export async function waitUntilGone(page: Page, role: string, name?: string, wait: Wait = {}): Promise<void> {
  await until(`no ${role} "${name ?? ''}"`, async () => !(await hasRole(page, role, name)), wait);
}

/** The text of the first such element: the value of a field, or the rendered text of another element. */
export async function textOf(page: Page, role: string, name?: string, wait: Wait = {}): Promise<string> {
  const element = await byRole(page, role, name, wait);
  return element.evaluate((node) => {
    if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) return node.value;
    return (node as HTMLElement).innerText.trim();
  });
}

/** Waits until the page shows this text, and returns the page's whole text. */
export function waitForText(page: Page, text: string | RegExp, wait: Wait = {}): Promise<string> {
  const shows = async (): Promise<string | undefined> => {
    const shown = await page.evaluate(() => document.body?.innerText ?? '');
    return (typeof text === 'string' ? shown.includes(text) : text.test(shown)) ? shown : undefined;
  };
  return until(`the text ${text} on ${page.url()}`, shows, wait);
}
