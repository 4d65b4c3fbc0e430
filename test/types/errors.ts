// Lines that must not compile: each error is expected, and its absence is an error.
import { type Agent, type Config, type SpanRecord, start } from 'rootspan';
import * as core from 'rootspan/core';

declare const agent: Agent;
declare const record: SpanRecord;

// @ts-expect-error an option that does not exist
start({ service: 'shop' });
// @ts-expect-error a text where a number is wanted
start({ sampleRate: '0.1' });
// @ts-expect-error a nested option that does not exist
start({ session: { idle: 1 } });
// @ts-expect-error absent is not the same as undefined
export const absent: Config = { endpoint: undefined };
// @ts-expect-error a number is no matcher
start({ propagateTo: [443] });
// @ts-expect-error a processor returns a span or nothing
start({ processors: [() => 'span'] });
// @ts-expect-error the default start has its instrumentations
start({ instrumentations: [] });
// @ts-expect-error an instrumentation is made by a call
core.start({ instrumentations: [core.traceFetch] });
// @ts-expect-error an instrumentation returns its stop
core.start({ instrumentations: [{ name: 'mine', start: () => 1 }] });
// @ts-expect-error an attribute is no object
agent.startSpan('work').setAttribute('key', { nested: true });
// @ts-expect-error nor a list of mixed values
agent.startSpan('work').setAttribute('key', [1, 'two']);
// @ts-expect-error kinds are 0 to 4
agent.startSpan('work', { kind: 5 });
// @ts-expect-error status codes are 0 to 2
agent.startSpan('work').setStatus({ code: 3 });
// @ts-expect-error a span has no attributes to read
agent.startSpan('work').attributes;
// @ts-expect-error the user has an id and nothing else
agent.setUser({ email: 'a@example.com' });
// @ts-expect-error what fn returns comes back
export const text: string = agent.span('work', () => 1);
// @ts-expect-error a record is data
record.end();
// @ts-expect-error not a public export
core.createTracer();
