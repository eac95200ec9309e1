import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capText, MAX_TEXT_LENGTH, openEnvelope, readErrorBody } from './envelope.ts';

const envelope = (change: object) =>
  JSON.stringify({ response_code: 0, response_message: 'OK', payload: {}, ...change });

describe('A9 the code decides', () => {
  it('only 0 is success', () => {
    expect(openEnvelope(envelope({}))).toEqual({ kind: 'success', message: 'OK', payload: {} });
    expect(openEnvelope(envelope({ response_code: 512, response_message: 'No' }))).toEqual({
      kind: 'rejected',
      code: 512,
      message: 'No',
    });
    expect(openEnvelope(envelope({ response_code: -1 }))).toMatchObject({ kind: 'rejected', code: -1 });
  });

  it('117 is a refused token, with its payload for a message', () => {
    const text = envelope({ response_code: 117, response_message: '', payload: 'Token is invalid.' });
    expect(openEnvelope(text)).toEqual({ kind: 'token-refused', code: 117, message: 'Token is invalid.' });
  });
});

describe('A11 an answer that is no envelope', () => {
  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['<html><body>Bad gateway</body></html>', 'not-json'],
    ['{"response_code":0,"payl', 'not-json'],
    ['null', 'wrong-shape'],
    ['[]', 'wrong-shape'],
    ['"OK"', 'wrong-shape'],
    ['0', 'wrong-shape'],
    ['{}', 'wrong-shape'],
    ['{"response_code":"0"}', 'wrong-shape'],
    ['{"response_code":null}', 'wrong-shape'],
    ['{"response_code":0.5}', 'wrong-shape'],
    ['{"response_code":1e400}', 'wrong-shape'],
  ])('%j is unreadable: %s', (text, reason) => {
    expect(openEnvelope(text)).toEqual({ kind: 'unreadable', reason });
  });

  it('is never taken for success, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const opened = openEnvelope(text);
        if (opened.kind === 'success') expect(JSON.parse(text)).toMatchObject({ response_code: 0 });
      }),
    );
  });
});

describe('A17 a message of another type', () => {
  it.each([null, 5, ['x'], { a: 1 }])('%j is left out', (response_message) => {
    expect(openEnvelope(envelope({ response_message }))).toMatchObject({ kind: 'success', message: '' });
  });
});

describe('A16 a text of 100 kB', () => {
  it('is capped and says how much more there was', () => {
    const message = capText('x'.repeat(100_000));
    expect(message).toBe(
      `${'x'.repeat(MAX_TEXT_LENGTH)}… +${(100_000 - MAX_TEXT_LENGTH).toLocaleString('en-IN')}`,
    );
    expect(openEnvelope(envelope({ response_message: 'x'.repeat(100_000) }))).toMatchObject({ message });
    expect(readErrorBody(JSON.stringify({ message: 'x'.repeat(100_000) })).message).toBe(message);
  });

  it('is not cut within a character', () => {
    expect(capText(`x${'😀'.repeat(1_000)}`).isWellFormed()).toBe(true);
  });

  it('of the allowed length stays as it is', () => {
    expect(capText('x'.repeat(MAX_TEXT_LENGTH))).toBe('x'.repeat(MAX_TEXT_LENGTH));
  });
});

describe('an HTTP error', () => {
  it.each([
    ['{"response_code":512,"response_message":"A"}', 512, 'A'],
    ['{"resultMessage":"B"}', null, 'B'],
    ['{"message":"C"}', null, 'C'],
    ['{"response_message":"","message":"C"}', null, 'C'],
    ['{"response_code":"5","message":7,"resultMessage":"B"}', null, 'B'],
    ['{}', null, ''],
    ['', null, ''],
    ['<html>Bad gateway</html>', null, ''],
    ['upstream connect error', null, 'upstream connect error'],
    ['{"message":"cut o', null, '{"message":"cut o'],
    ['null', null, 'null'],
    ['[]', null, ''],
  ])('%j is read as code %j and message %j', (text, code, message) => {
    expect(readErrorBody(text)).toEqual({ code, message });
  });
});
