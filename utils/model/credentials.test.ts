import { describe, expect, it } from 'vitest';
import { type Credentials, mergeCredentials } from './credentials.ts';

const SECRET: Credentials = { authMethod: 'secret-key', accessKey: 'AK', secretKey: 'SK' };
const TOKEN: Credentials = { authMethod: 'authorization-token', accessKey: 'AK', authorizationToken: 'TK' };

describe('keys merged from typed and saved values', () => {
  it.each([
    [
      'all typed',
      { authMethod: 'secret-key', accessKey: 'A', secret: 'S' },
      undefined,
      { authMethod: 'secret-key', accessKey: 'A', secretKey: 'S' },
    ],
    [
      'a token typed',
      { authMethod: 'authorization-token', accessKey: 'A', secret: 'T' },
      undefined,
      { authMethod: 'authorization-token', accessKey: 'A', authorizationToken: 'T' },
    ],
    ['nothing typed', { authMethod: 'secret-key', accessKey: '', secret: '' }, SECRET, SECRET],
    [
      'nothing typed for a token',
      { authMethod: 'authorization-token', accessKey: '', secret: '' },
      TOKEN,
      TOKEN,
    ],
    [
      'a new secret only',
      { authMethod: 'secret-key', accessKey: '', secret: 'S2' },
      SECRET,
      { ...SECRET, secretKey: 'S2' },
    ],
    [
      'a new access key only',
      { authMethod: 'secret-key', accessKey: 'A2', secret: '' },
      SECRET,
      { ...SECRET, accessKey: 'A2' },
    ],
    [
      'another way to sign in',
      { authMethod: 'authorization-token', accessKey: '', secret: 'T' },
      SECRET,
      { ...TOKEN, authorizationToken: 'T' },
    ],
  ] as const)('are complete with %s', (_, typed, saved, keys) => {
    expect(mergeCredentials(typed, saved)).toEqual(keys);
  });

  it.each([
    ['no access key', { authMethod: 'secret-key', accessKey: '', secret: 'S' }, undefined],
    ['no secret', { authMethod: 'secret-key', accessKey: 'A', secret: '' }, undefined],
    [
      'a secret key instead of a token',
      { authMethod: 'authorization-token', accessKey: '', secret: '' },
      SECRET,
    ],
    ['a token instead of a secret key', { authMethod: 'secret-key', accessKey: '', secret: '' }, TOKEN],
  ] as const)('are incomplete with %s', (_, typed, saved) => {
    expect(mergeCredentials(typed, saved)).toBeUndefined();
  });
});
