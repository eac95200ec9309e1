import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { HOST_NAMES } from './environment.ts';

const DAY_MS = 86_400_000;

/** A certificate for both gateway host names, `localhost` and 127.0.0.1, and its private key. */
export interface CertifiedKey {
  pem: string;
  privateKeyPem: string;
  /** Base64 SHA-256 of the public key's DER, for Chromium's `--ignore-certificate-errors-spki-list`. */
  spkiHash: string;
}

/** Makes a new self-signed certificate, valid from yesterday for thirty days. */
export async function createCertificate(): Promise<CertifiedKey> {
  const now = Date.now();
  const made = await generate([{ name: 'commonName', value: 'EnKash sandbox' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + 30 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: HOST_NAMES.UAT },
          { type: 2, value: HOST_NAMES.LIVE },
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const spki = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    pem: made.cert,
    privateKeyPem: made.private,
    spkiHash: createHash('sha256').update(spki).digest('base64'),
  };
}
