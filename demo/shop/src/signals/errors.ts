import type { SignalGroup } from './signal.js';

/** The same server by its other name is another origin to the browser. */
const otherOrigin = (): string => {
  const hostname = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return `${location.protocol}//${hostname}:${location.port}`;
};

/** Settles when the element has loaded or failed; it is gone then. */
const tryElement = (element: HTMLElement): Promise<string> =>
  new Promise((resolve) => {
    for (const type of ['load', 'error']) {
      element.addEventListener(type, () => {
        element.remove();
        resolve(type === 'load' ? 'It is there.' : 'It could not be loaded.');
      });
    }
    element.hidden = true;
    document.body.append(element);
  });

const throwInListener = (): string => {
  throw new RangeError('The bread knife is too short');
};

const rejectUnheard = (): string => {
  void Promise.reject(new Error('The miller did not answer', { cause: new Error('The mill stands still') }));
  return 'Rejected, and nobody listened.';
};

const loadMissingImage = (): Promise<string> =>
  tryElement(Object.assign(new Image(), { src: '/pictures/missing.png' }));

/** `index.html` allows frames of the shop's own alone. */
const frameAdvertisement = async (): Promise<string> => {
  await tryElement(
    Object.assign(document.createElement('iframe'), { src: 'https://advertisement.example/' }),
  );
  return 'The policy of the page has refused it.';
};

const loadForeignScript = async (): Promise<string> => {
  await tryElement(
    Object.assign(document.createElement('script'), { src: `${otherOrigin()}/third-party.js` }),
  );
  return 'It ran, and threw.';
};

const waitSynchronously = (): string => {
  const request = new XMLHttpRequest();
  request.open('HEAD', '/favicon.svg', false);
  request.send();
  return 'The browser frowns on requests that hold up the page.';
};

export const errors: SignalGroup = {
  title: 'Errors and reports',
  signals: [
    {
      label: 'Throw in a listener',
      look: 'In the list of errors, with its stack; in its trace it is the click that failed.',
      provoke: throwInListener,
    },
    {
      label: 'Reject a promise unheard',
      look: 'In the list of errors; the stack goes on with the cause.',
      provoke: rejectUnheard,
    },
    {
      label: 'Load an image that is missing',
      look: 'A ResourceError in the list of errors, and a failed resource in the trace of the page.',
      provoke: loadMissingImage,
    },
    {
      label: 'Frame an advertisement',
      look: 'A SecurityPolicyViolation in the list of errors: the page’s policy allows no foreign frames.',
      provoke: frameAdvertisement,
    },
    {
      label: 'Run a script of another origin',
      look: '“Script error.” in the list of errors is all that the browser tells of it.',
      provoke: loadForeignScript,
    },
    {
      label: 'Use what is deprecated',
      look: 'A span “deprecation” in the trace of the page, and a line of the session’s story.',
      provoke: waitSynchronously,
    },
  ],
};
