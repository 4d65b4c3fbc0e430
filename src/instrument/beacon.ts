import { watchText } from '../platform/lazy-copy.js';
import { patch } from '../platform/patch.js';
import type { Instrumentation } from '../types.js';
import { bodySize } from './body-size.js';
import { isNested, runNative, startRequest } from './http.js';

/** A client span for each `sendBeacon`, without length: nobody tells when a beacon has arrived. It carries no header. */
export const traceBeacon = (): Instrumentation => ({
  name: 'beacon',
  start: (context) =>
    patch(Navigator.prototype, 'sendBeacon', (send, _, args) => {
      if (isNested()) return send();
      let address = '';
      const note = (text: string) => {
        address = text;
      };
      const isTaken = runNative(() =>
        send(args.map((value, index) => (index ? value : watchText(value, note)))),
      );
      const request = startRequest(context, 'beacon', address);
      request?.setMethod('POST');
      const size = bodySize(args[1]);
      if (size !== undefined) request?.span.setAttribute('http.request.body.size', size);
      request?.end(isTaken ? 0 : 'refused');
      return isTaken;
    }),
});
