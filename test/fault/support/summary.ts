import type { Reporter, TestCase } from 'playwright/types/testReporter';
import { addCounts, type Ledger } from './ledger.js';

const COLUMNS = ['recorded', 'arrived', 'dropped', 'waiting', 'stored', 'gone', 'repeated', 'lost'] as const;
const WIDTH = 78;

/** After the tests a table of what became of the spans of each row; without rows it says nothing. */
export default class Summary implements Reporter {
  private readonly rows: [name: string, ledger: Ledger][] = [];

  onTestEnd(test: TestCase): void {
    for (const { type, description } of test.annotations) {
      if (type === 'ledger' && description) this.rows.push(JSON.parse(description));
    }
  }

  onEnd(): void {
    if (!this.rows.length) return;
    const rows = this.rows.sort(([a], [b]) => a.localeCompare(b));
    const reasons = addCounts(...rows.map(([, { dropped }]) => dropped));
    const total = `${rows.length} rows`;
    console.log(`\n${'row'.padEnd(WIDTH)}${COLUMNS.map(column).join('')}`);
    for (const [name, ledger] of rows) console.log(line(name, ledger));
    console.log(`${line(total, sum(rows.map(([, ledger]) => ledger)))}\n`);
    const list = Object.entries(reasons).map(([reason, count]) => `${reason} ${count}`);
    console.log(`dropped, by reason: ${list.join(', ') || 'none'}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

const column = (value: string | number): string => String(value).padStart(10);

const numberOf = (ledger: Ledger, name: (typeof COLUMNS)[number]): number =>
  name === 'dropped'
    ? Object.values(ledger.dropped).reduce((total, count) => total + count, 0)
    : ledger[name];

const line = (name: string, ledger: Ledger): string =>
  name.slice(0, WIDTH - 2).padEnd(WIDTH) + COLUMNS.map((key) => column(numberOf(ledger, key))).join('');

const sum = (ledgers: readonly Ledger[]): Ledger => {
  const totals = { dropped: addCounts(...ledgers.map(({ dropped }) => dropped)) } as Ledger;
  for (const key of COLUMNS) {
    if (key !== 'dropped') totals[key] = ledgers.reduce((total, ledger) => total + ledger[key], 0);
  }
  return totals;
};
