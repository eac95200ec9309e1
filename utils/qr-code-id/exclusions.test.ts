import { describe, expect, it } from 'vitest';
import { inFull } from '../../tests/support/list-case.ts';
import { parseInput } from './parse-entry.ts';
import { readList } from './read-list.ts';

/** The IDs in the list, the excluded ones, and those in the list with a note of doubt. */
function read(text: string) {
  const list = readList({ text: inFull(text) });
  const excluded = list.leftOut.filter(({ reason }) => reason.code === 'excluded').map((each) => each.text);
  const doubtful = (list.ok ? list.lines : []).flatMap((line) =>
    line.kind === 'valid' && line.note?.code === 'may-be-kept' ? [line.qrCodeId] : [],
  );
  return {
    ids: list.ok ? list.ids.join(' ') : '',
    excluded: excluded.join(' '),
    doubtful: doubtful.join(' '),
  };
}

describe('A64 an ID that the text says not to cancel', () => {
  it.each([
    ['SQL', "SELECT id FROM qr WHERE id NOT IN ('J1', 'J2')", '', 'J1 J2'],
    ['SQL with a second condition', "id NOT IN ('J1', 'J2') AND id IN ('J3')", 'J3', 'J1 J2'],
    ['SQL over lines', "WHERE id NOT IN (\n 'J1',\n 'J2'\n)\nAND id IN ('J3')", 'J3', 'J1 J2'],
    ['SQL closed after an ID', 'id NOT IN (\nJ1,\nJ2)\nJ3', 'J3', 'J1 J2'],
    ['but not', 'Cancel J1 and J2 but not J3', 'J1 J2', 'J3'],
    ['but not in a line of its own', 'J1 and J2\nbut not\nJ3', 'J1 J2', 'J3'],
    ['a comma and not', 'J1, not J2', 'J1', 'J2'],
    ['except', 'Cancel J1 and J2, except J3', 'J1 J2', 'J3'],
    ['all except', 'Cancel all except J1 and J2.', '', 'J1 J2'],
    ['all but', 'Please cancel all but J1', '', 'J1'],
    ['other than', 'Cancel all QR codes other than J1', '', 'J1'],
    ['a heading', 'Cancel:\nJ1\nExcept:\nJ2', 'J1', 'J2'],
    ['a sentence above', 'Cancel everything except these:\nJ1\nJ2\n\nAlso cancel\nJ3', 'J3', 'J1 J2'],
    ['already cancelled above', 'Cancelled already:\nJ1\nJ2\nTo cancel:\nJ3', 'J3', 'J1 J2'],
    ['already cancelled before', 'Already cancelled: J1, J2', '', 'J1 J2'],
    ['a label', 'do not cancel: J1, J2 and J3', '', 'J1 J2 J3'],
    ['an order', 'Please cancel J1. Do not cancel J2.', 'J1', 'J2'],
    ['a short form', 'Don’t cancel J1', '', 'J1'],
    ['an abbreviation with a full stop', 'Do not cancel ID no. J1', '', 'J1'],
    ['an order after the ID', 'J1 (do not cancel)\nJ2', 'J2', 'J1'],
    ['in the passive', 'J1 should not be cancelled', '', 'J1'],
    ['not to be', 'J1 is not to be cancelled', '', 'J1'],
    ['a remark in a table', 'QR Code ID,Remark\nJ1,do not cancel\nJ2,cancel', 'J2', 'J1'],
    ['a remark in the cell', 'QR Code ID,Name\nJ1 (do not cancel),Gate 1\nJ2,Gate 2', 'J2', 'J1'],
    ['a heading within a table', 'QR Code ID\nJ1\nExcept:\nJ2', 'J1', 'J2'],
    ['Hindi', 'J1 को रद्द मत करें, J2 को रद्द करें', 'J2', 'J1'],
    ['several in Hindi', 'J1, J2 और J3 को रद्द न करें', '', 'J1 J2 J3'],
    ['a Hindi heading', 'इन्हें रद्द न करें:\nJ1\nरद्द करें:\nJ2', 'J2', 'J1'],
    ['Hindi for except', 'J1 को छोड़कर सभी', '', 'J1'],
    ['Hindi for already', 'पहले ही रद्द: J1', '', 'J1'],
    ['Hindi in Latin letters', 'J1 ko cancel mat karo', '', 'J1'],
    ['Marathi', 'J1 रद्द करू नका\nJ2 वगळता', '', 'J1 J2'],
    ['Tamil', 'J1-ஐ ரத்து செய்ய வேண்டாம்\nJ2 தவிர', '', 'J1 J2'],
    ['Telugu', 'J1 రద్దు చేయవద్దు\nJ2 తప్ప', '', 'J1 J2'],
    ['Bengali', 'J1 বাতিল করবেন না\nJ2 ছাড়া', '', 'J1 J2'],
    ['Gujarati', 'J1 રદ કરશો નહીં\nJ2 સિવાય', '', 'J1 J2'],
    ['Kannada', 'J1 ರದ್ದು ಮಾಡಬೇಡಿ\nJ2 ಹೊರತುಪಡಿಸಿ', '', 'J1 J2'],
  ])('is left out and reported: %s', (_, text, ids, excluded) => {
    expect(read(text)).toEqual({ ids: inFull(ids), excluded: inFull(excluded), doubtful: '' });
  });

  it.each([
    ['a fact', 'J1 was not cancelled, please cancel it', 'J1'],
    ['a failed attempt', 'Could not cancel J1', 'J1'],
    ['a state that may change', 'J1 not cancelled yet', 'J1'],
    ['a fact in Hindi', 'J1 रद्द नहीं हुआ, कृपया रद्द करें', 'J1'],
    ['a negation of another verb', 'Do not forget to cancel J1', 'J1'],
    ['another clause', 'Please don’t delay, cancel J1', 'J1'],
    ['an exception without an ID', 'Cancel J1 except on Sunday', 'J1'],
    ['but with an order', 'Do it now but cancel J1', 'J1'],
    ['a name', 'Mat: J1', 'J1'],
  ])('is not assumed because of %s', (_, text, ids) => {
    expect(read(text)).toEqual({ ids: inFull(ids), excluded: '', doubtful: '' });
  });

  it.each([
    ['Cancel J1, keep J2', 'J1 J2', 'J2'],
    ['Not J1, but J2 please.', 'J1 J2', 'J1'],
    ['J1 - keep\nJ2', 'J1 J2', 'J1'],
  ])('is taken with a note if the words are ambiguous: %s', (text, ids, doubtful) => {
    expect(read(text)).toEqual({ ids: inFull(ids), excluded: '', doubtful: inFull(doubtful) });
  });

  it('is taken if the operator includes it', () => {
    const [text, id] = [inFull('Do not cancel J1'), inFull('J1')];
    expect(readList({ text }, { take: new Set([id]) })).toMatchObject({ ok: true, ids: [id] });
  });

  it('is offered with the reason in a field or a selection', () => {
    expect(parseInput(inFull('Do not cancel J1'))).toEqual({
      kind: 'none',
      problem: { code: 'no-id' },
      offered: [
        { line: 1, text: inFull('J1'), isId: true, reason: { code: 'excluded', text: 'Do not cancel' } },
      ],
    });
  });
});
