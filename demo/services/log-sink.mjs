import { createWriteStream } from 'node:fs';

/** Where the services' lines go: to `onLog`, else into `logFile`, else to the console. */
export const openLogSink = ({ onLog, logFile }) => {
  if (onLog) return { write: onLog, close: async () => {} };
  if (!logFile) return { write: (line) => console.log(line), close: async () => {} };
  const stream = createWriteStream(logFile, { flags: 'a' });
  return {
    write: (line) => stream.write(`${line}\n`),
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
};
