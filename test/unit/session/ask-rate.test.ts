import { afterEach, expect, test, vi } from 'vitest';
import type { Config } from '../../../src/types.js';
import { withGlobals } from '../support/globals.js';
import { browse, createStore, HOUR, openTab } from '../support/make-session.js';
import { createTime } from '../support/time.js';

afterEach(() => void vi.restoreAllMocks());

const visit = (config: Config, userAgent = 'Mozilla/5.0 Chrome/156.0', webdriver = false) => {
  createStore();
  withGlobals({ navigator: { userAgent, webdriver } });
  return openTab(createTime(), config).current();
};

test.each([
  [true, 1, true],
  [false, 0, false],
  [1, 1, true],
  [0, 0, false],
])('a sampler that says %s decides for the session', (answer, sampleRate, sampled) => {
  expect(visit({ sampleRate: 0.5, sampler: () => answer })).toMatchObject({ sampleRate, sampled });
});

test('a rate is drawn against', () => {
  expect(visit({ sampler: () => 0.25 }).sampleRate).toBe(0.25);
});

test('it is asked once a session', () => {
  createStore();
  withGlobals({ navigator: { userAgent: '', webdriver: false } });
  const sampler = vi.fn(() => 0.5);
  const time = createTime();
  const tab = openTab(time, { sampler });

  browse(tab, time, HOUR);
  openTab(time, { sampler }).current();
  expect(sampler).toHaveBeenCalledTimes(1);
  time.advance(HOUR);
  tab.touch();
  expect(sampler).toHaveBeenCalledTimes(2);
});

const WRONG: Record<string, () => unknown> = {
  'throws an error': () => {
    throw new Error('theirs');
  },
  'gives NaN': () => NaN,
  'gives 2': () => 2,
  'gives -1': () => -1,
  'gives nothing': () => undefined,
  'gives null': () => null,
  'gives a promise': async () => 1,
};

test.each(Object.entries(WRONG))('one that %s counts as none, and is told with debug alone', (_, sampler) => {
  const told = vi.spyOn(console, 'warn').mockReturnValue();
  const wrong = { sampleRate: 0.75, sampler } as Config;

  expect(visit(wrong).sampleRate).toBe(0.75);
  expect(told).not.toHaveBeenCalled();
  expect(visit({ ...wrong, debug: true }).sampleRate).toBe(0.75);
  expect(told).toHaveBeenCalledTimes(1);
});

test.each([
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', false, true],
  ['Mozilla/5.0 (compatible; AhrefsBot/7.0)', false, true],
  ['facebookexternalhit/1.1', false, true],
  ['Mozilla/5.0 Chrome/156.0 Safari/537.36', true, true],
  ['Mozilla/5.0 (Linux; Android 10; CUBOT NOTE 20) Chrome/156.0 Mobile', false, false],
  ['Mozilla/5.0 Chrome/156.0 Safari/537.36', false, false],
])('%s, driven: %s, is synthetic: %s', (userAgent, webdriver, isSynthetic) => {
  const sampler = vi.fn(() => 1);
  visit({ sampleRate: 0.5, sampler }, userAgent, webdriver);
  expect(sampler).toHaveBeenCalledWith({ sampleRate: 0.5, isSynthetic });
});
