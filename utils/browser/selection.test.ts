// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { getFrameSelection } from './frame-selection.ts';
import { isCut, pickSelection, readMenuSelection, readSelectedText } from './selection.ts';

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

describe('the selection of a frame', () => {
  it('is the selected text', () => {
    document.body.innerHTML = `<p>Please cancel <b>${ID}</b> today</p>`;
    getSelection()?.selectAllChildren(document.querySelector('b') as HTMLElement);
    expect(getFrameSelection()).toEqual({ text: ID, focused: true, before: '', after: '' });
  });

  it.each(['<input>', '<input type="search">', '<textarea></textarea>'])('is read from %s', (html) => {
    getSelection()?.removeAllRanges();
    field(html, 2, 6);
    expect(getFrameSelection().text).toBe('26DU');
  });

  it('is never read from a password field', () => {
    field('<input type="password">');
    expect(getFrameSelection().text).toBe('');
  });

  it('is read from a field inside an open shadow tree', () => {
    const host = document.createElement('div');
    document.body.append(host);
    const input = document.createElement('input');
    host.attachShadow({ mode: 'open' }).append(input);
    input.value = ID;
    input.focus();
    input.setSelectionRange(0, ID.length);
    expect(getFrameSelection().text).toBe(ID);
  });

  it.each([
    ['email', ID],
    ['number', '100200300'],
  ])('is the browser’s own text in a field of type %s, which exposes no selection range', (type, text) => {
    document.body.innerHTML = `<input type="${type}" value="${text}">`;
    const input = document.body.firstElementChild as HTMLInputElement;
    input.focus();
    Object.defineProperties(input, { selectionStart: { value: null }, selectionEnd: { value: null } });
    vi.stubGlobal('getSelection', () => text);
    expect(getFrameSelection()).toEqual({ text, focused: true, before: '', after: '' });
  });

  it.each(['iframe', 'embed', 'object'])('does not have the focus if an %s has it', (name) => {
    vi.spyOn(document, 'activeElement', 'get').mockReturnValue(document.createElement(name));
    expect(getFrameSelection().focused).toBe(false);
  });

  it('does not have the focus in a PDF, whose selection can’t be read', () => {
    vi.spyOn(document, 'contentType', 'get').mockReturnValue('application/pdf');
    expect(getFrameSelection().focused).toBe(false);
  });

  it.each([true, false])('has the focus in a frame of another site if the document has it: %s', (has) => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(has);
    vi.stubGlobal('parent', {});
    vi.stubGlobal('frameElement', null);
    expect(getFrameSelection().focused).toBe(has);
  });

  it('is read by a function without outside references, since it runs alone in the page', () => {
    const alone = new Function(`return (${getFrameSelection.toString()})()`);
    document.body.innerHTML = `<p>${ID}</p>`;
    getSelection()?.selectAllChildren(document.querySelector('p') as HTMLElement);
    expect(alone()).toEqual({ text: ID, focused: true, before: '', after: '' });
  });
});

describe('the selection of all frames', () => {
  it.each([
    [
      'the one of the frame with the focus',
      [
        { text: 'a', focused: false },
        { text: 'b', focused: true },
      ],
      'b',
    ],
    [
      'the only one, regardless of the focus',
      [
        { text: ' ', focused: true },
        { text: 'b', focused: false },
      ],
      'b',
    ],
    [
      'all of them, if several are possible',
      [
        { text: '', focused: true },
        { text: 'a', focused: false },
        { text: 'b', focused: false },
      ],
      'a\nb',
    ],
    [
      'undefined, if an unreadable frame has the focus: another selection may be old',
      [{ text: 'a', focused: false }, undefined],
      undefined,
    ],
    ['empty, if nothing is selected', [{ text: '', focused: true }, undefined, null], ''],
  ])('is %s', (_, frames, text) =>
    expect(pickSelection(frames.map((frame) => frame && { before: '', after: '', ...frame }))?.text).toBe(
      text,
    ),
  );
});

describe('reading the selection of a tab', () => {
  function answer(executeScript: () => Promise<unknown>) {
    const spy = vi.fn(executeScript);
    Object.assign(fakeBrowser, { scripting: { executeScript: spy } });
    return spy;
  }

  it('runs in all frames without waiting for them to load', async () => {
    const spy = answer(async () => [{ frameId: 0, result: { text: ID, focused: true } }, { frameId: 4 }]);
    expect(await readSelectedText(7)).toMatchObject({ text: ID });
    expect(spy).toHaveBeenCalledExactlyOnceWith({
      target: { tabId: 7, allFrames: true },
      func: getFrameSelection,
      injectImmediately: true,
    });
  });

  it('distinguishes an unreadable page from an empty selection', async () => {
    answer(() => Promise.reject(new Error('Cannot access a chrome:// URL')));
    expect(await readSelectedText(7)).toBeUndefined();
    expect(await readSelectedText(undefined)).toBeUndefined();
    answer(async () => [{ frameId: 0, result: { text: '', focused: true } }]);
    expect(await readSelectedText(7)).toMatchObject({ text: '' });
  });
});

