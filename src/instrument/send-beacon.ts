import { watchText } from '../platform/lazy-copy.js';
import { patch } from '../platform/patch.js';
import type { Instrumentation } from '../types.js';
import { bodySize } from './body-size.js';
import { startRequest } from './http.js';

/** A client span for each `sendBeacon`, without length: nobody tells when a beacon has arrived. It carries no header. */
export const traceBeacon = (): Instrumentation => ({
  name: 'beacon',
  start: (context) =>
    patch(Navigator.prototype, 'sendBeacon', (send, _, args) => {
      const [given, ...rest] = args;
      let address = '';
      const watched = watchText(given, (text) => {
        address = text;
      });
      const isTaken = send(args.length ? [watched, ...rest] : args);
      const request = startRequest(context, 'beacon', address);
      request?.describe('POST');
      request?.span.setAttributes({ 'http.request.body.size': bodySize(rest[0]) });
      request?.end(isTaken ? 0 : 'refused');
      return isTaken;
    }),
});
