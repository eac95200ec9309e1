/** A body for one sending. `wasConsumed` turns true when the browser takes it, just before it leaves. */
export interface SingleUseBody {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  asked(): boolean;
}

let hasStreamSupport: boolean | undefined;

/**
 * A request body that can leave once only; `undefined` where the browser knows no such bodies (Firefox).
 *
 * Browsers send a request again by themselves where a connection that was used before dies without an answer, POST
 * included (measured: Chromium over HTTP/1.1 and HTTP/2, Firefox over HTTP/1.1), and tell nobody. A body that is a
 * stream can't be read twice, so such a request fails instead. Chromium sends it over HTTP/2 and HTTP/3 alone; over
 * HTTP/1.1 it fails without being sent, which shows in the body never having been taken.
 */
export function createSingleUseBody(text: string): SingleUseBody | undefined {
  hasStreamSupport ??= supportsRequestStreams();
  if (!hasStreamSupport) return undefined;
  let wasConsumed = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        wasConsumed = true;
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    },
    // Nothing is taken ahead of the sending itself.
    { highWaterMark: 0 },
  );
  return { body, asked: () => wasConsumed };
}

/** A browser without them makes a text of the stream, gives it a type, and never looks at `duplex`. */
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
