const TYPES = ['readystatechange', 'loadstart', 'progress', 'load', 'loadend', 'error', 'timeout', 'abort'];

/** Sends after `prepare` and waits for the end. */
const run = async (kit, prepare, query = 'size=5') => {
  const xhr = new XMLHttpRequest();
  prepare(xhr);
  if (xhr.readyState === 0) xhr.open('GET', kit.url(query));
  const over = kit.over(xhr);
  xhr.send();
  await over;
  return xhr;
};

const atEach = (call) => (kit) =>
  run(kit, (xhr) => {
    for (const type of ['load', 'loadend']) call(xhr, type, kit.note);
  }).then(() => undefined);

export const cases = {
  'handlers are what the page has set': async (kit) => {
    const handlers = Object.fromEntries(TYPES.map((type) => [type, () => kit.note(type)]));
    const xhr = await run(kit, (request) => {
      for (const type of TYPES) request[`on${type}`] = handlers[type];
    });
    return TYPES.map((type) => xhr[`on${type}`] === handlers[type]);
  },
  'handlers nobody has set are null': async (kit) => {
    const xhr = await run(kit, () => {});
    return TYPES.map((type) => [xhr[`on${type}`], xhr.upload[`on${type}`] ?? null]);
  },
  'handlers set after open, changed in flight': async (kit) => {
    await run(kit, (xhr) => {
      xhr.open('GET', kit.url('size=5'));
      xhr.onload = () => kit.note('first');
      xhr.onload = () => kit.note('second');
      xhr.onreadystatechange = () => {
        kit.note(xhr.readyState);
        xhr.onreadystatechange = null;
      };
    });
  },
  'handler returns false, throws': async (kit) => {
    await run(kit, (xhr) => {
      xhr.onload = () => {
        throw new RangeError('of the page');
      };
      xhr.onloadend = () => false;
      xhr.addEventListener('load', () => kit.note('still called'));
    });
  },
  'listeners and handlers in their order': atEach((xhr, type, note) => {
    xhr.addEventListener(type, () => note(`${type} 1`));
    xhr[`on${type}`] = () => note(`${type} handler`);
    xhr.addEventListener(type, () => note(`${type} 2`), true);
    xhr.addEventListener(type, () => note(`${type} 3`));
  }),
  'the same listener twice': atEach((xhr, type, note) => {
    const listener = () => note(type);
    xhr.addEventListener(type, listener);
    xhr.addEventListener(type, listener);
    xhr.addEventListener(type, listener, true);
  }),
  'removed listener': atEach((xhr, type, note) => {
    const listener = () => note('never');
    xhr.addEventListener(type, listener);
    xhr.removeEventListener(type, listener);
    xhr.addEventListener(type, listener, true);
    xhr.removeEventListener(type, listener, true);
  }),
  'removed with the wrong phase': atEach((xhr, type, note) => {
    const listener = () => note(type);
    xhr.addEventListener(type, listener, true);
    xhr.removeEventListener(type, listener);
  }),
  'once, and added again': atEach((xhr, type, note) => {
    const listener = () => note(type);
    xhr.addEventListener(type, listener, { once: true });
    xhr.addEventListener(type, listener);
  }),
  'ended by a signal': atEach((xhr, type, note) => {
    const controller = new AbortController();
    xhr.addEventListener(type, () => note('never'), { signal: controller.signal });
    controller.abort();
    xhr.addEventListener(type, () => note('neither'), { signal: controller.signal });
  }),
  'stopImmediatePropagation, page first': atEach((xhr, type, note) => {
    xhr.addEventListener(type, (event) => event.stopImmediatePropagation());
    xhr.addEventListener(type, () => note('never'));
  }),
  'objects with handleEvent': atEach((xhr, type, note) => {
    const object = {
      handleEvent(event) {
        note(event.type, this === object, event.currentTarget === xhr);
      },
    };
    xhr.addEventListener(type, object);
    xhr.addEventListener(type, {
      get handleEvent() {
        note('read');
        return () => note('called');
      },
    });
    xhr.addEventListener(type, {});
  }),
  'this and the targets': atEach((xhr, type, note) => {
    xhr.addEventListener(type, function (event) {
      note(this === xhr, event.target === xhr, event.currentTarget === xhr, event.srcElement === xhr);
      note(event.composedPath().length, event.eventPhase, event.isTrusted, event.cancelable, event.bubbles);
    });
  }),
  'null, undefined and wrong listeners': atEach((xhr, type, note) => {
    for (const listener of [null, undefined, 1, 'text', {}, Symbol('x')]) {
      for (const options of [undefined, null, true, {}, 1]) {
        try {
          note(
            xhr.addEventListener(type, listener, options),
            xhr.removeEventListener(type, listener, options),
          );
        } catch (error) {
          note(error);
        }
      }
    }
  }),
  'a listener adds and removes others': atEach((xhr, type, note) => {
    const late = () => note('late');
    xhr.addEventListener(type, () => {
      xhr.removeEventListener(type, late);
      xhr.addEventListener(type, () => note('added'));
    });
    xhr.addEventListener(type, late);
  }),
  'a listener throws': atEach((xhr, type, note) => {
    xhr.addEventListener(type, () => {
      throw new RangeError('of the page');
    });
    xhr.addEventListener(type, () => note('still called'));
  }),
  'events of the page': async (kit) => {
    const xhr = new XMLHttpRequest();
    for (const type of TYPES) xhr.addEventListener(type, (event) => kit.note(type, event.isTrusted));
    xhr.open('GET', kit.url('size=5'));
    for (const type of TYPES) kit.note(xhr.dispatchEvent(new Event(type)));
    xhr.send();
    const over = kit.over(xhr);
    for (const type of ['load', 'error', 'abort']) kit.note(xhr.dispatchEvent(new ProgressEvent(type)));
    await over;
    return xhr.status;
  },
  'upload listeners': async (kit) => {
    await run(kit, (xhr) => {
      xhr.open('POST', kit.url('size=5'));
      for (const type of TYPES)
        xhr.upload.addEventListener(type, (event) => kit.note(`${type} ${event.loaded}`));
      const { send } = xhr;
      xhr.send = () => send.call(xhr, 'x'.repeat(100));
    });
  },
  'no upload listener to another origin: no preflight': async (kit) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', kit.other());
    xhr.send('text');
    await kit.over(xhr);
    return xhr.status;
  },
  'progress events': async (kit) => {
    let count = 0;
    await run(
      kit,
      (xhr) => {
        xhr.onprogress = () => {
          if (++count === 2) xhr.abort();
        };
      },
      'stream=1000&interval=60',
    );
    return count;
  },
  'values in every state': async (kit) => {
    await run(kit, (xhr) => {
      xhr.addEventListener('readystatechange', () => {
        kit.note(
          xhr.readyState,
          xhr.status,
          xhr.responseText.length > 0,
          xhr.getResponseHeader('content-type'),
        );
      });
    });
  },
  'order of two requests and a fetch': async (kit) => {
    // Each is answered once the page has told of the one before.
    const tell = (query, word) =>
      run(
        kit,
        (xhr) => {
          xhr.onload = () => {
            kit.note(word);
            void fetch(`${kit.path}/${word}`);
          };
        },
        query,
      );
    await Promise.all([
      tell('', 'first'),
      tell(`until=${kit.path}/first`, 'second'),
      fetch(kit.url(`until=${kit.path}/second`)).then(() => kit.note('fetch')),
    ]);
  },
  'microtasks and events': async (kit) => {
    await run(kit, (xhr) => {
      xhr.addEventListener('load', () => {
        kit.note('load 1');
        Promise.resolve().then(() => kit.note('microtask'));
      });
      xhr.addEventListener('load', () => kit.note('load 2'));
    });
  },
};
