import type { GatewayFailure } from '../enkash/errors.ts';
import type { AttemptSubject } from '../journal/attempt.ts';

/** What a read says of one code of a list, in short. The status is as it came, empty where none did. */
export type BriefRead = ({ kind: 'status'; status: string } & AttemptSubject) | GatewayFailure;
