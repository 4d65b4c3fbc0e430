import { useEffect, useRef, useState } from 'react';

/** Long enough to finish a word, short enough to feel immediate. */
const TYPING_MS = 300;

interface Draft {
  text: string;
  type: (text: string) => void;
  commit: () => void;
}

/** What is being typed, apart from what has been asked for: reported after a pause, or by `commit` at once. */
export const useDraft = (value: string, onChange: (value: string) => void): Draft => {
  const [text, setText] = useState(value);
  // The callback of the moment when the wait is over: one from before would undo what changed meanwhile.
  const report = useRef(onChange);
  useEffect(() => {
    report.current = onChange;
  });
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => report.current(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  const commit = () => {
    if (text !== value) onChange(text);
  };
  return { text, type: setText, commit };
};