describe('the rest of the words around a selection', () => {
  /** Selects from an offset in the text of one element to an offset in another. */
  function select(html: string, from: [string, number], to: [string, number]): void {
    document.body.innerHTML = html;
    const textOf = (selector: string) => document.querySelector(selector)?.firstChild as Text;
    const range = document.createRange();
    range.setStart(textOf(from[0]), from[1]);
    range.setEnd(textOf(to[0]), to[1]);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
  }

  it.each<[string, string, [string, number], [string, number], string, string]>([
    ['half of a dashed id', '<p>STORE12-01</p>', ['p', 0], ['p', 7], '', '-01'],
    ['the middle of a word', '<p>ask QR26ABCD today</p>', ['p', 6], ['p', 9], 'QR', 'BCD'],
    ['a whole word', '<p>ask QR26ABCD today</p>', ['p', 4], ['p', 12], '', ''],
    ['a word with a full stop', '<p>ask QR26ABCD.</p>', ['p', 4], ['p', 12], '', ''],
    ['a word across tags', '<p>QR26<b>ABCD</b><i>-01</i></p>', ['b', 0], ['b', 4], 'QR26', '-01'],
    ['a word behind a line break', '<p>QR26ABCD<br><b>QR26EFGH</b></p>', ['b', 0], ['b', 8], '', ''],
    ['a word in a block', '<div>QR26</div><p>ABCD</p><div>EF</div>', ['p', 0], ['p', 4], '', ''],
    ['a word with an invisible character', '<p>QR26\u200bABCD</p>', ['p', 5], ['p', 9], 'QR26\u200b', ''],
    ['spaces at the ends', '<p>x1 QR26ABCD 2y</p>', ['p', 2], ['p', 12], '', ''],
  ])('%s', (_, html, from, to, before, after) => {
    select(html, from, to);
    expect(getFrameSelection()).toMatchObject({ before, after });
  });

  it.each([
    ['an element within a word', '<p>QR26<b>ABCD</b><i>-01</i></p>', 'QR26', '-01'],
    ['an element within another', '<p>QR26<u><b>ABCD</b></u>-01</p>', 'QR26', '-01'],
    ['an element between spaces', '<p>x1 <b>QR26ABCD</b> 2y</p>', '', ''],
    ['a block', '<div>QR26<b style="display: block">ABCD</b>-01</div>', '', ''],
  ])('%s, if the element is selected as a whole', (_, html, before, after) => {
    document.body.innerHTML = html;
    const range = document.createRange();
    range.selectNode(document.querySelector('b') as HTMLElement);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    expect(getFrameSelection()).toMatchObject({ text: expect.stringContaining('AB'), before, after });
    getSelection()?.selectAllChildren(document.querySelector('b') as HTMLElement);
    expect(getFrameSelection()).toMatchObject({ before, after });
  });

  it.each([
    ['nothing', 'QR26ABCDEFQR26EFGHJ8', 'QR26ABCDEF\nQR26EFGHJ8'],
    ['a break', 'QR26ABCDEF\nQR26EFGHJ8', 'QR26ABCDEF\nQR26EFGHJ8'],
    ['a tab', 'QR26ABCDEF\tQR26EFGHJ8', 'QR26ABCDEF\tQR26EFGHJ8'],
    ['less text than the ranges have', 'QR26ABCDEQR26EFGHJ8', 'QR26ABCDEF\nQR26EFGHJ8'],
  ])('several parts of the page, with %s between them', (_, pageText, text) => {
    document.body.innerHTML = '<p><b>QR26ABCDEF</b><br><i>QR26EFGHJ8</i>-01</p>';
    const ranges = ['b', 'i'].map((name) => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector(name) as HTMLElement);
      return range;
    });
    vi.stubGlobal('getSelection', () => ({
      rangeCount: 2,
      getRangeAt: (at: number) => ranges[at],
      toString: () => pageText,
    }));
    expect(getFrameSelection()).toMatchObject({ text, before: '', after: '-01' });
  });

  it('in a field', () => {
    getSelection()?.removeAllRanges();
    field('<input>', 2, 6);
    expect(getFrameSelection()).toMatchObject({ text: '26DU', before: 'QR', after: '7U9NREWU' });
  });
});

describe('the selection of a menu click', () => {
  const answer = (...results: unknown[]) =>
    Object.assign(fakeBrowser, {
      scripting: { executeScript: async () => results.map((result) => ({ frameId: 0, result })) },
    });
  const frame = (text: string) => ({ text, focused: true, before: '', after: '-01' });

  it('is found by its text in any frame, with its line breaks', async () => {
    answer(frame('something else'), undefined, frame(`${ID}\nQR26AB3C4D5E6F`));
    expect(await readMenuSelection(7, `${ID} QR26AB3C4D5E6F`, false)).toEqual({
      text: `${ID}\nQR26AB3C4D5E6F`,
      before: '',
      after: '-01',
    });
  });

  it('is not read from a page with another selection', async () => {
    answer(frame('something else'), frame(''));
    expect(await readMenuSelection(7, ID, false)).toBeUndefined();
    expect(await readMenuSelection(undefined, ID, false)).toBeUndefined();
  });

  it('is read completely if Firefox passes its beginning only', async () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => `QR26DU${100_000 + index}`).join('\n');
    const truncated = ids.slice(0, 16_384);
    answer(frame(ids));
    expect([isCut(truncated, true), isCut(truncated, false), isCut(ids.slice(0, 9_000), true)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await readMenuSelection(7, truncated, false)).toBeUndefined();
    expect((await readMenuSelection(7, truncated, true))?.text).toBe(ids);
  });
});
