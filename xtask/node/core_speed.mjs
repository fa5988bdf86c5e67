// One report: the core natively, the core as WebAssembly, and decimal.js doing the same sum.
//
// Usage: `node core_speed.mjs PAGE HEADLESS TABLE NANOSECONDS`: the module of xtask/core-bench as the
// page is compiled and as the headless package is, the tier table as a file, and what was measured
// natively. WebAssembly and JavaScript run in the same engine
// as in Chromium, one after the other in this process. Sums that differ are an error, not a time.
import { readFileSync } from 'node:fs';
import { reportOf, tiersOf } from './decimal_report.mjs';
import { timed } from './timing.mjs';

const [page, headless, table, native] = process.argv.slice(2);

const load = async (module) => (await WebAssembly.instantiate(readFileSync(module))).instance.exports;
const core = await load(page);
const fast = await load(headless);
// The pointer and the memory are read after the call that makes the text: memory may move as it grows.
const [start, length] = [core.figures_start(), core.figures_length()];
const expected = Buffer.from(core.memory.buffer, start, length).toString('utf8').trim().split('\n');

const tiers = tiersOf(readFileSync(table, 'utf8'), 'ZECUSDT');
const scenarios = expected.map((_, step) => ({
  tiers,
  side: 1,
  quantity: '40',
  entry: '521.48',
  leverage: '10',
  warning: '0.8',
  tick: '0.01',
  mark: `${500 + Math.floor(step / 2)}.${step % 2 === 0 ? 0 : 5}`,
}));
scenarios.forEach((scenario, step) => {
  const { liquidation, call, bankruptcy, ratio } = reportOf(scenario);
  const prices = [liquidation, call, bankruptcy].map((price) => price.toFixed(2));
  const line = [...prices, ratio.toFixed(12)].join(' ');
  if (line !== expected[step]) {
    console.error(`mark ${scenario.mark}: the core has ${expected[step]}, decimal.js ${line}`);
    process.exit(1);
  }
});

const wasm = timed((times) => core.reports(times));
const quick = timed((times) => fast.reports(times));
let turn = 0;
const decimal = timed((times) => {
  for (let done = 0; done < times; done += 1) {
    reportOf(scenarios[turn]);
    turn = (turn + 1) % scenarios.length;
  }
});

console.log(`${expected.length} marks in turn; all figures agree.\n`);
console.log('one report                          microseconds      of the page');
print('core, native', Number(native) / 1000);
print('core, WebAssembly of the page', wasm);
print('core, WebAssembly of the package', quick);
print('decimal.js, 28 digits, rounded', decimal);

function print(what, microseconds) {
  const share = `${(microseconds / wasm).toFixed(2)} x`;
  console.log(`${what.padEnd(34)} ${microseconds.toFixed(2).padStart(13)} ${share.padStart(16)}`);
}
