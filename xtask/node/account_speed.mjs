// Accounts of a thousand positions: the core natively, as WebAssembly, and decimal.js doing the same
// sum.
//
// Usage: `node account_speed.mjs WASM MICROSECONDS...`: the module of xtask/core-bench and what was
// measured natively for each case. Figures that differ are an error, not a time.
import { readFileSync } from 'node:fs';
import { accountOf, reportsOf } from './decimal_account.mjs';
import { timed, verdict } from './timing.mjs';

const [module, ...native] = process.argv.slice(2);
/** All reports of a linear account with marginal tables, in milliseconds: a frame of the screen. */
const AIM = 16;
const POSITIONS = 1000;

const { instance } = await WebAssembly.instantiate(readFileSync(module));
const core = instance.exports;

const cases = Array.from({ length: core.cases() }, (_, number) => {
  // The pointer and the memory are read after the call that makes the text: memory may move.
  const [start, length] = [core.case_start(number), core.case_length(number)];
  const text = Buffer.from(core.memory.buffer, start, length).toString('utf8');
  const [name, account, ...figures] = text.trim().split('\n');
  return { number, name, account, figures };
});
for (const { name, account, figures } of cases) compare(name, figures, accountOf(account));

console.log(`${POSITIONS} positions, all reports, both sides; all figures agree.\n`);
console.log('milliseconds                          core,     core,   decimal.js,');
console.log('                                     native      wasm     28 digits   aim, wasm');
for (const { number, name, account } of cases) {
  const wasm = timed((times) => core.case_reports(number, times));
  const numbers = accountOf(account);
  const decimal = timed((times) => {
    for (let done = 0; done < times; done += 1) reportsOf(numbers);
  });
  const times = [Number(native[number]), wasm, decimal].map((time) => time / 1000);
  const aimed = name.includes('marginal') && name.includes('linear');
  const cells = times.map((time) => time.toFixed(1).padStart(9)).join(' ');
  console.log(`${name.padEnd(33)} ${cells}   ${aimed ? verdict(wasm / 1000, AIM, 1) : ''}`.trimEnd());
}

/** Every figure of every position, digit for digit. */
function compare(name, figures, numbers) {
  const { reports, account } = reportsOf(numbers);
  const lines = reports.map((report) =>
    [
      ...[report.liquidation.below, report.liquidation.above].map((found) => price(found?.price)),
      ...[report.call.below, report.call.above].map((found) => price(found?.price)),
      price(report.bankruptcy),
      ...[report.notional, report.maintenance, report.pnl].map(amount),
      ...[report.returnOnMargin, report.effectiveLeverage].map(amount),
      report.tier,
    ].join(' '),
  );
  const { balance, initial, kept, ratio, shock } = account;
  lines.push([balance, initial, kept, ratio, shock.down, shock.up].map(amount).join(' '));
  lines.forEach((line, at) => {
    if (line !== figures[at]) fail(`${name}, line ${at + 1}: the core has ${figures[at]}, decimal.js ${line}`);
  });
  if (lines.length !== figures.length || lines.length !== POSITIONS + 1) fail(`${name}: lines are missing`);
}

function price(value) {
  return value ? value.toFixed(2) : '-';
}

function amount(value) {
  return value ? value.toFixed(12) : '-';
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
