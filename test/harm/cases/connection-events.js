// What happens on a WebSocket or an EventSource, in order, with a server that answers as the query says.

/** Notes the word, and gives nothing. */
const after = (kit, word) => {
  kit.note(word);
};

const TYPES = 'open message error close named';

const describeData = (data) =>
  typeof data === 'string'
    ? data
    : `${Object.prototype.toString.call(data)} ${data?.byteLength ?? data?.size}`;

/** Notes all events, by listeners and by handlers, and the microtasks between them, until `isOver`. */
const follow = (kit, connection, { isOver, on = {} }) =>
  new Promise((resolve) => {
    let turn = 0;
    for (const type of TYPES.split(' ')) {
      const note = (way) => (event) => {
        kit.note(`${way} ${type} ${connection.readyState} ${event.isTrusted} ${event.eventPhase}`);
        Promise.resolve().then(() => kit.note(`microtask ${way} ${type}`));
        if (type === 'message') kit.note(describeData(event.data), event.lastEventId, event.ports.length);
        if (type === 'close') kit.note(event.code, event.reason, event.wasClean);
        if (way !== 'listener') return;
        on[type]?.(event, turn);
        turn++;
        if (!isOver(type, turn, connection)) return;
        connection.close();
        setTimeout(resolve, 30);
      };
      connection.addEventListener(type, note('capture'), true);
      connection[`on${type}`] = note('handler');
      connection.addEventListener(type, note('listener'));
    }
    kit.note(Reflect.ownKeys(connection).map(String));
  });

const isClosed = (type) => type === 'close';

const socket = (query, on, prepare) => async (kit) => {
  const connection = new WebSocket(kit.url(query).replace('http', 'ws'));
  prepare?.(connection, kit);
  const named =
    on &&
    Object.fromEntries(
      Object.entries(on).map(([type, run]) => [type, (event, turn) => run(connection, kit, event, turn)]),
    );
  await follow(kit, connection, { isOver: isClosed, on: named });
  return [
    connection.readyState,
    connection.protocol,
    connection.extensions,
    connection.bufferedAmount,
    connection.binaryType,
  ];
};

const echo = (...messages) => ({
  open: (connection, kit) => {
    for (const message of messages)
      kit.note(
        kit.attempt(() => connection.send(message)),
        connection.bufferedAmount,
      );
  },
  message: (connection, _, __, turn) => {
    if (turn >= messages.length) connection.close();
  },
});

const source =
  (query, isOver, on = {}) =>
  async (kit) => {
    const connection = new EventSource(kit.url(query));
    const named = Object.fromEntries(
      Object.entries(on).map(([type, run]) => [type, (event, turn) => run(connection, kit, event, turn)]),
    );
    await follow(kit, connection, { isOver, on: named });
    const state = connection.readyState;
    connection.close();
    return [state, connection.readyState, connection.withCredentials];
  };

const counted = (kit) => ({
  toString: () => after(kit, 'text') ?? 'counted',
  get byteLength() {
    return kit.note('byteLength');
  },
  get size() {
    return kit.note('size');
  },
  get length() {
    return kit.note('length');
  },
});

