import type { GatewayFailure } from './gateway-result.ts';

/** When the gateway accepts the next call (epoch ms); `undefined` if the call was not rate-limited. */
export function retryAtOf(answer: { kind: string } | GatewayFailure): number | undefined {
  if (!('until' in answer)) return undefined;
  if (answer.kind === 'rate-limited') return answer.until;
  return answer.kind === 'not-sent' && answer.reason === 'rate-limited' ? answer.until : undefined;
}
