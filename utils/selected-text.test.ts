// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { chooseText, readSelectedText, selectionOfThisFrame } from './selected-text.ts';

const ID = 'QR26DU7U9NREWU';

beforeEach(() => {
  document.body.innerHTML = '';
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function field(html: string, start = 0, end = ID.length): void {
  document.body.innerHTML = html;
  const element = document.body.firstElementChild as HTMLInputElement;
  element.value = ID;
  element.focus();
  element.setSelectionRange(start, end);
}

describe('what is selected in a frame', () => {
  it('is the text between the selection’s ends', () => {
    document.body.innerHTML = `<p>Please cancel <b>${ID}</b> today</p>`;
    getSelection()?.selectAllChildren(document.querySelector('b') as HTMLElement);
    expect(selectionOfThisFrame()).toEqual({ text: ID, focused: true, before: '', after: '' });
  });

  it.each(['<input>', '<input type="search">', '<textarea></textarea>'])('is read from a %s', (html) => {
    getSelection()?.removeAllRanges();
    field(html, 2, 6);
    expect(selectionOfThisFrame().text).toBe('26DU');
  });

  it('is never read from a password', () => {
    field('<input type="password">');
    expect(selectionOfThisFrame().text).toBe('');
  });

  it('is read from a field inside an open shadow tree', () => {
    const host = document.createElement('div');
    document.body.append(host);
    const input = document.createElement('input');
    host.attachShadow({ mode: 'open' }).append(input);
    input.value = ID;
    input.focus();
    input.setSelectionRange(0, ID.length);
    expect(selectionOfThisFrame().text).toBe(ID);
  });

  it.each([
    ['email', ID],
    ['number', '100200300'],
  ])('is what the browser says in a field for an %s, which tells of no ends', (type, text) => {
    document.body.innerHTML = `<input type="${type}" value="${text}">`;
    const input = document.body.firstElementChild as HTMLInputElement;
    input.focus();
    Object.defineProperties(input, { selectionStart: { value: null }, selectionEnd: { value: null } });
    vi.stubGlobal('getSelection', () => text);
    expect(selectionOfThisFrame()).toEqual({ text, focused: true, before: '', after: '' });
  });

  it.each(['iframe', 'embed', 'object'])('is not where the focus is, when an %s has it', (name) => {
    vi.spyOn(document, 'activeElement', 'get').mockReturnValue(document.createElement(name));
    expect(selectionOfThisFrame().focused).toBe(false);
  });

  it('is not where the focus is in a PDF, whose own frame has no selection to tell of', () => {
    vi.spyOn(document, 'contentType', 'get').mockReturnValue('application/pdf');
    expect(selectionOfThisFrame().focused).toBe(false);
  });

  it.each([true, false])('has the focus in a frame of another site where the browser says so: %s', (has) => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(has);
    vi.stubGlobal('parent', {});
    vi.stubGlobal('frameElement', null);
    expect(selectionOfThisFrame().focused).toBe(has);
  });

  it('uses nothing from around the function, since it runs alone in the page', () => {
    const alone = new Function(`return (${selectionOfThisFrame.toString()})()`);
    document.body.innerHTML = `<p>${ID}</p>`;
    getSelection()?.selectAllChildren(document.querySelector('p') as HTMLElement);
    expect(alone()).toEqual({ text: ID, focused: true, before: '', after: '' });
  });
});

describe('the text that is taken from all frames', () => {
  it.each([
    [
      'the one that has the focus',
      [
        { text: 'a', focused: false },
        { text: 'b', focused: true },
      ],
      'b',
    ],
    [
      'the only one, wherever the focus is',
      [
        { text: ' ', focused: true },
        { text: 'b', focused: false },
      ],
      'b',
    ],
    [
      'all, where it can’t be told which is meant',
      [
        { text: '', focused: true },
        { text: 'a', focused: false },
        { text: 'b', focused: false },
      ],
      'a\nb',
    ],
    [
      'none, where the focus is in a frame that can’t be read: another selection may be an old one',
      [{ text: 'a', focused: false }, undefined],
      undefined,
    ],
    ['nothing, where nothing is selected', [{ text: '', focused: true }, undefined, null], ''],
  ])('is %s', (_, frames, text) =>
    expect(chooseText(frames.map((frame) => frame && { before: '', after: '', ...frame }))?.text).toBe(text),
  );
});

describe('reading the selection of a tab', () => {
  function answer(executeScript: () => Promise<unknown>) {
    const spy = vi.fn(executeScript);
    Object.assign(fakeBrowser, { scripting: { executeScript: spy } });
    return spy;
  }

  it('asks all its frames, and waits for none to be loaded', async () => {
    const spy = answer(async () => [{ frameId: 0, result: { text: ID, focused: true } }, { frameId: 4 }]);
    expect(await readSelectedText(7)).toMatchObject({ text: ID });
    expect(spy).toHaveBeenCalledExactlyOnceWith({
      target: { tabId: 7, allFrames: true },
      func: selectionOfThisFrame,
      injectImmediately: true,
    });
  });

  it('tells a page that can’t be read from one where nothing is selected', async () => {
    answer(() => Promise.reject(new Error('Cannot access a chrome:// URL')));
    expect(await readSelectedText(7)).toBeUndefined();
    expect(await readSelectedText(undefined)).toBeUndefined();
    answer(async () => [{ frameId: 0, result: { text: '', focused: true } }]);
    expect(await readSelectedText(7)).toMatchObject({ text: '' });
  });
});
