// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findImageAreas } from './image-areas.ts';
import { textKey } from './text-key.ts';

const SOURCE = 'https://example.in/code.png';

/** Puts elements at these places, and the frame of this document at a place in its parent. */
function placeAll(frame?: { box: DOMRect; offsetWidth: number; offsetHeight: number }) {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(10, 20, 100, 100));
  vi.spyOn(Element.prototype, 'getClientRects').mockReturnValue([new DOMRect(10, 20, 100, 100)] as never);
  if (!frame) return;
  const top = { getComputedStyle: () => ({ paddingLeft: '3px', paddingTop: '4px' }) };
  vi.stubGlobal('parent', Object.assign(top, { parent: top }));
  const { box, ...sizes } = frame;
  vi.stubGlobal('frameElement', {
    ...sizes,
    clientLeft: 1,
    clientTop: 1,
    getBoundingClientRect: () => box,
  });
}
const areas = () => findImageAreas(textKey(SOURCE), null).areas;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('the places of an image', () => {
  it('are those of all elements that show it', () => {
    document.body.innerHTML = `<img src="${SOURCE}"><img src="https://example.in/other.png"><img src="${SOURCE}">`;
    placeAll();
    expect(areas()).toEqual(Array(2).fill({ x: 10, y: 20, width: 100, height: 100 }));
  });

  it('consider the place of the frame', () => {
    document.body.innerHTML = `<img src="${SOURCE}">`;
    placeAll({ box: new DOMRect(200, 300, 400, 400), offsetWidth: 400, offsetHeight: 400 });
    expect(areas()).toEqual([{ x: 214, y: 325, width: 100, height: 100 }]);
  });

  it('are not known in a frame that its page shows smaller or turned', () => {
    document.body.innerHTML = `<img src="${SOURCE}">`;
    placeAll({ box: new DOMRect(200, 300, 200, 200), offsetWidth: 400, offsetHeight: 400 });
    expect(areas()).toBeUndefined();
  });

  it('are found beside an SVG image with an address that is none', () => {
    document.body.innerHTML = `<svg><image href="https://["></image></svg><img src="${SOURCE}">`;
    placeAll();
    expect(areas()).toHaveLength(1);
  });
});
