// The package as somebody would use it: packed, installed into an empty folder, imported by its name.
//
// Usage: `node all.mjs PACKAGE COMMANDS [NAME]`: the folder of the package, the folder of the compiled
// examples, and a part of the names of the tests to run.
import path from 'node:path';
import { inAnEmptyFolder } from './install.mjs';
import evaluating from './evaluating.mjs';
import hostile from './hostile.mjs';
import packed from './packed.mjs';
import solving from './solving.mjs';
import types from './types.mjs';

const [folder, commands, filter = ''] = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, '..', '..');
const installed = inAnEmptyFolder(path.resolve(folder));
const context = {
  root,
  folder: path.resolve(folder),
  installed,
  command: (name) => path.resolve(commands, name),
  module: await installed.load(),
};

const tests = [evaluating, solving, hostile, packed, types].flatMap((make) => Object.entries(make(context)));
let failed = 0;
let passed = 0;
for (const [name, test] of tests.filter(([name]) => name.includes(filter))) {
  try {
    await test();
    passed += 1;
    console.log(`test ${name} ... ok`);
  } catch (error) {
    failed += 1;
    console.log(`test ${name} ... FAILED\n${error.stack}`);
  }
}
installed.remove();
console.log(`\ntest result: ${failed ? 'FAILED' : 'ok'}. ${passed} passed; ${failed} failed`);
process.exitCode = failed ? 1 : 0;
