// A span of the agent where code written for @opentelemetry/api takes one. Nothing of it is imported at run time.
import type * as api from '@opentelemetry/api';
import type { Span, SpanContext } from 'rootspan';

declare const span: Span;
declare const remote: api.SpanContext;

/**
 * What code calls on a span that it is handed, with the API's own types. Not there: `addLinks`, times as
 * `[seconds, nanoseconds]` or `Date`, a time in place of an event's attributes, and lists with holes as values.
 */
interface Used {
  isRecording: () => boolean;
  updateName: (name: string) => unknown;
  setStatus: (status: api.SpanStatus) => unknown;
  setAttribute: (key: string, value: Value) => unknown;
  setAttributes: (attributes: Record<string, Value | undefined>) => unknown;
  addEvent: (name: string, attributes?: Record<string, Value | undefined>, time?: Time) => unknown;
  addLink: (link: { context: Context; attributes?: Record<string, Value | undefined> }) => unknown;
  recordException: (error: api.Exception, time?: Time) => unknown;
  end: (time?: Time) => unknown;
}
type Value = Extract<api.AttributeValue, string | number | boolean> | string[] | number[] | boolean[];
type Time = Extract<api.TimeInput, number>;
type Context = Omit<api.SpanContext, 'traceState'>;
// A span of the API has all of this, so that `Used` asks for nothing of our own.
export const theirs: (span: api.Span) => Used = (span) => span;
export const ours: Used = span;

// Statuses, ids and times pass in the API's own forms.
span.setStatus({ code: 2 satisfies api.SpanStatusCode, message: 'declined' });
span.setAttributes({ plain: 'text', list: ['a', 'b'], absent: undefined } satisfies api.Attributes);
span.recordException(new Error('lost') satisfies api.Exception);
span.end(Date.now() satisfies api.TimeInput);

// Ids travel both ways. `traceState` is a string here and an object there.
export const context: Pick<api.SpanContext, 'traceId' | 'spanId' | 'traceFlags'> = span.spanContext();
export const own: SpanContext = { ...remote, traceState: remote.traceState?.serialize() };
