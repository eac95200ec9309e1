import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { NotMeasurable } from '../bench.ts';
import { type CancelRequest, cancelPath } from './cancel-request.ts';

/** The placeholder of the id, because xargs' usual `{}` is the body of the request. */
const ID = 'QR_CODE_ID';

/** Throws if this machine lacks one of the two programs. */
export function requireXargsAndCurl(): void {
  for (const program of ['xargs', 'curl'])
    if (spawnSync(program, ['--version']).error) throw new NotMeasurable(`${program} is not installed`);
}

/** Cancels with a shell: `xargs -P6 curl`, one curl a code. Rejects if one fails. */
export async function cancelWithCurl(
  request: CancelRequest,
  ids: readonly string[],
  atOnce: number,
): Promise<void> {
  const { host, port, headers, body } = request;
  const curl = [
    ...['curl', '--silent', '--show-error', '--fail', '--output', '/dev/null', '--request', 'PATCH'],
    // The certificate is the sandbox's own, and new for each run.
    ...['--insecure', '--connect-to', `${host}:443:127.0.0.1:${port}`, '--data', body],
    ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    `https://${host}${cancelPath(ID)}`,
  ];
  const xargs = spawn('xargs', [`-P${atOnce}`, '-I', ID, ...curl], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  xargs.stdin.end(`${ids.join('\n')}\n`);
  const [code] = await once(xargs, 'exit');
  if (code !== 0) throw new Error(`xargs ended with ${code}`);
}
