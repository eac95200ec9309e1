import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';

let kit: ServiceFixture;

beforeAll(async () => {
  // With the fast clock, a slow answer would time out on a busy machine.
  kit = await createServiceFixture(1);
});
beforeEach(() => kit.reset());
afterAll(() => kit.close());

describe('a token that arrives after its keys were locked', () => {
  it('is dropped, and its call is not sent', async () => {
    kit.sandbox.faults.add({ on: 'token', answer: { kind: 'slow', ms: 200 } });
    const call = kit.client.cancelQrCode(kit.account, kit.activeId());
    await kit.sandbox.requests.waitFor('token', 1, 10_000);
    kit.lock();
    expect(await call).toEqual({ kind: 'not-sent', reason: 'locked' });
    expect(kit.patches()).toEqual([]);
    expect(await kit.remembered()).toEqual({});
  });

  it('is dropped if it replaces a refused one, and the call stays refused', async () => {
    await kit.client.getQrCode(kit.account, kit.activeId());
    const before = await kit.remembered();
    kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'token-stale' } });
    kit.sandbox.faults.add({ on: 'token', answer: { kind: 'slow', ms: 200 } });
    const call = kit.client.cancelQrCode(kit.account, kit.activeId());
    await kit.sandbox.requests.waitFor('token', 2, 10_000);
    kit.lock();
    expect(await call).toMatchObject({ kind: 'unauthorized' });
    expect(kit.patches()).toHaveLength(1);
    expect(await kit.remembered()).toEqual(before);
  });
});

describe('a token that arrives after its keys were replaced', () => {
  async function replaceDuringSignIn(replace: () => void) {
    kit.sandbox.faults.add({ on: 'token', times: 1, answer: { kind: 'slow', ms: 200 } });
    const call = kit.client.getQrCode(kit.account, kit.activeId());
    await kit.sandbox.requests.waitFor('token', 1, 10_000);
    replace();
    await call;
    return kit.sandbox.requests.of('get').map(({ headers }) => headers);
  }

  it('is dropped, and the new keys sign in, which the gateway refuses in this environment', async () => {
    const sent = await replaceDuringSignIn(() => kit.setKeys(kit.secretKeysOf('LIVE')));
    expect(sent).toEqual([]);
    expect(kit.sandbox.requests.of('token')).toHaveLength(2);
    expect(await kit.remembered()).toEqual({});
  });

  it('is dropped in favour of a new authorization token', async () => {
    const { accessKey } = kit.sandbox.merchants.UAT;
    const authorizationToken = kit.sandbox.merchants.UAT.readyMadeToken;
    const sent = await replaceDuringSignIn(() =>
      kit.setKeys({ authMethod: 'authorization-token', accessKey, authorizationToken }),
    );
    expect(sent).toMatchObject([{ authorization: `Bearer ${authorizationToken}` }]);
    expect(await kit.remembered()).toEqual({});
  });
});
