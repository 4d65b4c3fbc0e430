import { type Config, start } from 'rootspan';
import { zoneContext } from 'rootspan/zone';

const get = (url: string): Promise<string> => fetch(url).then((response) => response.text());
const load = (url: string): Promise<void> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.addEventListener('load', () => resolve());
    request.open('GET', url);
    request.send();
  });
const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Becomes promises and a generator in the build: a native `await` would leave the zone. */
const order = async (name: string): Promise<void> => {
  await get(`/api/${name}/one?delay=30`);
  await wait(20);
  await load(`/api/${name}/two?delay=30`);
  await wait(20);
  queueMicrotask(() => void get(`/api/${name}/three`));
};

/** One request for all who ask, as a cache does. */
let shared: Promise<string> | undefined;
const share = async (name: string): Promise<void> => {
  shared ??= get('/api/shared?delay=200');
  await shared;
  await get(`/api/${name}/after`);
};

const listen = (id: string, listener: () => void): void =>
  document.querySelector(`#${id}`)?.addEventListener('click', listener);

// Before the agent is there, as in any page that loads it late.
for (const name of ['a', 'b']) {
  listen(name, () => void order(name));
  listen(`share-${name}`, () => void share(name));
}

window.agent = start({ flushInterval: 100, context: zoneContext() } satisfies Config);
const { agent } = window;
agent.span('setup', () => {
  listen('set-up', () => void setTimeout(() => void get('/api/set-up')));
  addEventListener('hashchange', () => void get('/api/hash'));
});
listen('own', () => {
  agent.span('own', () => {
    void wait(10).then(() => get('/api/own'));
    agent.with(undefined, () => void setTimeout(() => void get('/api/nobody')));
  });
  void wait(10).then(() => get('/api/beside'));
});
/** Each timer begins a span and the next timer. */
const repeat = (left: number): void =>
  agent.span('step', () => {
    if (left) setTimeout(() => repeat(left - 1));
    else document.body.dataset.zones = zones().join(' ');
  });
const zones = (zone = Zone.current): string[] =>
  zone.parent ? [...zones(zone.parent), zone.name] : [zone.name];
listen('repeat', () => repeat(20));
