import { createHash } from 'node:crypto';

/** RFC 6455, section 1.3. */
const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 1;
const CLOSE = 8;
const MASK_BYTES = 4;
/** Longer messages have their length elsewhere, which an echo for short greetings need not read. */
const LONGEST = 125;

/** Answers a WebSocket with what it says, in `upgrade` events of a server. Short messages in one frame each only. */
export const echoWebSocket = (path) => (request, socket) => {
  const key = request.headers['sec-websocket-key'];
  if (!key || new URL(request.url, 'http://localhost').pathname !== path) return socket.destroy();
  const accept = createHash('sha1').update(`${key}${KEY_SUFFIX}`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = answerFrames(Buffer.concat([received, chunk]), socket);
  });
  // A visitor who is gone is no fault of the service.
  socket.on('error', () => socket.destroy());
};

/** Answers the frames that are whole, and returns the rest. */
const answerFrames = (bytes, socket) => {
  let rest = bytes;
  while (rest.length >= 2) {
    const opcode = rest[0] & 0x0f;
    const length = rest[1] & 0x7f;
    const end = 2 + MASK_BYTES + length;
    if (length > LONGEST) socket.destroy();
    if (length > LONGEST || rest.length < end) return rest;
    answer(opcode, unmask(rest.subarray(2, end)), socket);
    rest = rest.subarray(end);
  }
  return rest;
};

const unmask = (bytes) => bytes.subarray(MASK_BYTES).map((byte, index) => byte ^ bytes[index % MASK_BYTES]);

const answer = (opcode, payload, socket) => {
  if (opcode !== TEXT && opcode !== CLOSE) return;
  const frame = Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);
  if (opcode === CLOSE) socket.end(frame);
  else socket.write(frame);
};
