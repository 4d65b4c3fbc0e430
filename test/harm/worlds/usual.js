// What any page does, in a few calls; run in every world.

const request = (kit, build) => kit.settle(build);

const withoutText = (description) => {
  for (const part of Object.values(description)) delete part?.isNativeText;
  return description;
};

export const cases = {
  'fetch of a path': (kit) => request(kit, () => fetch(kit.path)),
  'fetch with options': (kit) =>
    request(kit, () => fetch(kit.url(), { method: 'POST', body: 'body', headers: { 'X-Page': '1' } })),
  'fetch with a list of headers': (kit) =>
    request(kit, () => fetch(kit.url(), { headers: [['X-Page', '1']] })),
  'fetch of a request': (kit) =>
    request(kit, () => fetch(new Request(kit.url(), { method: 'PUT', body: 'body' }))),
  'fetch to another origin': (kit) => request(kit, () => fetch(kit.other())),
  'fetch that fails': (kit) => request(kit, () => fetch(kit.url('close=1'))),
  'fetch with wrong options': (kit) => request(kit, () => fetch(kit.url(), { cache: 'no such' })),
  'aborted fetch': (kit) => request(kit, () => fetch(kit.url(), { signal: AbortSignal.abort('why') })),
  'nobody catches': async (kit) => {
    const sent = fetch(kit.url(), { signal: AbortSignal.abort('why') });
    await kit.sleep(10);
    return typeof sent;
  },
  'what fetch gives': async ({ describe, url }) => {
    const sent = fetch(url());
    await sent;
    return [describe(Reflect.ownKeys(sent)), sent.constructor.name, sent.page ?? 'nothing'];
  },
  XMLHttpRequest: (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('POST', kit.url('size=5'));
      xhr.setRequestHeader('X-Page', '1');
      xhr.send('body');
    }),
  'XMLHttpRequest to another origin': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', kit.other());
      xhr.send();
    }),
  'synchronous XMLHttpRequest': (kit) => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', kit.url('size=5'), false);
    xhr.send();
    return xhr.responseText;
  },
  'history goes on': ({ attempt }) => {
    const before = location.href;
    const results = [
      attempt(() => history.pushState(null, '', '/harm.html?route')),
      attempt(() => history.replaceState(null, '', before)),
      attempt(() => history.pushState(null, '', 'http://elsewhere.test/')),
    ];
    return [results, location.pathname];
  },
  'an error is told': async ({ sleep }) => {
    setTimeout(() => {
      throw new RangeError('of the page');
    });
    Promise.reject(new RangeError('rejected by the page'));
    await sleep(20);
  },
  // A Proxy prints as native code whatever it stands for, so their texts are left out.
  'what the page has put there is still there': ({ describeProperty }) => [
    withoutText(describeProperty(window, 'fetch')),
    withoutText(describeProperty(XMLHttpRequest.prototype, 'open')),
    withoutText(describeProperty(XMLHttpRequest.prototype, 'send')),
    Object.isFrozen(XMLHttpRequest.prototype),
    Object.isFrozen(window.fetch),
  ],
  'what the page has counted': () => window.counts ?? 'nothing',
};
