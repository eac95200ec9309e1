import { browser } from 'wxt/browser';
import { GATEWAY_ORIGINS } from '../../../utils/enkash/hosts.ts';

const RULE_ID = 1;
let applied: Promise<void> | undefined;

/**
 * Sees to it that our requests bear no `Origin`: browsers add one to PATCH and POST from a worker, and the
 * gateway refuses any it does not know. Holds for our own requests to the two gateways and nothing else.
 * Settled once the rule is in force; no request may leave before.
 */
export function ensureOriginRule(): Promise<void> {
  applied ??= apply().catch((error) => {
    applied = undefined;
    throw error;
  });
  return applied;
}

async function apply(): Promise<void> {
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [RULE_ID],
    addRules: [
      {
        id: RULE_ID,
        action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
        condition: {
          // Firefox has a host of its own for every installation, so it can't be told beforehand.
          initiatorDomains: [new URL(browser.runtime.getURL('/')).hostname],
          requestDomains: Object.values(GATEWAY_ORIGINS).map((origin) => new URL(origin).hostname),
          resourceTypes: ['xmlhttprequest', 'other'],
        },
      },
    ],
  });
}
