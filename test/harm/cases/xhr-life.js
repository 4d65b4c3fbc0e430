// Whether it reaches the server before it is given up is a race, so it goes where nobody looks.
const RACED = '/api/raced?hang=1';

const open = (kit, query, method = 'GET') => {
  const xhr = new XMLHttpRequest();
  xhr.open(method, kit.url(query));
  return xhr;
};

const TYPES = ['', 'text', 'json', 'arraybuffer', 'blob', 'document'];
const TARGETS = {
  own: (kit) => kit.url('size=30'),
  'another origin': (kit) => kit.other('size=30&header=X-Hidden:1'),
  refused: (kit) => kit.other('cors=no'),
};

const reads = () => {
  const rows = [];
  for (const type of TYPES) {
    for (const [name, address] of Object.entries(TARGETS)) {
      rows.push([
        `response type ${type || 'empty'}, ${name}`,
        (kit) =>
          kit.exchange(new XMLHttpRequest(), (xhr) => {
            xhr.open('GET', address(kit));
            xhr.responseType = type;
            xhr.send();
          }),
      ]);
    }
  }
  return Object.fromEntries(rows);
};

class PageXhr extends XMLHttpRequest {
  opened = [];
  open(...args) {
    this.opened.push(args.length);
    return super.open(...args);
  }
  setRequestHeader(name, value) {
    this.opened.push(name);
    return super.setRequestHeader(name, value);
  }
  addEventListener(...args) {
    this.opened.push(`listen ${args[0]}`);
    return super.addEventListener(...args);
  }
  get status() {
    this.opened.push('status');
    return 999;
  }
}

