import { CopyButton } from './copy-button.js';

export const StackTrace = ({ stack }: { stack: string }) => (
  <div className="stack">
    <CopyButton text={stack} label="Copy the stack trace" />
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard. */}
    <pre tabIndex={0}>
      {stack.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text, which does not change.
        <span key={index} className={isForeign(line) ? 'frame foreign' : 'frame'}>
          {`${line}\n`}
        </span>
      ))}
    </pre>
  </div>
);

/** Frames of the runtime and of packages: seldom where the mistake is. */
const isForeign = (line: string): boolean => /node:internal|\/node_modules\/|<anonymous>\)?$/.test(line);