export const cases = {
  'opened and closed': socket('', { open: (connection) => connection.close() }),
  'closed with a code': socket('', { open: (connection) => connection.close(4000, 'why') }),
  'closed by the server': socket('close=4001&reason=done'),
  'closed by the server after messages': socket('say=3&close=1000'),
  'closed by the server after an error': socket('close=1011&reason=broken'),
  cut: socket('cut=1'),
  'cut after a message': socket('cut=1&late=1', { open: (connection) => connection.send('x') }),
  refused: socket('refuse=1'),
  'closed while it connects': socket('', undefined, (connection) => connection.close()),
  'closed while it connects and hangs': socket('hang=1', undefined, (connection) => connection.close()),
  'closed twice': socket('', {
    open: (connection, kit) => {
      connection.close();
      kit.note(
        connection.readyState,
        kit.attempt(() => connection.close(3000)),
      );
    },
  }),
  'closed wrongly': socket('', {
    open: (connection, kit) => {
      kit.note(
        kit.attempt(() => connection.close(999)),
        kit.attempt(() => connection.close(1000, 'x'.repeat(124))),
        kit.attempt(() => connection.close({ valueOf: () => after(kit, 'code') ?? 1000 })),
      );
    },
  }),
  'closed in a message': socket('say=3', { message: (connection) => connection.close() }),
  'sent while it connects': socket('', { open: (connection) => connection.close() }, (connection, kit) =>
    kit.note(kit.attempt(() => connection.send('x'))),
  ),
  'sent when it is closed': socket('', {
    open: (connection) => connection.close(),
    close: (connection, kit) =>
      kit.note(
        kit.attempt(() => connection.send('four')),
        connection.bufferedAmount,
      ),
  }),
  'sent nothing': socket('', {
    open: (connection, kit) => {
      kit.note(kit.attempt(() => connection.send()));
      connection.close();
    },
  }),
  'texts sent back': socket('', echo('', 'text', 'Grüße', '𝒳'.repeat(70))),
  'a long text sent back': async (kit) => {
    const connection = new WebSocket(kit.url().replace('http', 'ws'));
    connection.onopen = () => connection.send('x'.repeat(300_000));
    const { data } = await new Promise((resolve) => {
      connection.onmessage = resolve;
    });
    connection.close();
    return [data.length, data === 'x'.repeat(300_000)];
  },
  'bytes sent back': socket(
    '',
    echo(
      new ArrayBuffer(3),
      new Uint8Array(9).subarray(4),
      new DataView(new ArrayBuffer(2)),
      new Blob(['1234']),
    ),
  ),
  'bytes sent back as a buffer': socket('', echo(new ArrayBuffer(3), new Blob(['1234'])), (connection) => {
    connection.binaryType = 'arraybuffer';
  }),
  'bytes at once': socket('say=2&binary=1&close=1000', undefined, (connection) => {
    connection.binaryType = 'arraybuffer';
  }),
  'odd values sent back': socket('', echo(null, undefined, 7, [1, 2], { a: 1 })),
  'an unknown binaryType': socket('close=1000', undefined, (connection, kit) => {
    connection.binaryType = 'text';
    kit.note(connection.binaryType);
  }),
  'a counted object sent': socket('', {
    open: (connection, kit) => {
      kit.note(
        kit.attempt(() => connection.send(counted(kit))),
        connection.bufferedAmount,
      );
      connection.close();
    },
  }),
  'an object that throws sent': socket('', {
    open: (connection, kit) => {
      kit.note(
        kit.attempt(() =>
          connection.send({
            toString() {
              throw new RangeError('of the page');
            },
          }),
        ),
      );
      connection.close();
    },
  }),
  subprotocols: async (kit) => {
    const connection = new WebSocket(kit.url().replace('http', 'ws'), ['one', 'two']);
    await new Promise((resolve) => {
      connection.onopen = resolve;
    });
    const { protocol } = connection;
    connection.close();
    return protocol;
  },
  'subprotocols that are counted': async (kit) => {
    const names = {
      *[Symbol.iterator]() {
        kit.note('iterator');
        yield { toString: () => after(kit, 'name') ?? 'one' };
      },
    };
    const connection = new WebSocket(
      { toString: () => after(kit, 'url') ?? kit.url().replace('http', 'ws') },
      names,
    );
    await new Promise((resolve) => {
      connection.onopen = resolve;
    });
    const { protocol } = connection;
    connection.close();
    return protocol;
  },
  'listeners are removed': async (kit) => {
    const connection = new WebSocket(kit.url('say=2&close=1000').replace('http', 'ws'));
    const once = () => {
      kit.note('once');
      connection.removeEventListener('message', once);
    };
    connection.addEventListener('message', once);
    connection.addEventListener(
      'message',
      {
        handleEvent() {
          kit.note('object');
        },
      },
      { once: true },
    );
    await new Promise((resolve) => {
      connection.onclose = resolve;
    });
  },
  'the first listener stops the others': async (kit) => {
    const connection = new WebSocket(kit.url('say=1&close=1000').replace('http', 'ws'));
    const closed = new Promise((resolve) => {
      for (const type of ['open', 'message', 'close'])
        connection.addEventListener(type, (event) => {
          kit.note(type);
          event.stopImmediatePropagation();
          if (type === 'close') resolve();
        });
    });
    connection.onmessage = () => kit.note('not heard');
    await closed;
  },
  'a listener that throws': socket('say=1&close=1000', {
    message: () => {
      throw new RangeError('of the page');
    },
  }),
  'events of the page': async (kit) => {
    const connection = new WebSocket(kit.url('say=1').replace('http', 'ws'));
    const heard = new Promise((resolve) => {
      connection.addEventListener('message', (event) => {
        kit.note(event.isTrusted, describeData(event.data));
        if (event.isTrusted) resolve();
      });
    });
    kit.note(connection.dispatchEvent(new MessageEvent('message', { data: counted(kit) })));
    kit.note(connection.dispatchEvent(new CloseEvent('close', { code: 1000 })), connection.readyState);
    await heard;
    connection.close();
  },
  'of another frame': async (kit) => {
    const frame = await kit.frame();
    const connection = new frame.WebSocket(kit.url('say=1').replace('http', 'ws'));
    await new Promise((resolve) => {
      connection.onmessage = resolve;
    });
    kit.note(
      kit.attempt(() => WebSocket.prototype.send.call(connection, 'x')),
      connection instanceof WebSocket,
    );
    WebSocket.prototype.close.call(connection);
  },
  'a socket that is frozen': async (kit) => {
    const connection = Object.freeze(new WebSocket(kit.url('say=1').replace('http', 'ws')));
    await new Promise((resolve) => connection.addEventListener('message', resolve));
    connection.close();
  },
  'an overwritten addEventListener': async (kit) => {
    const before = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (...args) {
      kit.note('wrapped', args[0]);
      return before.apply(this, args);
    };
    class Own extends WebSocket {
      addEventListener(...args) {
        kit.note('own', args[0]);
        return super.addEventListener(...args);
      }
    }
    EventTarget.prototype.addEventListener = before;
    const connection = new Own(kit.url('close=1000').replace('http', 'ws'));
    await new Promise((resolve) => connection.addEventListener('close', resolve));
  },
  'a stream': source('events=3', (_, turn) => turn > 3),
  'a stream with names': source('events=1&named=named', (type) => type === 'named'),
  'a stream with the name error': source('events=1&named=error', (type) => type === 'error'),
  'a stream with the name close': source('events=1&named=close', (type) => type === 'close'),
  'a stream that ends': source('events=1&end=1', (type, turn) => type === 'open' && turn > 2),
  'a stream that is refused': source('status=404', (type) => type === 'error'),
  'a stream of another type': source('size=5', (type) => type === 'error'),
  'a stream that is cut': source('close=1', (type) => type === 'error'),
  'a stream that is lost and refused': source(
    'events=1&end=1&once=1',
    (type, _, { readyState }) => type === 'error' && readyState === 2,
  ),
  'a stream closed in a message': source('events=3', (type) => type === 'message', {
    message: (connection) => connection.close(),
  }),
  'a stream closed on error': source('events=1&end=1', (type) => type === 'error', {
    error: (connection) => connection.close(),
  }),
  'a stream of another origin': async (kit) => {
    const connection = new EventSource(kit.other('events=1'), { withCredentials: true });
    const { origin, data } = await new Promise((resolve) => {
      connection.onmessage = resolve;
    });
    connection.close();
    return [origin === kit.otherOrigin, data, connection.withCredentials];
  },
};
