import { agent } from '../telemetry.js';
import type { SignalGroup } from './signal.js';

// In spans, so that each record stands at a step of its own.
const complain = (): string =>
  agent.span('look into the oven', () => {
    console.error('The bread is too dark:', new Error('55 minutes are too many'));
    return 'Written to the console.';
  });

const noteDown = (): string =>
  agent.span('take the bread out', () => {
    agent.log('info', 'The bread is out', { 'oven.temperature': 230 });
    return 'Noted down.';
  });

const bake = (): Promise<string> =>
  agent.span('bake bread', { attributes: { 'order.id': 'loaf-1' } }, async (span) => {
    await agent.span('knead', () => fetch('/api/products/1001'));
    span.setAttribute('bread.loaves', 2);
    return 'Kneaded and baked, in two spans.';
  });

export const own: SignalGroup = {
  title: 'The shop’s own words',
  signals: [
    {
      label: 'Write an error to the console',
      look: 'A log record, told in the details of the span “look into the oven” and under “Logs” of its trace.',
      provoke: complain,
    },
    {
      label: 'Write a log record',
      look: 'The same by agent.log, with an attribute, on “take the bread out”.',
      provoke: noteDown,
    },
    {
      label: 'Bake in a span',
      look: 'Two spans of the shop’s own below the click, and the request to the storeroom below them. Search for order.id=loaf-1.',
      provoke: bake,
    },
  ],
};
