import type { SignalGroup } from './signal.js';

const EVENTS = 3;

const echo = (): Promise<string> =>
  new Promise((resolve) => {
    const socket = new WebSocket(new URL('/api/signals/echo', location.href.replace(/^http/, 'ws')));
    socket.onopen = () => socket.send('Is the oven hot?');
    socket.onmessage = ({ data }) => socket.close(1000, String(data));
    socket.onclose = ({ code, reason }) => resolve(`Closed with ${code}, after “${reason}” had come back.`);
  });

const listenToEvents = (): Promise<string> =>
  new Promise((resolve) => {
    const heard: string[] = [];
    const source = new EventSource('/api/signals/events');
    source.onmessage = ({ data }) => {
      heard.push(data);
      if (heard.length < EVENTS) return;
      source.close();
      resolve(`Heard that ${heard.join(', ')}.`);
    };
  });

export const connections: SignalGroup = {
  title: 'Connections',
  signals: [
    {
      label: 'Talk to a WebSocket',
      look: 'One span for the connection, as long as it was open, with the messages counted and the close code.',
      provoke: echo,
    },
    {
      label: 'Listen to an EventSource',
      look: 'One span here too: three messages received, and how often it has opened.',
      provoke: listenToEvents,
    },
  ],
};
