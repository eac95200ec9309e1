import { expect, it } from 'vitest';
import { blankPage } from '../../tests/support/draw-qr-code.ts';
import { cropped } from './pixels.ts';

it('cuts a rectangle out of a picture', () => {
  const page = blankPage(4, 3);
  page.data.set([1, 2, 3, 255], (1 * 4 + 2) * 4);
  const part = cropped(page, { x: 2, y: 1, width: 2, height: 1 });
  expect(part).toMatchObject({ width: 2, height: 1 });
  expect([...part.data]).toEqual([1, 2, 3, 255, 255, 255, 255, 255]);
});

it('leaves out what is outside of the picture, and keeps at least one pixel', () => {
  const page = blankPage(4, 3);
  expect(cropped(page, { x: -2, y: -2, width: 3.2, height: 20 })).toMatchObject({ width: 2, height: 3 });
  expect(cropped(page, { x: 9, y: 9, width: 5, height: 5 })).toMatchObject({ width: 1, height: 1 });
  expect(cropped(page, { x: 1, y: 1, width: 0, height: 0 })).toMatchObject({ width: 1, height: 1 });
});
