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
import { copyAttributes, LIMIT, type Limits } from '../util/attributes.js';
import { describeError } from '../util/error.js';

/** The one class: there are thousands of spans, and methods on a prototype cost half of what closures do. */
export class RecordingSpan implements Span {
  constructor(
    private record: SpanRecord,
    private context: SpanContext,
    private recording: boolean,
    private clock: Clock,
    /** One anchor per span: a clock that jumps meanwhile does not change its duration. */
    private anchor: EpochMs,
    private limits: Limits,
    private onEnd: (record: SpanRecord) => void,
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
    const { record, limits } = this;
    if (this.recording) record.droppedAttributes += copyAttributes(record.attributes, attributes, limits);
    return this;
  }

  addEvent(name: string, attributes?: Attributes, time: EpochMs = this.clock.now(this.anchor)): this {
    const { record, limits } = this;
    const copy: Attributes = {};
    if (this.hasRoom(record.events?.length)) {
      copyAttributes(copy, attributes, limits);
      record.events = [...(record.events ?? []), { name: `${name}`, time, attributes: copy }];
    } else if (this.recording) record.droppedEvents++;
    return this;
  }

  addLink(link: SpanLink): this {
    const { record } = this;
    if (this.hasRoom(record.links?.length)) record.links = [...(record.links ?? []), link];
    else if (this.recording) record.droppedLinks++;
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

  end(time: EpochMs = this.clock.now(this.anchor)): void {
    if (!this.recording) return;
    this.recording = false;
    this.record.endTime = Math.max(this.record.startTime, time);
    this.onEnd(this.record);
  }

  private hasRoom(count = 0): boolean {
    if (this.recording && count >= LIMIT) this.limits.count++;
    return this.recording && count < LIMIT;
  }
}
