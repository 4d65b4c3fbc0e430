import type { SignalGroup } from './signal.js';

const BLOCKED_MS = 350;

const keepBusy = (): string => {
  const end = performance.now() + BLOCKED_MS;
  while (performance.now() < end);
  return `The page was busy for ${BLOCKED_MS} ms.`;
};

let clicks = 0;

export const interactions: SignalGroup = {
  title: 'Clicks',
  signals: [
    {
      label: 'Click slowly',
      look: 'The click is marked “slow”, with the long frame that held it up: a band on the time axis of the page’s trace, its script in the details. Enough of it makes the INP of the page poor.',
      provoke: keepBusy,
    },
    {
      label: 'Click three times, in rage',
      look: 'Clicks within a second on one thing are marked “rage”; the session tells them once, as clicked again and again.',
      provoke: () => `Clicked ${++clicks} times.`,
    },
    {
      label: 'Click what is dead',
      look: 'This button has no listener, and nothing happens for a second: the session tells the click as “dead”.',
    },
  ],
};
