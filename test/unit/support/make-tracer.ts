import { createContext } from '../../../src/trace/context.js';
import { createTracer } from '../../../src/trace/tracer.js';
import type { Attributes, Clock, Page, SpanContext, SpanRecord, Tracer } from '../../../src/types.js';
import { createGuard } from '../../../src/util/guard.js';
import { createRandomHex } from './random.js';
import { createTime, START } from './time.js';

export interface TracerOptions {
  clock?: Clock;
  /** Where spans belong that have no parent and no active span. */
  ambient?: { parent?: SpanContext; link?: SpanContext };
  isSampled?: boolean;
  xrayTraceIds?: boolean;
  attributes?: (isRoot: boolean) => Attributes;
}

export interface Traced {
  tracer: Tracer;
  /** Ended spans, oldest first. */
  ended: SpanRecord[];
  /** How often a limit was met. */
  limits: { count: number };
}

/** A tracer as the agent builds it, with seeded ids. */
export const makeTracer = ({
  clock,
  ambient,
  isSampled,
  xrayTraceIds,
  attributes,
}: TracerOptions = {}): Traced => {
  const ended: SpanRecord[] = [];
  const limits = { count: 0 };
  // A page view that is open, or one that has ended.
  const context = ambient?.parent ?? ambient?.link;
  const page: Page = {
    endings: new Set(),
    drafts: new Set(),
    turns: 0,
    ...(ambient?.parent && { end: () => {} }),
  };
  if (context) page.current = { id: '', type: 'load', url: '', route: '', startTime: START, context };
  const host = {
    guard: createGuard(),
    clock: clock ?? createTime(),
    id: createRandomHex(1),
    limits,
    page,
    isDenied: () => false,
    isSampled: (parent: SpanContext | undefined) =>
      parent ? !!(parent.traceFlags & 1) : (isSampled ?? true),
    attributes: attributes ?? (() => ({})),
    onEnd: (record: SpanRecord) => void ended.push(record),
  };
  const tracer = createTracer(createContext(), host, xrayTraceIds);
  return { tracer, ended, limits };
};
