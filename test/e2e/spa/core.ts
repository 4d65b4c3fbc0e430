import { start, traceFetch, w3c } from 'rootspan/core';

const rum = start({
  serviceName: 'core',
  flushInterval: 100,
  instrumentations: [traceFetch()],
  propagators: [w3c],
});

// An XMLHttpRequest and a route change, which nothing has been named for.
const xhr = new XMLHttpRequest();
xhr.open('GET', '/api/untraced');
xhr.send();
history.pushState({}, '', '/elsewhere');
rum.span('work', () => void fetch('/api/traced'));
