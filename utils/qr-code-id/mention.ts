import type { Span } from './exclusions.ts';
import type { IdProblem } from './id.ts';
import type { IdNote, LeftOutReason } from './reading.ts';
import type { Strength } from './word.ts';

/** The reading of a word in the context of its line. */
export type Mention = { line: number } & (
  | {
      kind: 'id';
      qrCodeId: string;
      strength: Strength;
      note?: IdNote;
      cut?: true;
      /** Whether the line has words without digits. */
      inSentence: boolean;
      /** Whether the line has no other word. */
      alone: boolean;
      labelled: boolean;
    }
  | { kind: 'refused'; text: string; problem: IdProblem; surely: boolean }
  | { kind: 'left-out'; text: string; isId: boolean; reason: LeftOutReason }
);

/** A mention with the position of its word in the line. */
export type PlacedMention = Mention & { span?: Span };
