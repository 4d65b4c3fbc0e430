import { waitFor } from '../../support/http-server.js';
import type { PageServer } from '../../support/page-server.js';

/** When another agent is loaded: before ours or after it. */
export type When = 'before' | 'after';

/** Another agent whose uploads go to `/api/other` of the page's origin; what sets it up stands in `worlds/`. */
export interface OtherAgent {
  /** Of its module, and for people. */
  name: 'sentry' | 'datadog';
  /** What one upload tells, one line each, without times and what is drawn. */
  read(body: string): string[];
  /** Lines on our own uploads, which an agent that came before ours or after it cannot but see. */
  seesOurs: Record<When, RegExp>;
  /** Whether it uploads by the page's `fetch`, which we trace, and not by one of its own. */
  isTraced: boolean;
  /** A header that it adds to requests, by the format that `window.otherTraces` asks for. */
  traces: Record<string, string>;
}

/** All that the agent has uploaded, once the last error that the page has told it has come; sorted. */
export const readUploads = async (
  { read, seesOurs }: OtherAgent,
  server: PageServer,
  when: When,
): Promise<string[]> => {
  const uploads = () => server.requests('/api/other');
  await waitFor(
    () => uploads().some(({ body }) => body.includes('the last one')) || undefined,
    10_000,
    () => `${uploads().length} uploads`,
  );
  // Others may still be on their way.
  await waitFor(
    () => uploads().every(({ isRead }) => isRead) || undefined,
    10_000,
    () => 'an upload without an end',
  );
  const lines = uploads().flatMap(({ body }) => read(body));
  return lines.filter((text) => !seesOurs[when].test(text)).sort();
};

const line = (...parts: unknown[]): string => parts.map((part) => part ?? '–').join(' ');

const readJson = (body: string): unknown[] =>
  body
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text));

/** Of an item of an envelope, where it is one: an event with its breadcrumbs, or a list of spans. */
interface SentryItem {
  exception?: { values: { type: string; value: string }[] };
  breadcrumbs?: { category: string; message?: string; data?: Record<string, unknown> }[];
  items?: { status: string; attributes: Record<string, { value: unknown } | undefined> }[];
}

const SENTRY: OtherAgent = {
  name: 'sentry',
  isTraced: false,
  // We send by the `fetch` that we find.
  seesOurs: { before: / \S+\/v1\/traces/, after: /^$/ },
  traces: { sentry: 'sentry-trace' },
  read: (body) =>
    readJson(body).flatMap((found) => {
      const { exception, breadcrumbs = [], items = [] } = found as SentryItem;
      const errors = exception?.values.map(({ type, value }) => line('error', type, value)) ?? [];
      const crumbs = breadcrumbs.map(({ category, message, data: { method, url, to, status_code } = {} }) =>
        line('breadcrumb', errors, category, method, url ?? to, status_code, message),
      );
      const spans = items.map(({ status, attributes }) => {
        const read = (name: string) => attributes[name]?.value;
        return line(read('sentry.op'), read('url.full'), status, read('http.response.status_code'));
      });
      // The others are of the browser's timing.
      return [...errors, ...crumbs, ...spans.filter((text) => /^(http|resource|pageload)/.test(text))];
    }),
};

interface DatadogEvent {
  type: string;
  error?: { source: string; message: string; handling?: string };
  resource?: { type: string; method?: string; url: string; status_code?: number };
  view: { url: string; loading_type?: string; is_active?: boolean };
}

const DATADOG: OtherAgent = {
  name: 'datadog',
  isTraced: true,
  // The browser's list of resources shows them to whoever reads it.
  seesOurs: { before: / \S+\/v1\/traces/, after: /^resource fetch – \S+\/v1\/traces/ },
  traces: { datadog: 'x-datadog-trace-id', tracecontext: 'traceparent' },
  read: (body) =>
    (readJson(body) as DatadogEvent[]).flatMap(({ type, error, resource, view }) => {
      if (error) return line(type, error.source, error.handling, error.message);
      if (resource) return line(type, resource.type, resource.method, resource.url, resource.status_code);
      // A view is sent again as it goes on.
      return view.is_active === false ? line(type, view.loading_type, view.url) : [];
    }),
};

export const OTHER_AGENTS = [SENTRY, DATADOG];
