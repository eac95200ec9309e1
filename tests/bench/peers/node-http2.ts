import { type ClientHttp2Session, connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import { serve } from '../helper.ts';
import { assertCancelled, type CancelRequest, cancelPath, forEachId } from './cancel-request.ts';

const duties = {
  /** Cancels over one HTTP/2 connection with this number of simultaneous streams. */
  async cancelAll({
    request,
    ids,
    atOnce,
  }: {
    request: CancelRequest;
    ids: string[];
    atOnce: number;
  }): Promise<void> {
    const { host, port, certificate } = request;
    const session = connect(`https://127.0.0.1:${port}`, { ca: certificate, servername: host });
    await forEachId(ids, atOnce, (id) => cancel(session, request, id));
    await new Promise<void>((resolve) => session.close(resolve));
  },
};

export type PeerDuties = typeof duties;

serve(duties);

async function cancel(
  session: ClientHttp2Session,
  { host, headers, body }: CancelRequest,
  id: string,
): Promise<void> {
  const stream = session.request({
    ':method': 'PATCH',
    ':path': cancelPath(id),
    ':authority': host,
    ...headers,
  });
  stream.end(body);
  assertCancelled(await text(stream));
}
