// @vitest-environment happy-dom
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { restoreLostFocus } from './restore-lost-focus.ts';

beforeAll(restoreLostFocus);
afterEach(() => {
  document.body.innerHTML = '';
});

function put(html: string): void {
  document.body.innerHTML = html;
  document.getElementById('here')?.focus();
}

const here = () => document.getElementById('here') as HTMLInputElement;
const focused = () => document.activeElement?.id;

describe('a lost focus', () => {
  it('goes to the first button around a removed one', async () => {
    put('<button></button><p><button id="near"></button><button id="here"></button></p>');
    here().remove();
    await expect.poll(focused).toBe('near');
  });

  it('goes to the first button around a field that is disabled', async () => {
    put('<button></button><p><input id="here"><button id="near"></button></p>');
    here().disabled = true;
    await expect.poll(focused).toBe('near');
  });

  it('skips a place without buttons', async () => {
    put('<button id="far"></button><p><span>Nothing</span><button id="here"></button></p>');
    here().remove();
    await expect.poll(focused).toBe('far');
  });

  it('is left alone if another element has it', async () => {
    put('<button id="other"></button><p><button id="near"></button><button id="here"></button></p>');
    document.getElementById('other')?.focus();
    here().remove();
    await Promise.resolve();
    expect(focused()).toBe('other');
  });
});
