// `npm run size`: a table of sizes, next to their budgets.
import { readFileSync } from 'node:fs';
import { measure } from './measure.mjs';

const budgets = JSON.parse(readFileSync(new URL('budgets.json', import.meta.url), 'utf8'));

const number = (value) => value.toLocaleString('en-US').padStart(9);

const { sizes, extras } = await measure();
console.log(`${'bytes of gzip -9'.padEnd(48)}${'size'.padStart(9)}${'budget'.padStart(9)}`);
for (const [name, size] of Object.entries(sizes)) {
  console.log(name.padEnd(48) + number(size) + (budgets[name] ? number(budgets[name]) : ''));
}
console.log('\nadded to rootspan/core start by');
for (const [name, size] of Object.entries(extras)) console.log(`  ${name.padEnd(46)}${number(size)}`);
