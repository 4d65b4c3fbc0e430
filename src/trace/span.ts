import type {
  Attributes,
  AttributeValue,
  Clock,
  EpochMs,
  Guard,
  Span,
  SpanContext,
  SpanLink,
  SpanRecord,
} from '../types.js';
import { copyAttributes, LIMIT, type Limits } from '../util/attributes.js';
import { isTime } from '../util/clock.js';
import { describeError } from '../util/error.js';
import { redactText } from '../util/redact.js';

/** What all spans of a tracer share. */
export interface SpanHost {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly guard: Guard;
  onEnd(record: SpanRecord): void;
}

/** The one class: there are thousands of spans, and methods on a prototype cost half of what closures do. */
export class RecordingSpan implements Span {
  constructor(
    /** There while the span records. */
    private record: SpanRecord | undefined,
    private context: SpanContext,
    /** One anchor per span: a clock that jumps meanwhile does not change its duration. */
    private anchor: EpochMs,
    private host: SpanHost,
    /** Tells the span that was active as this one began when it has ended. */
    private release: ((time: EpochMs) => void) | undefined,
    /** See `SpanOptions`. */
    readonly onCause: (() => (time: EpochMs) => void) | undefined,
  ) {}

  spanContext(): SpanContext {
    return this.context;
  }

  isRecording(): boolean {
    return !!this.record;
  }

  setAttribute(key: string, value: AttributeValue): this {
    return this.setAttributes({ [key]: value });
  }

  setAttributes(attributes: Attributes): this {
    return this.change((record, { limits }) => {
      record.droppedAttributes += copyAttributes(record.attributes, attributes, limits);
    });
  }

  addEvent(name: string, attributes?: Attributes, time?: EpochMs): this {
    return this.append('events', 'droppedEvents', { attributes }, () => ({
      name: String(name),
      time: this.timeOf(time),
    }));
  }

  addLink(link: SpanLink): this {
    return this.append('links', 'droppedLinks', link, () => ({ context: { ...link.context } }));
  }

  setStatus(status: { code: 0 | 1 | 2; message?: string }): this {
    return this.change((record) => {
      const { code, message } = status;
      record.status = code;
      // A message belongs to an error alone (specification, "Set Status").
      record.statusMessage = code === 2 && message ? redactText(String(message)) : undefined;
    });
  }

  updateName(name: string): this {
    return this.change((record) => {
      record.name = String(name);
    });
  }

  recordException(error: unknown, time?: EpochMs): void {
    this.change(() => {
      this.addEvent('exception', describeError(error), time);
      this.onCause?.()(this.timeOf(time));
    });
  }

  end(time?: EpochMs): void {
    this.change((record, { onEnd }) => {
      record.endTime = Math.max(record.startTime, this.timeOf(time));
      this.record = undefined;
      this.release?.(record.endTime);
      onEnd(record);
    });
  }

  /** The record as it would be if the span ended now; nothing once it has ended. */
  draft(): SpanRecord | undefined {
    const { record } = this;
    return record && { ...record, endTime: Math.max(record.startTime, this.timeOf(undefined)) };
  }

  /** Adds to one of the two lists, as far as it goes. */
  private append(
    name: 'events' | 'links',
    dropped: 'droppedEvents' | 'droppedLinks',
    from: { attributes?: Attributes | undefined },
    create: () => object,
  ): this {
    return this.change((record, { limits }) => {
      record[name] ??= [];
      const list: object[] = record[name];
      const attributes = {};
      if (list.length < LIMIT) {
        copyAttributes(attributes, from.attributes, limits);
        list.push({ ...create(), attributes });
      } else {
        record[dropped]++;
        limits.count++;
      }
    });
  }

  private timeOf(time: EpochMs | undefined): EpochMs {
    return isTime(time) ? time : this.host.clock.now(this.anchor);
  }

  /** Nothing changes a span that does not record, or no longer; and nothing that was passed makes it throw. */
  private change(fn: (record: SpanRecord, host: SpanHost) => void): this {
    if (this.record) this.host.guard(fn)(this.record, this.host);
    return this;
  }
}
