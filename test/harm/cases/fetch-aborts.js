// Whether a request that is aborted at once reaches the server is a race that no server may look at.
const RACED = '/api/raced?hang=1';

const reason = new RangeError('of the page');

/** Steps of the microtask queue, between which a promise may settle. */
const countSteps = async (note, count = 6) => {
  for (let step = 1; step <= count; step++) await note(`step ${step}`);
};

/** In which step the promise settles. */
const stepsUntil = async (note, promise) => {
  promise.then(
    () => note('resolved'),
    (error) => note(`rejected ${error === reason}`),
  );
  await countSteps(note);
};

/** The network takes its time; the event is in a task of its own, after which the next case may begin. */
const rejectionIn = async (sleep) => {
  const told = new Promise((resolve) => addEventListener('unhandledrejection', resolve, { once: true }));
  await Promise.race([told, sleep(15_000)]);
  await sleep(50);
};

const timeline = (build) => async (kit) => {
  await stepsUntil(kit.note, build(kit));
};

/** Aborts once the server has the request. */
const abortSeen = ({ seen }, ...why) => {
  const controller = new AbortController();
  void seen().then(() => controller.abort(...why));
  return controller.signal;
};

const noteResult = async (note, promise) => {
  try {
    note((await promise).status);
  } catch (error) {
    note(error === reason, error);
  }
};

