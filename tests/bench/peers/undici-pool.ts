import { Pool } from 'undici';
import { serve } from '../helper.ts';
import { assertCancelled, type CancelRequest, cancelPath, forEachId } from './cancel-request.ts';

const duties = {
  /** Cancels over this number of HTTP/1.1 connections. */
  async cancelAll({
    request,
    ids,
    atOnce,
  }: {
    request: CancelRequest;
    ids: string[];
    atOnce: number;
  }): Promise<void> {
    const { host, port, certificate, headers, body } = request;
    const pool = new Pool(`https://127.0.0.1:${port}`, {
      connections: atOnce,
      allowH2: false,
      connect: { ca: certificate, servername: host },
    });
    await forEachId(ids, atOnce, async (id) => {
      const answer = await pool.request({
        method: 'PATCH',
        path: cancelPath(id),
        headers: { ...headers, host },
        body,
      });
      assertCancelled(await answer.body.text());
    });
    await pool.close();
  },
};

export type PeerDuties = typeof duties;

serve(duties);
