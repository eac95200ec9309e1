import { describe, expect, it } from 'vitest';
import { completeKeys, type Keys } from './credentials.ts';

const SECRET: Keys = { signIn: 'secret-key', accessKey: 'AK', secretKey: 'SK' };
const TOKEN: Keys = { signIn: 'authorization-token', accessKey: 'AK', authorizationToken: 'TK' };

describe('keys from what was typed and what was saved', () => {
  it.each([
    [
      'all typed',
      { signIn: 'secret-key', accessKey: 'A', secret: 'S' },
      undefined,
      { signIn: 'secret-key', accessKey: 'A', secretKey: 'S' },
    ],
    [
      'a token typed',
      { signIn: 'authorization-token', accessKey: 'A', secret: 'T' },
      undefined,
      { signIn: 'authorization-token', accessKey: 'A', authorizationToken: 'T' },
    ],
    ['nothing typed', { signIn: 'secret-key', accessKey: '', secret: '' }, SECRET, SECRET],
    ['nothing typed for a token', { signIn: 'authorization-token', accessKey: '', secret: '' }, TOKEN, TOKEN],
    [
      'a new secret only',
      { signIn: 'secret-key', accessKey: '', secret: 'S2' },
      SECRET,
      { ...SECRET, secretKey: 'S2' },
    ],
    [
      'a new access key only',
      { signIn: 'secret-key', accessKey: 'A2', secret: '' },
      SECRET,
      { ...SECRET, accessKey: 'A2' },
    ],
    [
      'another way to sign in',
      { signIn: 'authorization-token', accessKey: '', secret: 'T' },
      SECRET,
      { ...TOKEN, authorizationToken: 'T' },
    ],
  ] as const)('%s', (_, typed, saved, keys) => {
    expect(completeKeys(typed, saved)).toEqual(keys);
  });

  it.each([
    ['no access key', { signIn: 'secret-key', accessKey: '', secret: 'S' }, undefined],
    ['no secret', { signIn: 'secret-key', accessKey: 'A', secret: '' }, undefined],
    [
      'a secret key where a token is wanted',
      { signIn: 'authorization-token', accessKey: '', secret: '' },
      SECRET,
    ],
    ['a token where a secret key is wanted', { signIn: 'secret-key', accessKey: '', secret: '' }, TOKEN],
  ] as const)('%s makes no keys', (_, typed, saved) => {
    expect(completeKeys(typed, saved)).toBeUndefined();
  });
});
