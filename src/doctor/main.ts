import process from 'node:process';
import { parseArgs } from 'node:util';
import { diagnose, type Question } from './diagnose.js';
import { printFindings } from './finding.js';

const USAGE = `rootspan doctor URL [options]

Checks from outside what the agent needs of the page at URL, its collector and its backends.

  --endpoint URL         the collector, if the page does not name it in data-endpoint
  --propagate-to URL     a backend that gets trace headers; may be given several times
  --script URL           the script, if it has another name than rootspan.js
  --header NAME          a header that the agent sends to the collector (option headers); may be given several times
  --field NAME           a trace header; traceparent and tracestate unless given; may be given several times
  --json                 print the findings as JSON

It ends with 0 if no error was found, 1 if one was, 2 if it could not look.
`;

const readArguments = (): (Question & { json: boolean }) | undefined => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      endpoint: { type: 'string' },
      script: { type: 'string' },
      'propagate-to': { type: 'string', multiple: true },
      header: { type: 'string', multiple: true },
      field: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    },
  });
  const [command, page, ...rest] = positionals;
  if (command !== 'doctor' || !page || rest.length > 0) return undefined;
  const lower = (names: string[] = []) => names.map((name) => name.toLowerCase());
  return {
    page: new URL(page),
    endpoint: values.endpoint,
    script: values.script,
    propagateTo: values['propagate-to'] ?? [],
    headers: lower(values.header),
    fields: lower(values.field ?? ['traceparent', 'tracestate']),
    json: values.json ?? false,
  };
};

const main = async (): Promise<number> => {
  const question = readArguments();
  if (!question) {
    process.stderr.write(USAGE);
    return 2;
  }
  const findings = await diagnose(question);
  process.stdout.write(`${question.json ? JSON.stringify(findings, null, 2) : printFindings(findings)}\n`);
  return findings.some(({ level }) => level === 'error') ? 1 : 0;
};

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return 2;
});
