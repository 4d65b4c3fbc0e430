import { HttpError, PaymentDeclinedError } from './errors.mjs';

/** A sentence that another service wrote for its caller is for ours too; its failures are our bad gateway. */
const toError = (service, status, body) => {
  if (status === 402) return new PaymentDeclinedError();
  if (status < 500) return new HttpError(status, body.error, body.message);
  return new HttpError(502, 'bad_gateway', `${service} answered ${status}.`);
};

/** Calls another service; what it answers, or an error to pass on. */
export const createPeer = (service, baseUrl) => async (method, path, payload) => {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    ...(payload && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) }),
    signal: AbortSignal.timeout(20_000),
  }).catch((cause) => {
    throw Object.assign(new HttpError(502, 'bad_gateway', `${service} could not be reached.`), { cause });
  });
  const body = await response.json();
  if (!response.ok) throw toError(service, response.status, body);
  return body;
};
