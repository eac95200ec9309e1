import { dialectNames } from './dialect-list.ts';
import { ENVIRONMENTS, HOST_NAMES } from './environment.ts';
import type { Sandbox } from './server.ts';

/** The instructions printed when the sandbox starts: its address, the keys, and commands to copy. */
export function usageText(sandbox: Sandbox): string {
  const base = `https://localhost:${sandbox.port}`;
  const { UAT: uat } = sandbox.merchants;
  const active = sandbox.qrCodes.all('UAT').filter((code) => code.status === 'ACTIVE');
  const [first, second] = active.map(({ qrCodeId }) => qrCodeId);
  const keys = ENVIRONMENTS.map((environment) => {
    const merchant = sandbox.merchants[environment];
    return `  ${environment}: ${merchant.name}  (${HOST_NAMES[environment]})
    access key         ${merchant.accessKey}
    secret key         ${merchant.secretKey}
    ready-made token   ${merchant.readyMadeToken}`;
  });
  return `EnKash sandbox on ${base}  (HTTP/2 and HTTP/1.1, self-signed certificate)
Demo page: ${base}/demo
Pages with pictures: ${base}/pictures/three, with ?code=ID, ?text=TEXT or ?other=forged

Keys, none of them real. The host name tells the environment; localhost is UAT.
${keys.join('\n')}

Get a token and keep it:
  TOKEN=$(curl -sk ${base}/api/v0/merchant/token -H 'Content-Type: application/json' \\
    -d '{"accessKey":"${uat.accessKey}","secretKey":"${uat.secretKey}"}' \\
    | sed 's/.*"token":"\\([^"]*\\)".*/\\1/'); echo "$TOKEN"

Read a QR code:
  curl -skw '\\n' ${base}/api/v0/qr-code/${first} \\
    -H "Authorization: Bearer $TOKEN" -H 'merchantAccessKey: ${uat.accessKey}'

Cancel it:
  curl -skw '\\n' -X PATCH ${base}/api/v0/qr-code/${first}/cancel -d '{}' -H 'Content-Type: application/json' \\
    -H "Authorization: Bearer $TOKEN" -H 'merchantAccessKey: ${uat.accessKey}'

Search:
  curl -skw '\\n' '${base}/api/v0/qr-code/search?offset=0&limit=3' -d '{"status":"CANCELLED"}' \\
    -H 'Content-Type: application/json' \\
    -H "Authorization: Bearer $TOKEN" -H 'merchantAccessKey: ${uat.accessKey}'

Create one:
  curl -skw '\\n' ${base}/api/v0/qr-code -H 'Content-Type: application/json' \\
    -d '{"qrName":"Counter 9","multipleUse":true,"fixedAmount":true,"amount":250}' \\
    -H "Authorization: Bearer $TOKEN" -H 'merchantAccessKey: ${uat.accessKey}'

${faultUsage(sandbox, base, second)}`;
}

/** The part about faults, the log and dialects. */
function faultUsage(sandbox: Sandbox, base: string, qrCodeId: string | undefined): string {
  return `Let the next cancel be carried out and its answer get lost, then try it:
  curl -sk ${base}/__sandbox/faults -d '{"on":"cancel","times":1,"applyEffect":true,"answer":{"kind":"drop"}}'
  curl -sk -X PATCH ${base}/api/v0/qr-code/${qrCodeId}/cancel -d '{}' -H 'Content-Type: application/json' \\
    -H "Authorization: Bearer $TOKEN"; echo "curl: $?"

See what was sent; list the QR codes; switch faults off; start afresh:
  curl -sk ${base}/__sandbox/requests
  curl -sk ${base}/__sandbox/qr-codes
  curl -sk -X DELETE ${base}/__sandbox/faults
  curl -sk -X POST ${base}/__sandbox/reset

Let the gateway, or what stands before it, behave in another way for as long as a dialect is on:
  npm run sandbox -- --dialect carried-out-then-404 --dialect proxy-404-html:on=get+search,after=3
  curl -sk ${base}/__sandbox/dialects -d '{"name":"proxy-404-html","on":["get","search"],"after":3}'
  curl -sk -X DELETE ${base}/__sandbox/dialects
On now: ${dialectsOn(sandbox)}
All, described by --dialect list:
${dialectNames()}

For LIVE, add -H 'Host: ${HOST_NAMES.LIVE}' and use its keys.
`;
}

function dialectsOn(sandbox: Sandbox): string {
  return (
    sandbox.dialects
      .list()
      .map(({ name }) => name)
      .join(', ') || 'none'
  );
}
