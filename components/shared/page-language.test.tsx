// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setMessages, t } from '../../utils/i18n/i18n.ts';
import { type LanguageChoice, setLanguage } from '../../utils/i18n/language.ts';
import { initPageLanguage, usePageLanguage } from './page-language.ts';

const HINDI = { language: { message: 'hi' }, direction: { message: 'ltr' }, settings: { message: 'सेटिंग' } };
const title = () => `${t('settings')} – ${t('extensionName')}`;

beforeEach(() => {
  vi.stubGlobal('fetch', async () => Response.json(HINDI));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  await setLanguage('system');
  setMessages(undefined);
});

function Page({ choice }: { choice: LanguageChoice | undefined }) {
  usePageLanguage(choice);
  return <p>{t('settings')}</p>;
}

it('a page starts in the browser’s language without waiting', async () => {
  const fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
  await initPageLanguage(title);
  expect(fetched).not.toHaveBeenCalled();
  expect(document.title).toBe('Settings – QR Cancel for EnKash');
  expect(document.documentElement.lang).toBe('en');
});

it('a page starts in the last chosen language', async () => {
  localStorage.setItem('language', 'hi');
  await initPageLanguage(title);
  expect(t('settings')).toBe('सेटिंग');
  expect(document.title).toBe('सेटिंग – QR Cancel for EnKash');
  expect(document.documentElement).toMatchObject({ lang: 'hi', dir: 'ltr' });
});

it('a page applies the settings’ language, and the next page starts with it', async () => {
  await initPageLanguage(title);
  const { rerender } = render(<Page choice={undefined} />);
  expect(screen.getByText('Settings')).toBeDefined();
  rerender(<Page choice="hi" />);
  await screen.findByText('सेटिंग');
  expect(document.documentElement.lang).toBe('hi');
  expect(localStorage.getItem('language')).toBe('hi');
  rerender(<Page choice="system" />);
  await screen.findByText('Settings');
  expect(localStorage.getItem('language')).toBeNull();
});

it('a page starts in the browser’s language if storage is blocked', async () => {
  vi.stubGlobal('localStorage', undefined);
  await initPageLanguage(title);
  expect(document.documentElement.lang).toBe('en');
});
