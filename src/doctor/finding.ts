/** What one check has found. An `error` breaks traces or the page, a `warning` costs something, `note` is a fact. */
export type Level = 'ok' | 'note' | 'warning' | 'error';

export interface Finding {
  level: Level;
  /** What was looked at: `page`, `script`, `policy`, `collector`, `propagateTo`, or a backend's host. */
  subject: string;
  /** What was seen, and what to change, in full sentences. */
  message: string;
}

/** Takes findings about one subject. */
export type Report = (level: Level, message: string) => void;

const MARKS: Record<Level, string> = { ok: '✓', note: '·', warning: '!', error: '✗' };

/** The findings as lines for a terminal, with a summary at the end. */
export const printFindings = (findings: readonly Finding[]): string => {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = findings.map(
    ({ level, subject, message }) => `${MARKS[level]} ${subject.padEnd(width)}  ${printable(message)}`,
  );
  const count = (wanted: Level) => findings.filter(({ level }) => level === wanted).length;
  return [...lines, '', `${count('error')} errors, ${count('warning')} warnings`].join('\n');
};

/** What a page says is no command to the terminal. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '');
