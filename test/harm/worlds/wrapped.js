// What reaches a wrapper of the page below the agent, and what comes back from it.

const request = (kit, build) => kit.settle(build);

export const cases = {
  'fetch with headers in a Map': (kit) =>
    request(kit, () => fetch(kit.url(), { headers: new Map([['X-Page', '1']]) })),
  'fetch with headers of a generator': (kit) =>
    request(kit, () =>
      fetch(kit.url(), {
        headers: (function* pairs() {
          yield ['X-Page', '1'];
        })(),
      }),
    ),
  'fetch with Headers': (kit) =>
    request(kit, () => fetch(kit.url(), { headers: new Headers({ 'X-Page': '1' }) })),
  'fetch with Headers of another frame': (kit) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const headers = new frame.contentWindow.Headers({ 'X-Page': '1' });
    const done = request(kit, () => fetch(kit.url(), { headers }));
    frame.remove();
    return done;
  },
  'fetch with options of a class': (kit) => {
    class Options {
      #method = 'PUT';
      get method() {
        return this.#method;
      }
    }
    return request(kit, () => fetch(kit.url(), new Options()));
  },
  'nobody catches a failure': async (kit) => {
    const told = new Promise((resolve) => addEventListener('unhandledrejection', resolve, { once: true }));
    fetch(kit.url('close=1'));
    return Promise.race([told.then(() => 'told'), kit.sleep(15_000).then(() => 'silence')]);
  },
};