export const cases = {
  'steps: signal aborted before': timeline(({ url }) => fetch(url(), { signal: AbortSignal.abort(reason) })),
  'steps: signal of a request aborted before': timeline(({ url }) =>
    fetch(new Request(url(), { signal: AbortSignal.abort(reason) })),
  ),
  'steps: signal beside a request aborted before': timeline(({ url }) =>
    fetch(new Request(url()), { signal: AbortSignal.abort(reason) }),
  ),
  'steps: signal of a frame aborted before': async ({ frame, url, note }) => {
    const { AbortSignal: Foreign } = await frame();
    await stepsUntil(note, fetch(url(), { signal: Foreign.abort(reason) }));
  },
  'steps: request aborted, null beside it': ({ url, note }) =>
    noteResult(note, fetch(new Request(url(), { signal: AbortSignal.abort(reason) }), { signal: null })),
  'steps: nothing given': timeline(() => fetch()),
  'steps: wrong URL': timeline(() => fetch('http://[')),
  'steps: wrong cache': timeline(({ url }) => fetch(url(), { cache: 'no such' })),
  'steps: wrong method': timeline(({ url }) => fetch(url(), { method: 'GE T' })),
  'steps: wrong header': timeline(({ url }) => fetch(url(), { headers: { 'no good': '1' } })),
  'steps: wrong kind of options': timeline(({ url }) => fetch(url(), 1)),
  'steps: wrong this': timeline(({ url }) => fetch.call({}, url())),
  'steps: throwing options': timeline(({ url }) =>
    fetch(url(), {
      get method() {
        throw reason;
      },
    }),
  ),
  'steps: unknown scheme': timeline(() => fetch('unknown:thing')),
  'order of two aborted calls': ({ url, note }) => {
    const signal = AbortSignal.abort(reason);
    fetch(url(), { signal }).catch(() => note('first'));
    Promise.reject(reason).catch(() => note('other'));
    fetch(url(), { signal }).catch(() => note('second'));
    return countSteps(note);
  },
  'abort before, default reason': ({ outcome, url }) =>
    outcome(() => fetch(url(), { signal: AbortSignal.abort() })),
  'abort before, the same reason': ({ url, note }) =>
    noteResult(note, fetch(url(), { signal: AbortSignal.abort(reason) })),
  'abort before, reason undefined': ({ outcome, url }) =>
    outcome(() => fetch(url(), { signal: AbortSignal.abort(undefined) })),
  'abort before, reason null': ({ outcome, url }) =>
    outcome(() => fetch(url(), { signal: AbortSignal.abort(null) })),
  'abort before, reason text': ({ outcome, url }) =>
    outcome(() => fetch(url(), { signal: AbortSignal.abort('why') })),
  'abort before with wrong options': ({ outcome, url }) =>
    outcome(() => fetch(url(), { signal: AbortSignal.abort(reason), cache: 'no such' })),
  'abort before with a wrong URL': ({ outcome }) =>
    outcome(() => fetch('http://[', { signal: AbortSignal.abort(reason) })),
  'abort in the same task': ({ note }) => {
    const controller = new AbortController();
    const sent = fetch(RACED, { signal: controller.signal });
    controller.abort(reason);
    return noteResult(note, sent);
  },
  'abort in flight, own reason': (kit) =>
    noteResult(kit.note, fetch(kit.url('hang=1'), { signal: abortSeen(kit, reason) })),
  'abort in flight, default reason': (kit) =>
    noteResult(kit.note, fetch(kit.url('hang=1'), { signal: abortSeen(kit) })),
  'abort in flight, request': (kit) =>
    noteResult(kit.note, fetch(new Request(kit.url('hang=1'), { signal: abortSeen(kit, reason) }))),
  'abort in flight, reason with getters': async (kit) => {
    const odd = Object.defineProperty({}, 'name', { get: () => kit.note('name was read') });
    const sent = fetch(kit.url('hang=1'), { signal: abortSeen(kit, odd) });
    await sent.catch((error) => kit.note(error === odd));
  },
  'abort listeners run in order': async ({ note }) => {
    const controller = new AbortController();
    controller.signal.addEventListener('abort', () => note('before'));
    const sent = fetch(RACED, { signal: controller.signal }).catch(() => note('rejected'));
    controller.signal.addEventListener('abort', () => note('after'));
    controller.signal.onabort = () => note('handler');
    controller.abort(reason);
    note('returned');
    await sent;
  },
  'time limit': ({ outcome }) => outcome(() => fetch(RACED, { signal: AbortSignal.timeout(250) })),
  'any of two signals': (kit) =>
    noteResult(
      kit.note,
      fetch(kit.url('hang=1'), {
        signal: AbortSignal.any([abortSeen(kit, reason), AbortSignal.timeout(60_000)]),
      }),
    ),
  'abort while the body comes': async ({ url, note }) => {
    const controller = new AbortController();
    const response = await fetch(url('stream=50&interval=40'), { signal: controller.signal });
    const reader = response.body.getReader();
    await reader.read();
    controller.abort(reason);
    await noteResult(note, reader.read());
    note(response.bodyUsed);
  },
  'abort after the end': async ({ url }) => {
    const controller = new AbortController();
    const response = await fetch(url('size=10'), { signal: controller.signal });
    const text = await response.text();
    controller.abort();
    return [text, controller.signal.aborted];
  },
  'abort after the headers, body unread': async ({ url, note }) => {
    const controller = new AbortController();
    const response = await fetch(url('stream=50&interval=40'), { signal: controller.signal });
    controller.abort(reason);
    await noteResult(note, response.text());
  },
  'unhandled: aborted before': ({ url }) => void fetch(url(), { signal: AbortSignal.abort(reason) }),
  'unhandled: aborted in flight': async (kit) => {
    fetch(kit.url('hang=1'), { signal: abortSeen(kit, reason) });
    await rejectionIn(kit.sleep);
  },
  'unhandled: wrong arguments': () => void fetch('http://['),
  'unhandled: nothing given': () => void fetch(),
  'unhandled: network': async ({ url, sleep }) => {
    fetch(url('close=1'));
    await rejectionIn(sleep);
  },
  'unhandled: refused by CORS': async ({ other, sleep }) => {
    fetch(other('cors=no'));
    await rejectionIn(sleep);
  },
  'unhandled: in a chain': async ({ url, sleep, note }) => {
    fetch(url('close=1')).then(() => note('never'));
    await rejectionIn(sleep);
  },
  'unhandled: only finally': async ({ url, sleep, note }) => {
    fetch(url('close=1')).finally(() => note('finally'));
    await rejectionIn(sleep);
  },
  'unhandled: two chains of one call': async ({ url, sleep, note }) => {
    const sent = fetch(url('close=1'));
    sent.then(() => note('never'));
    sent.catch(() => note('caught'));
    await rejectionIn(sleep);
  },
  'handled: caught at once': async ({ url, sleep, note }) => {
    await fetch(url('close=1')).catch(() => note('caught'));
    await sleep(50);
  },
  'handled: caught later': async ({ url, sleep, note }) => {
    const sent = fetch(url(), { signal: AbortSignal.abort(reason) });
    await sleep(30);
    sent.catch(() => note('caught'));
    await sleep(60);
  },
  'handled: awaited': async ({ url, note }) => {
    try {
      await fetch(url('close=1'));
    } catch (error) {
      note(error);
    }
  },
  'handled: by preventDefault': async ({ url, sleep, note }) => {
    const onRejection = (event) => {
      note('seen', event.reason);
      event.preventDefault();
    };
    addEventListener('unhandledrejection', onRejection);
    fetch(url(), { signal: AbortSignal.abort(reason) });
    await sleep(100);
    removeEventListener('unhandledrejection', onRejection);
  },
  'promise of the event': async ({ url, sleep, note }) => {
    let told;
    const onRejection = (event) => {
      told = event.promise;
    };
    addEventListener('unhandledrejection', onRejection);
    const sent = fetch(url('close=1'));
    await rejectionIn(sleep);
    removeEventListener('unhandledrejection', onRejection);
    note(told === sent);
  },
};
