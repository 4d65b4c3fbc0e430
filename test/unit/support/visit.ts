import { openPageView } from '../../../src/instrument/page-view.js';
import type { InstrumentationContext, Page, PageView } from '../../../src/types.js';
import { createGuard } from '../../../src/util/guard.js';
import { onPage, withGlobals } from './globals.js';
import { makeTracer } from './make-tracer.js';
import { createRandomHex } from './random.js';
import { createTime } from './time.js';

/** A page, at an address that no browser need know, on which page views open. */
export const visit = (href = 'https://shop.example/products/42') => {
  onPage(href);
  withGlobals({ location: { href } });
  const time = createTime();
  const page: Page = { endings: new Set(), drafts: new Set(), turns: 0 };
  const { tracer, ended } = makeTracer({ clock: time });
  const context = {
    tracer,
    page,
    clock: time,
    after: time.after,
    id: createRandomHex(2),
    guard: createGuard(),
    config: {},
    collector: new URL('https://otel.example/v1/traces'),
    recordException: () => {},
    baggage: () => ({}),
    log: () => {},
    consent: () => 'granted' as const,
  } satisfies InstrumentationContext;
  const open = (type: PageView['type'] = 'load') => openPageView(context, { type, startTime: time.now() });
  return { time, page, ended, open };
};
