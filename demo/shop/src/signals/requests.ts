import type { SignalGroup } from './signal.js';

const SILENCE = '/api/signals/silence';
const PATIENCE_MS = 250;

const nameOf = (error: Error): string => `${error.name}: ${error.message}`;

const abort = (): Promise<string> => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), PATIENCE_MS);
  return fetch(SILENCE, { signal: controller.signal }).then(() => 'Answered after all.', nameOf);
};

const failNetwork = (): Promise<string> =>
  fetch('/api/signals/hang-up').then(() => 'Answered after all.', nameOf);

const timeOut = (): Promise<string> =>
  fetch(SILENCE, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(() => 'Answered after all.', nameOf);

const timeOutByXhr = (): Promise<string> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', SILENCE);
    request.timeout = PATIENCE_MS;
    request.onloadend = () => resolve('Answered after all.');
    request.ontimeout = () => resolve('The request has timed out.');
    request.send();
  });

const loadLarge = async (): Promise<string> => {
  const image = new Image();
  image.src = `/api/signals/large.svg?${Date.now()}`;
  await image.decode();
  return 'A small drawing of 1.5 MB.';
};

const sendBeacon = (): string =>
  navigator.sendBeacon('/api/signals/beacon', 'one loaf sold') ? 'On its way.' : 'Refused by the browser.';

export const requests: SignalGroup = {
  title: 'Requests',
  signals: [
    {
      label: 'Abort a fetch',
      look: 'A request with rootspan.aborted in its details, and no error: the page wanted it so.',
      provoke: abort,
    },
    {
      label: 'Lose the network',
      look: 'A failed request with the error type TypeError, which is all that fetch tells, in the list of errors and in the session.',
      provoke: failNetwork,
    },
    {
      label: 'Time out a fetch',
      look: 'A failed request with the error type timeout, below it how long the backend went on.',
      provoke: timeOut,
    },
    { label: 'Time out an XMLHttpRequest', look: 'The same, by the older way.', provoke: timeOutByXhr },
    {
      label: 'Load a large image',
      look: 'A resource of the page with its size in http.response.body.size.',
      provoke: loadLarge,
    },
    {
      label: 'Send a beacon',
      look: 'A span without length, as nobody tells of its arrival.',
      provoke: sendBeacon,
    },
  ],
};
