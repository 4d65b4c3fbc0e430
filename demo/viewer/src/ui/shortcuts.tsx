import type { Ref } from 'react';
import { Icon } from './icon.js';

const GROUPS: readonly { title: string; keys: readonly [keys: string, what: string][] }[] = [
  {
    title: 'Everywhere',
    keys: [
      ['/', 'Search'],
      ['j k', 'Next, previous row (arrows too)'],
      ['Enter', 'Open'],
      ['Esc', 'Close, or leave a field'],
      ['T', 'Traces'],
      ['S', 'Sessions'],
      ['E', 'Errors'],
      ['?', 'This list'],
    ],
  },
  {
    title: 'Lists',
    keys: [
      ['n', 'Show new traces'],
      ['e', 'Errors only'],
    ],
  },
  {
    title: 'Waterfall',
    keys: [
      ['← →', 'Collapse, expand'],
      ['w s', 'Zoom in, out'],
      ['a d', 'Pan left, right'],
      ['0', 'Whole trace'],
      ['f', 'Zoom to the span'],
      ['c', 'Critical path on or off'],
      ['e', 'Next span with an error'],
      ['n p', 'Next, previous match of the search'],
    ],
  },
];

export const ShortcutsDialog = ({ ref }: { ref: Ref<HTMLDialogElement> }) => (
  <dialog ref={ref} className="shortcuts" aria-labelledby="shortcuts-title">
    <form method="dialog" className="shortcuts-head">
      <h2 id="shortcuts-title">Keyboard shortcuts</h2>
      <button type="submit" className="icon-button" aria-label="Close">
        <Icon name="close" />
      </button>
    </form>
    <div className="shortcuts-groups">
      {GROUPS.map(({ title, keys }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl>
            {keys.map(([key, what]) => (
              <div key={key}>
                <dt>
                  {key.split(' ').map((cap) => (
                    <kbd key={cap}>{cap}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  </dialog>
);
