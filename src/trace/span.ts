import type {
  Attributes,
  AttributeValue,
  Clock,
  EpochMs,
  Span,
  SpanContext,
  SpanLink,
  SpanRecord,
} from '../types.js';
import { copyAttributes, type Limited } from '../util/attributes.js';
import { describeError } from '../util/error.js';

/** The default limits of the OpenTelemetry specification, for attributes, events and links alike. */
const LIMIT = 128;

/** What all spans of a tracer share. */
export interface SpanHost {
  readonly clock: Clock;
  readonly limited: Limited;
  onEnd(record: SpanRecord): void;
}

/** The one class: there are thousands of spans, and methods on a prototype cost half of what closures do. */
export class RecordingSpan implements Span {
  constructor(
    private readonly host: SpanHost,
    readonly record: SpanRecord,
    private readonly context: SpanContext,
    /** One anchor per span: a clock that jumps meanwhile does not change its duration. */
    private readonly anchor: EpochMs,
    private recording: boolean,
  ) {}

  spanContext(): SpanContext {
    return this.context;
  }

  isRecording(): boolean {
    return this.recording;
  }

  setAttribute(key: string, value: AttributeValue): this {
    return this.setAttributes({ [key]: value });
  }

  setAttributes(attributes: Attributes): this {
    const { record, host } = this;
    if (this.recording && attributes) {
      record.droppedAttributes += copyAttributes(record.attributes, attributes, LIMIT, host.limited);
    }
    return this;
  }

  addEvent(name: string, attributes?: Attributes, time?: EpochMs): this {
    if (!this.recording) return this;
    const { record, host } = this;
    record.events ??= [];
    if (record.events.length < LIMIT) {
      const copy: Attributes = {};
      if (attributes) copyAttributes(copy, attributes, LIMIT, host.limited);
      record.events.push({ name: `${name}`, time: time ?? host.clock.now(this.anchor), attributes: copy });
    } else {
      record.droppedEvents++;
      host.limited.events++;
    }
    return this;
  }

  addLink(link: SpanLink): this {
    if (!this.recording) return this;
    const { record, host } = this;
    record.links ??= [];
    if (record.links.length < LIMIT) record.links.push(link);
    else {
      record.droppedLinks++;
      host.limited.links++;
    }
    return this;
  }

  setStatus({ code, message }: { code: 0 | 1 | 2; message?: string }): this {
    if (this.recording) {
      this.record.status = code;
      // A message belongs to an error alone (specification, "Set Status").
      this.record.statusMessage = code === 2 && message ? `${message}` : undefined;
    }
    return this;
  }

  updateName(name: string): this {
    if (this.recording) this.record.name = `${name}`;
    return this;
  }

  recordException(error: unknown, time?: EpochMs): void {
    if (this.recording) this.addEvent('exception', describeError(error), time);
  }

  end(time?: EpochMs): void {
    if (!this.recording) return;
    this.recording = false;
    const { record, host } = this;
    record.endTime = Math.max(record.startTime, time ?? host.clock.now(this.anchor));
    host.onEnd(record);
  }
}
