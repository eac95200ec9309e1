// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { SectionIndex } from './SectionIndex.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const SECTIONS = [
  { id: 'accounts', title: 'Accounts' },
  { id: 'lock', title: 'Lock' },
  { id: 'data', title: 'Data' },
];

function show({ wide }: { wide: boolean }) {
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: wide }));
  render(<SectionIndex sections={SECTIONS} />);
}
const current = () =>
  screen
    .getAllByRole('link', { hidden: true })
    .filter((link) => link.getAttribute('aria-current') === 'location')
    .map(({ textContent }) => textContent);

it('links to each section, and marks the first one at the top of the page', () => {
  show({ wide: true });
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(links).toEqual(['#accounts', '#lock', '#data']);
  expect(current()).toEqual(['Accounts']);
  expect(screen.getByRole('navigation').getAttribute('aria-label')).toBe('Sections');
});

it('marks the chosen section until the person scrolls', () => {
  show({ wide: true });
  fireEvent.click(screen.getByRole('link', { name: 'Data' }));
  expect(current()).toEqual(['Data']);
  fireEvent.wheel(document.body);
  expect(current()).toEqual(['Accounts']);
});

it('is folded in a narrow window', () => {
  show({ wide: false });
  expect(document.querySelector('details')?.open).toBe(false);
  expect(document.querySelector('summary')?.textContent).toBe('Sections');
});
