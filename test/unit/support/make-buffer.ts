import { type Buffer, createBuffer } from '../../../src/export/buffer.js';
import type { OfflineStore } from '../../../src/export/offline.js';
import { createEnvelope, encodeSpan } from '../../../src/export/otlp.js';
import type { SendResult, Transport } from '../../../src/export/transport.js';
import type { Consent, SpanRecord } from '../../../src/types.js';
import { createTime, type Time } from './time.js';

/** A collector whose answers the test writes. */
export interface FakeTransport extends Transport {
  /** The requests so far: what was sent, and how many spans were in it. */
  readonly requests: { body: string; bytes: number; isLeaving: boolean; spans: number }[];
  /** The answers to the next requests; when there is none, all is accepted. */
  readonly answers: (SendResult | Promise<SendResult>)[];
  /** What `consent()` says. */
  state: Consent;
  /** What `room()` says. */
  roomLeft: number;
}

export const createFakeTransport = (): FakeTransport => {
  const transport: FakeTransport = {
    requests: [],
    answers: [],
    state: 'granted',
    roomLeft: 32 * 1024,
    hurry: () => {},
    back: () => {},
    room: () => transport.roomLeft,
    consent: () => transport.state,
    send: async (body, bytes, isLeaving = false) => {
      transport.requests.push({ body, bytes, isLeaving, spans: body.split('"spanId"').length - 1 });
      return transport.answers.shift() ?? {};
    },
  };
  return transport;
};

interface BufferSettings {
  time?: Time;
  flushInterval?: number;
  offline?: OfflineStore;
}

/** A buffer with the product's own encoder, on time that the test lets pass. */
export const makeBuffer = (
  transport: Transport = createFakeTransport(),
  { time = createTime(), flushInterval = 5000, offline }: BufferSettings = {},
): { buffer: Buffer; time: Time } => {
  const wrap = createEnvelope({ 'service.name': 'shop' }, '0.1.0');
  const { elapsed: now, after } = time;
  const parts = { transport, wrap, encode: encodeSpan, flushInterval, now, after, offline };
  return { buffer: createBuffer<SpanRecord>(parts), time };
};
