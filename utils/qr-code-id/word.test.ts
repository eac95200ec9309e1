import fc from 'fast-check';
import { expect, it } from 'vitest';
import { otherThing } from './known-forms.ts';
import { isKnownNonId } from './non-id-patterns.ts';
import { isStrongId } from './word.ts';

it('a strong ID is never a tax number, a date or the ID of another thing', () => {
  const word = fc.oneof(
    fc.stringMatching(/^[GHLQWXYZ][A-Z0-9]{5,20}$/),
    fc.stringMatching(/^[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]$/),
    fc.stringMatching(/^[A-Z]{4}0[A-Z\d]{6}$/),
  );
  fc.assert(
    fc.property(word, (text) => {
      const isOther = isKnownNonId(text) || otherThing(text) !== undefined || !/\d/.test(text);
      expect(isStrongId(text)).toBe(!isOther);
    }),
    { numRuns: 5_000 },
  );
});
