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
    ['a numbered list', 'Do not cancel these codes:\n1. J1\n2. J2', '', 'J1 J2'],
    [
      'bullets with remarks',
      'Do not cancel these:\n- J1 (Gate 1)\n- J2 Gate 2\nThen cancel J3.',
      'J3',
      'J1 J2',
    ],
    ['names before IDs', 'Do not cancel these:\nGate 1: J1\nGate 2: J2\nPlease cancel: J3', 'J3', 'J1 J2'],
    ['names in one line', 'Do not cancel J1 (Gate 1), J2 (Gate 2)', '', 'J1 J2'],
    ['a list to keep with names', 'Keep:\nJ1 Gate 1\nJ2 Gate 2\nCancel:\nJ3 Gate 3', 'J3', 'J1 J2'],
    [
      'cancelled already, with names',
      'Already cancelled:\nJ1 Gate 1\nJ2 Gate 2\nTo cancel:\nJ3',
      'J3',
      'J1 J2',
    ],
    ['the end of a list to keep', 'Except:\nJ1\nPlease cancel J2\nJ3', 'J2 J3', 'J1'],
    ['a reference', 'Cancel all except those listed below\nJ1\nJ2', '', 'J1 J2'],
    ['named above', 'J1\nJ2\nJ3\nexcept J2', 'J1 J3', 'J2'],
    ['named before', 'Cancel J1, J2, J3 (except J2)', 'J1 J3', 'J2'],
    ['named in two rows', 'QR Code ID,Remark\nJ1,ok\nJ2,ok\nJ1,do not cancel', 'J2', 'J1'],
    ['short forms', "J1 shouldn't be cancelled\nJ2 mustn’t be cancelled\nWon't cancel J3", '', 'J1 J2 J3'],
    ['no need', 'No need to cancel J1\nJ2 no need to cancel\nJ3', 'J3', 'J1 J2'],
    ['skip and ignore', 'Cancel J3, skip J1\nIgnore J2', 'J3', 'J1 J2'],
    ['do not touch', 'Do not touch J1\nJ2', 'J2', 'J1'],
    ['another condition of SQL', "id <> 'J1' AND id != 'J2'", '', 'J1 J2'],
    ['two statements', 'J1 must not be deleted, J2 must be deleted', 'J2', 'J1'],
    ['an answer in a table', 'QR Code ID,Cancel?\nJ1,No\nJ2,Yes', 'J2', 'J1'],
    ['an action in a table', 'QR Code ID,Action\nJ1,Keep\nJ2,Cancel', 'J2', 'J1'],
    ['a number in a table', 'QR Code ID,Remark\nN1,do not cancel\nN2,ok\nN3,ok', 'N2 N3', 'N1'],
    ['the passive in Hindi', 'J1 को रद्द नहीं किया जाना चाहिए', '', 'J1'],
    ['a loanword in Hindi', 'J1 को कैंसल न करें', '', 'J1'],
    [
      'more Hindi in Latin letters',
      'J1 ko band mat karna\nJ2 cancel na kare\nJ3 ke alawa sab',
      '',
      'J1 J2 J3',
    ],
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
    ['a heading of a state', 'Codes not cancelled:\nJ1\nJ2', 'J1 J2'],
    ['a state with `yet`', 'Not yet cancelled\nJ1\nJ2', 'J1 J2'],
    ['a condition', 'Please cancel if not already cancelled: J1, J2', 'J1 J2'],
    ['a short condition', 'If not, cancel J1', 'J1'],
    ['a negated property', 'Cancel all not working codes J1, J2', 'J1 J2'],
    ['a double negation', 'Do not skip J1\nDon’t exclude J2', 'J1 J2'],
    ['a sign between IDs', 'J1 != J2', 'J1 J2'],
    ['a serial number', 'Sr. No. 1: J1\nSr. No. 2: J2', 'J1 J2'],
    ['an end of need', 'No need of J1 any more, cancel', 'J1'],
    ['a number with a full stop', 'No. 5: J1\nNo. 6: J2', 'J1 J2'],
    ['a reason in Hindi', 'काम नहीं करता, रद्द करें: J1', 'J1'],
    ['a reason in Hindi without a comma', 'J1 काम नहीं करता रद्द करें', 'J1'],
    ['a reason in Hindi at the end', 'रद्द करें, काम नहीं करता: J1', 'J1'],
    ['a state in Hindi', 'J1 अभी तक रद्द नहीं है', 'J1'],
    ['a missing value', 'QR Code ID,Remark\nJ1,NA - cancel\nJ2,cancel NA', 'J1 J2'],
    ['names of shops', 'QR Code ID,Name\nJ1,Never Stop Gym\nJ2,Don’t Stop Café\nJ3,Skip & Go', 'J1 J2 J3'],
    ['remarks', 'QR Code ID,Remark\nJ1,customer did not pay\nJ2,"not in stock, cancel"', 'J1 J2'],
  ])('is not assumed because of %s', (_, text, ids) => {
    expect(read(text)).toEqual({ ids: inFull(ids), excluded: '', doubtful: '' });
  });

  it.each([
    ['Cancel J1, keep J2', 'J1 J2', 'J2'],
    ['Not J1, but J2 please.', 'J1 J2', 'J1'],
    ['J1 - keep\nJ2', 'J1 J2', 'J1'],
    ['Cancel J1 instead of J2', 'J1 J2', 'J2'],
    ['Cancel J1, without J2', 'J1 J2', 'J2'],
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
