// The logs of the core's process as WebAssembly beside those written down natively.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** The exports of a module that imports nothing. */
export async function loaded(module) {
  return (await WebAssembly.instantiate(readFileSync(module))).instance.exports;
}

/** How many lines agree; an error where a byte differs. */
export function sameLogs(core, file) {
  const expected = readFileSync(file, 'utf8');
  const [start, length] = [core.logs_start(), core.logs_length()];
  const found = Buffer.from(core.memory.buffer, start, length).toString('utf8');
  assert.ok(found === expected, 'the logs as WebAssembly are not those that were written down natively');
  return expected.split('\n').length - 1;
}
