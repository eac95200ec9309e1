import { expect, it } from 'vitest';
import { emptyWorker } from './registered-listeners.ts';

it('an empty worker registers the same listeners as often, and answers messages', () => {
  const script = emptyWorker([
    'chrome.runtime.onConnect',
    'chrome.runtime.onMessage',
    'chrome.alarms.onAlarm',
    'chrome.alarms.onAlarm',
  ]);
  const registered: string[] = [];
  const event = (name: string) => ({ addListener: () => registered.push(name) });
  const answers: unknown[] = [];
  const onMessage = {
    addListener: (
      listener: (message: unknown, sender: unknown, answer: (value: unknown) => void) => void,
    ) => {
      registered.push('onMessage');
      listener({}, {}, (value) => answers.push(value));
    },
  };
  const chrome = {
    runtime: { onConnect: event('onConnect'), onMessage },
    alarms: { onAlarm: event('onAlarm') },
  };
  new Function('chrome', script)(chrome);
  expect(registered.toSorted()).toEqual(['onAlarm', 'onAlarm', 'onConnect', 'onMessage']);
  expect(answers).toEqual([null]);
});

it('a worker without a listener for messages is rejected', () => {
  expect(() => emptyWorker(['chrome.alarms.onAlarm'])).toThrow('cannot answer');
});
