import type { GatewayFailure } from './gateway-result.ts';

/** Until when (epoch ms) the gateway asks to wait with a call; nothing where it does not. */
export function retryAtOf(answer: { kind: string } | GatewayFailure): number | undefined {
  if (!('until' in answer)) return undefined;
  if (answer.kind === 'rate-limited') return answer.until;
  return answer.kind === 'not-sent' && answer.reason === 'rate-limited' ? answer.until : undefined;
}