export const cases = {
  ...reads(),
  ...Object.fromEntries(
    [200, 204, 205, 304, 404, 500].map((status) => [
      `status ${status}`,
      (kit) => kit.exchange(open(kit, `status=${status}`), (xhr) => xhr.send()),
    ]),
  ),
  redirected: (kit) => kit.exchange(open(kit, `redirect=${kit.path}?end`), (xhr) => xhr.send()),
  'with credentials to another origin': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', kit.other());
      xhr.withCredentials = true;
      xhr.send();
    }),
  'synchronous call': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', kit.url('size=10'), false);
      kit.note(xhr.send());
      kit.note(xhr.status, xhr.responseText);
    }),
  'synchronous call that fails': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', kit.url('close=1'), false);
      xhr.send();
    }),
  'synchronous call with status 500': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', kit.url('status=500'), false);
      xhr.send();
    }),
  'synchronous call, wrong settings': (kit) => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', kit.url(), false);
    kit.note(
      kit.attempt(() => (xhr.timeout = 5)),
      kit.attempt(() => (xhr.responseType = 'json')),
    );
  },
  'connection cut': (kit) => kit.exchange(open(kit, 'close=1'), (xhr) => xhr.send()),
  'body cut': (kit) => kit.exchange(open(kit, 'close=body'), (xhr) => xhr.send()),
  timeout: (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', RACED);
      xhr.timeout = 250;
      xhr.send();
    }),
  'abort in flight': (kit) =>
    kit.exchange(open(kit, 'hang=1'), (xhr) => {
      xhr.send();
      void kit.seen().then(() => xhr.abort());
    }),
  'abort at once': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', RACED);
      xhr.send();
      kit.note(xhr.abort());
    }),
  'abort before send': (kit) => {
    const xhr = open(kit);
    kit.note(
      xhr.abort(),
      xhr.readyState,
      kit.attempt(() => xhr.send()),
    );
  },
  'abort after the end': (kit) =>
    kit.exchange(open(kit, 'size=3'), (xhr) => {
      xhr.addEventListener('load', () => xhr.abort());
      xhr.send();
    }),
  'abort while the body comes': (kit) =>
    kit.exchange(open(kit, 'stream=50&interval=40'), (xhr) => {
      xhr.addEventListener('progress', () => xhr.abort(), { once: true });
      xhr.send();
    }),
  'abort in a listener': (kit) =>
    kit.exchange(open(kit), (xhr) => {
      xhr.addEventListener('readystatechange', () => xhr.readyState === 2 && xhr.abort());
      xhr.send();
    }),
  'used three times': async (kit) => {
    const xhr = new XMLHttpRequest();
    for (const query of ['status=200', 'status=404', 'status=204']) {
      xhr.open('GET', kit.url(query));
      xhr.send();
      await new Promise((resolve) => xhr.addEventListener('loadend', resolve, { once: true }));
      kit.note(xhr.status);
    }
    return kit.describeXhr(xhr);
  },
  'opened again in flight': (kit) =>
    kit.exchange(open(kit, 'hang=1'), (xhr) => {
      xhr.send();
      void kit.seen().then(() => {
        xhr.open('POST', kit.url('second'));
        xhr.send('again');
      });
    }),
  'opened again at once': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', RACED);
      xhr.send();
      xhr.open('POST', kit.url('second'));
      xhr.send('again');
    }),
  'opened again in a load listener': (kit) => {
    let times = 0;
    const xhr = open(kit, 'n=0');
    const last = new Promise((resolve) => {
      xhr.addEventListener('load', () => {
        if (++times > 2) return resolve(kit.over(xhr));
        xhr.open('GET', kit.url(`n=${times}`));
        xhr.send();
      });
    });
    return kit.exchange(xhr, () => xhr.send()).then(() => last);
  },
  'sent twice': (kit) =>
    kit.exchange(open(kit, 'delay=50'), (xhr) => {
      xhr.send();
      kit.note(kit.attempt(() => xhr.send()));
    }),
  'sent without open': (kit) => kit.note(kit.attempt(() => new XMLHttpRequest().send())),
  'sent after the end': (kit) =>
    kit.exchange(open(kit), (xhr) => {
      xhr.addEventListener('loadend', () => kit.note(kit.attempt(() => xhr.send())));
      xhr.send();
    }),
  'frozen object': (kit) => kit.exchange(Object.freeze(open(kit)), (xhr) => xhr.send()),
  'sealed before open': (kit) =>
    kit.exchange(Object.seal(new XMLHttpRequest()), (xhr) => {
      xhr.open('GET', kit.url());
      xhr.send();
    }),
  'properties of its own stay the only ones': (kit) => {
    const xhr = Object.assign(open(kit), { page: 1 });
    return kit.exchange(xhr, () => xhr.send());
  },
  'own methods on the object': (kit) => {
    const xhr = new XMLHttpRequest();
    for (const name of ['open', 'send', 'setRequestHeader', 'addEventListener']) {
      xhr[name] = function (...args) {
        kit.note(name, args.length);
        return XMLHttpRequest.prototype[name].apply(this, args);
      };
    }
    xhr.open('GET', kit.url());
    xhr.send();
    return kit.over(xhr);
  },
  'own properties that throw': (kit) => {
    const xhr = open(kit);
    for (const key of [
      'status',
      'readyState',
      'responseURL',
      'response',
      'getAllResponseHeaders',
      'getResponseHeader',
    ]) {
      Object.defineProperty(xhr, key, {
        get() {
          throw new Error('nobody may ask');
        },
      });
    }
    xhr.addEventListener('loadend', () => kit.note('end'));
    xhr.send();
    return kit.over(xhr);
  },
  'subclass with methods of its own': async (kit) => {
    const xhr = new PageXhr();
    xhr.open('GET', kit.url());
    xhr.setRequestHeader('X-Page', '1');
    xhr.send();
    await kit.over(xhr);
    return xhr.opened;
  },
  'object of a frame': async (kit) => {
    const frame = await kit.frame();
    const xhr = new frame.XMLHttpRequest();
    XMLHttpRequest.prototype.open.call(xhr, 'GET', kit.url());
    XMLHttpRequest.prototype.send.call(xhr);
    await kit.over(xhr);
    return xhr.status;
  },
  'methods of a frame on an object of the page': async (kit) => {
    const { XMLHttpRequest: Foreign } = await kit.frame();
    const xhr = new XMLHttpRequest();
    Foreign.prototype.open.call(xhr, 'GET', kit.url());
    return kit.exchange(xhr, () => xhr.send());
  },
  'XMLHttpRequest of a frame': async (kit) => {
    const frame = await kit.frame();
    return kit.exchange(new frame.XMLHttpRequest(), (xhr) => {
      xhr.open('GET', kit.url());
      xhr.send();
    });
  },
  'opened before, prototype methods later': (kit) => {
    const { open: nativeOpen, send } = XMLHttpRequest.prototype;
    return kit.exchange(new XMLHttpRequest(), (xhr) => {
      nativeOpen.call(xhr, 'GET', kit.url());
      send.call(xhr);
    });
  },
};
