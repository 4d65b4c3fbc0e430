import { anyValueOf, attributesOf, idOf, listOf, messageOf, nanosOf, numberOf, textOf } from './values.mjs';

const eventOf = (item) => {
  const event = messageOf(item, 'event');
  return {
    name: textOf(event.name, 'event.name'),
    // A string: nanoseconds do not fit into a JSON number.
    nanos: nanosOf(event.timeUnixNano, 'event.timeUnixNano').toString(),
    attributes: attributesOf(event.attributes),
  };
};

const linkOf = (item) => {
  const link = messageOf(item, 'link');
  return {
    traceId: textOf(link.traceId, 'link.traceId').toLowerCase(),
    spanId: textOf(link.spanId, 'link.spanId').toLowerCase(),
    attributes: attributesOf(link.attributes),
  };
};

// What is wrong with the ids of a span, or undefined. All zeros or empty as parent means: none.
const idFault = (span) => {
  if (!idOf(span.traceId, 32)) return 'traceId must be 32 hex digits, not all zero';
  if (!idOf(span.spanId, 16)) return 'spanId must be 16 hex digits, not all zero';
  if (!span.parentSpanId || idOf(span.parentSpanId, 16) || /^0{16}$/.test(span.parentSpanId))
    return undefined;
  return 'parentSpanId must be 16 hex digits';
};

const optional = (value) => (typeof value === 'string' && value !== '' ? value : null);

// The resource as text, once for all that share it: a text each, in thousands of spans, can be more than the heap.
const sourceOf = (resource) => ({
  service: optional(resource['service.name']) ?? 'unknown_service',
  isAgent: resource['telemetry.sdk.name'] === 'rootspan',
  resource: JSON.stringify(resource),
});

const namesOf = (attributes) => ({
  sessionId: optional(attributes['session.id']),
  userId: optional(attributes['user.id']),
  pageViewId: optional(attributes['rootspan.page_view.id']),
  pageViewType: optional(attributes['rootspan.page_view.type']),
  route: optional(attributes['url.template']) ?? optional(attributes['http.route']),
});

const spanOf = (span, source) => {
  const attributes = attributesOf(span.attributes);
  const status = messageOf(span.status, 'status');
  return {
    ...source,
    ...namesOf(attributes),
    traceId: idOf(span.traceId, 32),
    spanId: idOf(span.spanId, 16),
    parentSpanId: idOf(span.parentSpanId, 16) ?? null,
    name: textOf(span.name, 'name'),
    kind: numberOf(span.kind, 'kind'),
    start: nanosOf(span.startTimeUnixNano, 'startTimeUnixNano'),
    end: nanosOf(span.endTimeUnixNano, 'endTimeUnixNano'),
    statusCode: numberOf(status.code, 'status.code'),
    statusMessage: textOf(status.message, 'status.message'),
    attributes,
    events: listOf(span.events, 'events').map(eventOf),
    links: listOf(span.links, 'links').map(linkOf),
    dropped: {
      attributes: numberOf(span.droppedAttributesCount, 'droppedAttributesCount'),
      events: numberOf(span.droppedEventsCount, 'droppedEventsCount'),
      links: numberOf(span.droppedLinksCount, 'droppedLinksCount'),
    },
  };
};

const logOf = (log, source) => {
  const attributes = attributesOf(log.attributes);
  const time = nanosOf(log.timeUnixNano, 'timeUnixNano');
  return {
    ...source,
    sessionId: namesOf(attributes).sessionId,
    time: time || nanosOf(log.observedTimeUnixNano, 'observedTimeUnixNano'),
    traceId: idOf(log.traceId, 32) ?? null,
    spanId: idOf(log.spanId, 16) ?? null,
    severity: numberOf(log.severityNumber, 'severityNumber'),
    severityText: textOf(log.severityText, 'severityText'),
    eventName: textOf(log.eventName, 'eventName'),
    body: anyValueOf(log.body),
    attributes,
  };
};

function* eachItem(request, [resourceField, scopeField, itemField]) {
  for (const outer of listOf(messageOf(request, 'body')[resourceField], resourceField)) {
    const group = messageOf(outer, resourceField);
    const origin = sourceOf(attributesOf(messageOf(group.resource, 'resource').attributes));
    for (const inner of listOf(group[scopeField], scopeField)) {
      const scope = messageOf(messageOf(inner, scopeField).scope, 'scope');
      const source = { ...origin, scope: textOf(scope.name, 'scope.name') };
      for (const item of listOf(inner[itemField], itemField)) yield [messageOf(item, itemField), source];
    }
  }
}

/** The spans of a trace request, and what is wrong with those that are refused. */
export const readSpans = (request) => {
  const accepted = [];
  const faults = [];
  for (const [span, source] of eachItem(request, ['resourceSpans', 'scopeSpans', 'spans'])) {
    const fault = idFault(span);
    if (fault) faults.push(fault);
    else accepted.push(spanOf(span, source));
  }
  return { accepted, faults };
};

/** The log records of a logs request. None is refused: ids are optional there. */
export const readLogs = (request) => {
  const items = eachItem(request, ['resourceLogs', 'scopeLogs', 'logRecords']);
  return { accepted: [...items].map(([log, source]) => logOf(log, source)), faults: [] };
};
