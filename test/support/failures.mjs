/** Lines of a message that are told again at the end of the run: the fact and where it was seen. */
const MESSAGE_LINES = 12;

/** What failed in a JSON report of vitest, as `{ title, message }`. */
export const failuresOfVitest = ({ testResults }) =>
  testResults.flatMap(({ name, message, status, assertionResults }) => {
    // A file that could not even be loaded has no tests to fail.
    if (status === 'failed' && assertionResults.length === 0) return [failure(name, message)];
    return assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => failure(`${name} › ${test.fullName}`, test.failureMessages[0]));
  });

/** The same for a JSON report of Playwright. */
export const failuresOfPlaywright = ({ suites, errors }) => [
  ...suites.flatMap(failuresOfSuite),
  ...errors.map(({ message }) => failure('outside the tests', message)),
];

const failuresOfSuite = ({ specs, suites = [] }) => [
  ...specs
    .filter(({ ok }) => !ok)
    .map(({ file, line, title, tests }) => failure(`${file}:${line} › ${title}`, firstError(tests)?.message)),
  ...suites.flatMap(failuresOfSuite),
];

const firstError = (tests) => tests.flatMap(({ results }) => results).find(({ error }) => error)?.error;

const failure = (title, message = 'no message') => ({
  title,
  message: message
    // Colours of the terminal.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins each of them.
    .replace(/\u001b\[[\d;]*m/g, '')
    .split('\n')
    .filter((line) => line.trim())
    .slice(0, MESSAGE_LINES)
    .join('\n'),
});
