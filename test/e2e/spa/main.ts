import { type Agent, describeGraphql, start } from 'rootspan';

const rum: Agent = start({
  serviceName: 'spa',
  serviceVersion: '2.0.0',
  flushInterval: 100,
  describeRequest: describeGraphql,
});

const main = document.querySelector('main');

const show = async (): Promise<void> => {
  const response = await fetch(`/api${location.pathname}`);
  const { url } = await response.json();
  if (main) main.textContent = `shows ${url}`;
};

document.querySelector('nav')?.addEventListener('click', (event) => {
  event.preventDefault();
  if (event.target instanceof HTMLAnchorElement) history.pushState({}, '', event.target.href);
  void show();
});

rum.span('boot', () => void show());
