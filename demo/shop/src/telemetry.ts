import { start } from 'rootspan';

/** What `demo/run.mjs` wrote into the page; nothing when the page is served by something else. */
const pageSetting = (name: string): string | undefined => {
  const content = document.querySelector<HTMLMetaElement>(`meta[name="rootspan-${name}"]`)?.content;
  return content && !content.startsWith('__') ? content : undefined;
};

const endpoint = pageSetting('endpoint');

// `/?sampleRate=0` shows an unsampled visit. The decision is drawn once per session, so it needs a fresh one.
const sampleRate = Number(new URLSearchParams(location.search).get('sampleRate') ?? 1);

/** The viewer of the demo, when it runs. */
export const viewer = pageSetting('viewer');

export const agent = start({
  serviceName: 'shop-web',
  serviceVersion: '1.4.0',
  environment: 'demo',
  ...(endpoint && { endpoint }),
  sampleRate,
  // What the shop and its console say goes to the collector too, with the trace that it belongs to.
  logs: true,
});

/** The id a customer can read out to support: the trace of what is on the screen. */
export const currentTraceId = (): string | undefined => agent.traceparent()?.split('-')[1];
