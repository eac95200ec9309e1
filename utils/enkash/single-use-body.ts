/** A body that can be sent once. `wasConsumed` is true once the browser has read it, just before the send. */
export interface SingleUseBody {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  wasConsumed(): boolean;
}

let hasStreamSupport: boolean | undefined;

/**
 * A request body that can be sent only once; `undefined` if the browser does not support stream bodies (Firefox).
 *
 * Browsers silently resend a request, even a POST, if a reused connection dies without an answer (measured: Chromium
 * over HTTP/1.1 and HTTP/2, Firefox over HTTP/1.1). A stream can't be read twice, so such a request fails instead.
 * Chromium sends streams only over HTTP/2 and HTTP/3. Over HTTP/1.1 the request fails unsent, and the body is never
 * consumed.
 */
export function createSingleUseBody(text: string): SingleUseBody | undefined {
  hasStreamSupport ??= supportsRequestStreams();
  if (!hasStreamSupport) return undefined;
  let isConsumed = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        isConsumed = true;
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    },
    // The browser must not read the body before the send.
    { highWaterMark: 0 },
  );
  return { body, wasConsumed: () => isConsumed };
}

/** A browser without support converts the stream to text, sets a content type, and never reads `duplex`. */
function supportsRequestStreams(): boolean {
  let readDuplex = false;
  const { headers } = new Request('https://localhost/', {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      readDuplex = true;
      return 'half';
    },
  } as RequestInit);
  return readDuplex && !headers.has('content-type');
}
