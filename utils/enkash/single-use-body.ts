/** A body for one sending. `asked` turns true when the browser takes it, just before it leaves. */
export interface BodyOnce {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  asked(): boolean;
}

let streamed: boolean | undefined;

/**
 * A request body that can leave once only; `undefined` where the browser knows no such bodies (Firefox).
 *
 * Browsers send a request again by themselves where a connection that was used before dies without an answer, POST
 * included (measured: Chromium over HTTP/1.1 and HTTP/2, Firefox over HTTP/1.1), and tell nobody. A body that is a
 * stream can't be read twice, so such a request fails instead. Chromium sends it over HTTP/2 and HTTP/3 alone; over
 * HTTP/1.1 it fails without being sent, which shows in the body never having been taken.
 */
export function createBodyOnce(text: string): BodyOnce | undefined {
  streamed ??= knowsStreams();
  if (!streamed) return undefined;
  let asked = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        asked = true;
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    },
    // Nothing is taken ahead of the sending itself.
    { highWaterMark: 0 },
  );
  return { body, asked: () => asked };
}

/** A browser without them makes a text of the stream, gives it a type, and never looks at `duplex`. */
function knowsStreams(): boolean {
  let looked = false;
  const { headers } = new Request('https://localhost/', {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      looked = true;
      return 'half';
    },
  } as RequestInit);
  return looked && !headers.has('content-type');
}
