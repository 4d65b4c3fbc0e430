import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Fixed by RFC 6455, section 1.3. */
const KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;

/**
 * The server's side of a WebSocket (RFC 6455) under `/api/`. It sends every message back, closes as it is asked to, and
 * takes the first subprotocol that is offered. Its query says more:
 *
 * - `say=3` three messages at once: `message 0` …; `binary=1` sends those, as bytes
 * - `close=4001&reason=done` closes so after the handshake, or after the first message with `late=1`
 * - `cut=1` cuts the connection instead; `refuse=1` answers the handshake with 403; `hang=1` never answers it
 */
export const answerSocket = (request: IncomingMessage, socket: Duplex): void => {
  const { searchParams: query } = new URL(request.url ?? '/', 'http://page.test');
  socket.on('error', () => {});
  if (query.has('hang')) return;
  if (query.has('refuse')) {
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    return;
  }
  socket.write(handshake(request));
  const binary = query.has('binary');
  for (let index = 0; index < Number(query.get('say') ?? 0); index++) {
    socket.write(frame(binary ? BINARY : TEXT, Buffer.from(`message ${index}`)));
  }
  const finish = (): void => {
    if (query.has('cut')) socket.destroy();
    if (query.has('close')) socket.write(frame(CLOSE, closing(query)));
  };
  if (!query.has('late')) finish();
  readFrames(socket, (kind, body) => {
    if (kind === CLOSE) {
      if (query.has('close')) socket.end();
      else socket.end(frame(CLOSE, body));
      return;
    }
    if (kind <= BINARY) socket.write(frame(kind, body));
    if (query.has('late')) finish();
  });
};

const handshake = ({ headers }: IncomingMessage): string => {
  const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${KEY}`).digest('base64');
  const [protocol] = `${headers['sec-websocket-protocol'] ?? ''}`.split(/, */);
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol}`] : []),
    '\r\n',
  ].join('\r\n');
};

const closing = (query: URLSearchParams): Buffer => {
  const code = Buffer.alloc(2);
  code.writeUInt16BE(Number(query.get('close')));
  return Buffer.concat([code, Buffer.from(query.get('reason') ?? '')]);
};

/** One whole message, not masked, as a server sends it. */
const frame = (kind: number, body: Buffer): Buffer => {
  const { length } = body;
  const wide = length > 0xffff ? 8 : length > 125 ? 2 : 0;
  const head = Buffer.alloc(2 + wide);
  head[0] = 0x80 | kind;
  head[1] = wide ? (wide > 2 ? 127 : 126) : length;
  if (wide) head.writeUIntBE(length, wide > 2 ? 4 : 2, wide > 2 ? 6 : 2);
  return Buffer.concat([head, body]);
};

/** Calls `onMessage` for each message; a browser sends long ones in parts. */
const readFrames = (socket: Duplex, onMessage: (kind: number, body: Buffer) => void): void => {
  let waiting = Buffer.alloc(0);
  let begun = { kind: 0, parts: [] as Buffer[] };
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (let read = takeFrame(waiting); read; read = takeFrame(waiting)) {
      const { kind, isLast, body, rest } = read;
      waiting = Buffer.from(rest);
      if (kind > BINARY) onMessage(kind, body);
      else {
        if (kind !== CONTINUATION) begun = { kind, parts: [] };
        begun.parts.push(body);
        if (isLast) onMessage(begun.kind, Buffer.concat(begun.parts));
      }
    }
  });
};

/** The first frame of `bytes`, unmasked, and what follows; undefined while it is not whole. */
const takeFrame = (bytes: Buffer) => {
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const head = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  if (bytes.length < head + 4) return undefined;
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const end = head + 4 + length;
  if (bytes.length < end) return undefined;
  const mask = bytes.subarray(head, head + 4);
  const body = bytes.subarray(head + 4, end).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { kind: first & 0xf, isLast: first > 0x7f, body: Buffer.from(body), rest: bytes.subarray(end) };
};
