// What any page does, where another agent traces it.

import { cases as usual } from './usual.js';

export const cases = {
  ...usual,
  'a Request with headers': (kit) =>
    kit.settle(() =>
      fetch(new Request(kit.url(), { headers: { 'X-Page': '1' } }), { method: 'POST', body: 'b' }),
    ),
  'fetch with Headers': (kit) =>
    kit.settle(() => fetch(kit.url(), { headers: new Headers({ 'X-Page': '1' }) })),
  'fetch of a URL': (kit) => kit.settle(() => fetch(new URL(kit.url()))),
  'a body is read': async (kit) => (await (await fetch(kit.url('size=5'))).text()).length,
  'an XMLHttpRequest used twice': async (kit) => {
    const xhr = new XMLHttpRequest();
    const send = () => {
      xhr.open('GET', kit.url('size=5'));
      xhr.send();
    };
    const first = await kit.exchange(xhr, send);
    // OpenTelemetry takes its listeners off 300 ms after the first request: one that is under way then never ends for it.
    await window.otherIsQuiet?.(kit.sleep);
    return [first, await kit.exchange(xhr, send)];
  },
  'an aborted XMLHttpRequest': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', kit.url('body-delay=500'));
      xhr.send();
      // By then the server has seen it.
      xhr.addEventListener('readystatechange', () => {
        if (xhr.readyState === 2) xhr.abort();
      });
    }),
  'what the other agent has seen': ({ sleep }) => (window.seenByOthers ?? window.flushOther)(sleep),
};
