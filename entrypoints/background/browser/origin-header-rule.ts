import { browser } from 'wxt/browser';
import { GATEWAY_ORIGINS } from '../../../utils/enkash/hosts.ts';
import { runOnce } from '../../../utils/lib/run-once.ts';

const RULE_ID = 1;

/**
 * Removes the `Origin` header from our own requests to the two gateways. Browsers add it to PATCH and POST requests of a
 * worker, and the gateway refuses an unknown origin. Resolves once the rule is in force; no request may be sent earlier.
 */
export const ensureOriginRule = runOnce(apply);

async function apply(): Promise<void> {
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [RULE_ID],
    addRules: [
      {
        id: RULE_ID,
        action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
        condition: {
          // Not a constant: in Firefox every installation has its own host.
          initiatorDomains: [new URL(browser.runtime.getURL('/')).hostname],
          requestDomains: Object.values(GATEWAY_ORIGINS).map((origin) => new URL(origin).hostname),
          resourceTypes: ['xmlhttprequest', 'other'],
        },
      },
    ],
  });
}
