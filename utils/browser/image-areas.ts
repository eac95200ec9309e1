/** A rectangle in CSS pixels of the page's visible part. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What one frame of a page knows of an image in it. */
export interface ImageAreas {
  /** Of the frame's window. */
  viewport: { width: number; height: number; scale: number; left: number; top: number };
  /** The places of the image; absent if the frame does not know its own place, because another site is around it. */
  areas?: Area[];
  /** The image's own pixels (a PNG as a `data:` URL); absent if it can't be read, for example if another site serves it. */
  ownPixels?: string;
  /** The places of the child frames with the address that was asked for. */
  frames: Area[];
}

/**
 * Finds an image by the key of its address, and child frames by the key of theirs. The browser injects this function into a
 * frame without the rest of the extension, so it must not refer to anything outside itself.
 */
export function findImageAreas(imageKey: string | null, frameKey: string | null): ImageAreas {
  const MAX_SIDE = 2048;

  function keyOf(text: string): string {
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return `${text.length}:${hash >>> 0}`;
  }

  /** All elements, with those in open shadow trees. */
  function elementsIn(root: Document | ShadowRoot): Element[] {
    const elements = [...root.querySelectorAll('*')];
    return elements.flatMap((element) =>
      element.shadowRoot ? [element, ...elementsIn(element.shadowRoot)] : [element],
    );
  }

  function addressesOf(element: Element): string[] {
    if (element instanceof HTMLImageElement) return [element.currentSrc, element.src];
    if (element instanceof HTMLVideoElement) return [element.currentSrc, element.src, element.poster];
    if (element instanceof HTMLInputElement && element.type === 'image') return [element.src];
    if (element instanceof SVGImageElement)
      return URL.canParse(element.href.baseVal, document.baseURI)
        ? [new URL(element.href.baseVal, document.baseURI).href]
        : [];
    return [];
  }

  /** The place of this frame's content in the top frame; `undefined` if another site is in between, or CSS transforms a frame. */
  function offsetOfFrame(): { x: number; y: number } | undefined {
    let [x, y] = [0, 0];
    try {
      for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
        const element = frame.frameElement as HTMLElement | null;
        if (!element) return undefined;
        const box = element.getBoundingClientRect();
        const isTransformed =
          Math.abs(box.width - element.offsetWidth) > 1 || Math.abs(box.height - element.offsetHeight) > 1;
        if (isTransformed) return undefined;
        const style = (frame.parent as Window & typeof globalThis).getComputedStyle(element);
        x += box.x + element.clientLeft + Number.parseFloat(style.paddingLeft);
        y += box.y + element.clientTop + Number.parseFloat(style.paddingTop);
      }
      return { x, y };
    } catch {
      return undefined;
    }
  }

  function pixelsOf(element: Element): string | undefined {
    if (!(element instanceof HTMLImageElement || element instanceof HTMLVideoElement)) return undefined;
    const width = element instanceof HTMLImageElement ? element.naturalWidth : element.videoWidth;
    const height = element instanceof HTMLImageElement ? element.naturalHeight : element.videoHeight;
    if (width === 0 || height === 0) return undefined;
    const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    try {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(element, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL();
    } catch {
      return undefined;
    }
  }

  const offset = offsetOfFrame();
  const placeOf = (element: Element, at: { x: number; y: number }): Area => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + at.x, y: y + at.y, width, height };
  };
  const elements = elementsIn(document);
  const isVisible = (element: Element) => element.getClientRects().length > 0;
  const images =
    imageKey === null
      ? []
      : elements.filter((element) => addressesOf(element).some((address) => keyOf(address) === imageKey));
  const frames =
    frameKey === null
      ? []
      : elements.filter((element) => element instanceof HTMLIFrameElement && keyOf(element.src) === frameKey);
  const { visualViewport } = window;
  const ownPixels = images.map(pixelsOf).find((pixels) => pixels !== undefined);
  return {
    viewport: {
      width: innerWidth,
      height: innerHeight,
      scale: visualViewport?.scale ?? 1,
      left: visualViewport?.offsetLeft ?? 0,
      top: visualViewport?.offsetTop ?? 0,
    },
    ...(offset ? { areas: images.filter(isVisible).map((image) => placeOf(image, offset)) } : {}),
    ...(ownPixels === undefined ? {} : { ownPixels }),
    frames: frames.filter(isVisible).map((frame) => placeOf(frame, offset ?? { x: 0, y: 0 })),
  };
}
