// A path of a million ticks: the core natively and as WebAssembly.
//
// Usage: `node path_speed.mjs PAGE HEADLESS NANOSECONDS LOGS`: the module of xtask/core-bench as the page
// is compiled and as the headless package is, what was measured natively, and the logs as written down
// natively. A path that is not taken to its end and a log that differs are an error, not a time.
import { readFileSync } from 'node:fs';
import { timed, verdict } from './timing.mjs';

const [page, headless, native, logs] = process.argv.slice(2);
/** Milliseconds for a path, natively and as WebAssembly of the page. */
const AIMS = { native: 1000, wasm: 2000 };

const load = async (module) => (await WebAssembly.instantiate(readFileSync(module))).instance.exports;
const [small, fast] = [await load(page), await load(headless)];
const expected = readFileSync(logs, 'utf8');
for (const core of [small, fast]) {
  const [start, length] = [core.logs_start(), core.logs_length()];
  if (Buffer.from(core.memory.buffer, start, length).toString('utf8') !== expected) {
    console.error('the logs as WebAssembly are not those that were written down natively');
    process.exit(1);
  }
  if (core.paths(1) === 0) {
    console.error('the path could not be taken to its end');
    process.exit(1);
  }
}

console.log(`Logs of ${expected.split('\n').length - 1} lines agree.\n`);
console.log('a million ticks                    milliseconds');
print('core, native', Number(native) / 1e6, verdict(Number(native) / 1e6, AIMS.native, 0));
const slow = timed((times) => small.paths(times)) / 1000;
print('core, WebAssembly of the page', slow, verdict(slow, AIMS.wasm, 0));
print('core, WebAssembly of the package', timed((times) => fast.paths(times)) / 1000, '');

function print(what, milliseconds, aim) {
  console.log(`${what.padEnd(34)} ${milliseconds.toFixed(0).padStart(12)}   ${aim}`.trimEnd());
}
