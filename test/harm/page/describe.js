/** Any value as something that JSON holds, so that two pages can be compared. */
export const describe = (value, depth = 0) => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : `number ${value}`;
  if (typeof value !== 'object')
    return `${typeof value} ${typeof value === 'function' ? value.name : String(value)}`;
  if (isError(value)) return describeError(value);
  if (depth > 6) return 'too deep';
  if (Array.isArray(value)) return value.map((item) => describe(item, depth + 1));
  const name = Object.prototype.toString.call(value).slice(8, -1);
  if (name !== 'Object') return `object ${name}`;
  return Object.fromEntries(Object.keys(value).map((key) => [key, describe(value[key], depth + 1)]));
};

const isError = (value) =>
  value instanceof Error || /Error|DOMException/.test(Object.prototype.toString.call(value));

/** Which realm's class an error has is part of what the page sees. */
const describeError = (error) => ({
  error: error.name,
  message: error.message,
  class: error.constructor?.name,
  isOfThisPage: error instanceof Error,
  code: error.code ?? 'none',
  extra: Object.keys(error),
});

/** All that a page can see of a response, its text last. What the server echoes is compared at the server. */
export const describeResponse = async (response, { isRead = true } = {}) => {
  if (!(response instanceof Response)) return describe(response);
  const seen = describeHead(response);
  return isRead ? { ...seen, ...(await readText(response)) } : seen;
};

const describeHead = (response) => ({
  class: response.constructor.name,
  brand: Object.prototype.toString.call(response),
  ownKeys: Reflect.ownKeys(response).map(String),
  isNative: Object.getPrototypeOf(response) === Response.prototype,
  url: response.url,
  type: response.type,
  redirected: response.redirected,
  status: response.status,
  statusText: response.statusText,
  ok: response.ok,
  headers: [...response.headers].filter(([name]) => !/^(date|content-length)$/.test(name)),
  bodyUsed: response.bodyUsed,
  body: describe(response.body),
});

const readText = async (response) => {
  const isEcho = /json/.test(response.headers.get('content-type') ?? '');
  try {
    const text = await response.text();
    return { text: isEcho && text ? Object.keys(JSON.parse(text)) : text, bodyUsedAfter: response.bodyUsed };
  } catch (error) {
    return { text: describe(error) };
  }
};

/** A property's descriptor, with functions by their shape. */
export const describeProperty = (owner, name) => {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (!descriptor) return 'none';
  const parts = Object.entries(descriptor).map(([key, value]) => [
    key,
    typeof value === 'function' ? describeFunction(value) : describe(value),
  ]);
  return Object.fromEntries(parts);
};

/** All that can be seen of a function without calling it. */
export const describeFunction = (fn) => ({
  name: fn.name,
  length: fn.length,
  ownKeys: Reflect.ownKeys(fn).map(String),
  prototype: Object.getPrototypeOf(fn) === Function.prototype,
  hasPrototype: 'prototype' in fn,
  isExtensible: Object.isExtensible(fn),
  isNativeText: Function.prototype.toString.call(fn).includes('[native code]'),
  tag: Object.prototype.toString.call(fn),
});
