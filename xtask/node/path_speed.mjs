// A path of a million ticks, and going to any moment of a path: the core natively and as WebAssembly.
//
// Usage: `node path_speed.mjs PAGE HEADLESS LOGS SAFE WAITING SCRUB`: the module of xtask/core-bench as the
// page is compiled and as the headless package is, the logs as written down natively, and nanoseconds
// measured natively for a path above the threshold, one below it, and one moment. A path that is not taken
// to its end and a log that differs are an error, not a time.
import { loaded, sameLogs } from './logs.mjs';
import { timed, verdict } from './timing.mjs';

const [page, headless, logs, ...native] = process.argv.slice(2);
/** What is timed: its export, and milliseconds that it may take natively and as WebAssembly of the page. */
const PATHS = [
  { what: 'a million ticks, safe', call: 'paths', native: 1000, wasm: 2000 },
  { what: 'a million ticks below the line', call: 'waiting_paths', native: 1000, wasm: 2000 },
  { what: 'one of 10,000 moments', call: 'scrubs', native: 16, wasm: 16 },
];

const [small, fast] = [await loaded(page), await loaded(headless)];
const lines = [small, fast].map((core) => sameLogs(core, logs));
for (const { what, call } of PATHS) {
  if ([small, fast].some((core) => core[call](1) === 0)) throw new Error(`${what}: not taken to its end`);
}

console.log(`Logs of ${lines[0]} lines agree.\n`);
console.log('milliseconds                       native   wasm, page   wasm, package');
PATHS.forEach(({ what, call, native: most, wasm }, index) => {
  const times = [Number(native[index]) / 1e6, ...[small, fast].map((core) => timed((times) => core[call](times)) / 1000)];
  const cells = times.map((time, place) => time.toFixed(time < 10 ? 3 : 0).padStart([8, 12, 15][place]));
  const aims = [verdict(times[0], most, 0), verdict(times[1], wasm, 0)];
  console.log(`${what.padEnd(33)}${cells.join(' ')}   ${aims.join('; ')}`);
});
