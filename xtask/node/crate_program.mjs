// The program of another crate than the page's, compiled with the page's flags, and its glue.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { digest } from './digest.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Wasm and glue of a crate, made anew only if it or what it uses has changed. */
export function crateProgram(crate, { release }) {
  const compiled = compile(crate, release);
  const flags = release ? optimiserFlags() : [];
  const input = readFileSync(compiled);
  const made = path.join(path.dirname(compiled), `packed-${digest(Buffer.concat([input, Buffer.from(flags.join(' '))]))}`);
  const [wasm, glue] = [path.join(made, `${crate}_bg.wasm`), path.join(made, `${crate}.js`)];
  const done = path.join(made, 'done');
  if (!existsSync(done)) {
    mkdirSync(made, { recursive: true });
    run('wasm-bindgen', [compiled, '--target', 'web', '--no-typescript', '--out-dir', made]);
    if (release) {
      const optimiser = path.join(ROOT, 'node_modules', 'binaryen', 'bin', 'wasm-opt');
      run(process.execPath, [optimiser, ...flags, wasm, '-o', wasm]);
    }
    writeFileSync(done, '');
  }
  return { wasm: readFileSync(wasm), glue: readFileSync(glue, 'utf8') };
}

/** Cargo knows what has to be compiled, and says where it put the result. */
function compile(crate, release) {
  const said = run(process.env.CARGO ?? 'cargo', [
    ...['build', '--locked', '--package', crate, '--target', 'wasm32-unknown-unknown'],
    ...['--message-format', 'json-render-diagnostics', ...(release ? ['--release'] : [])],
  ]);
  const messages = said.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const files = messages.flatMap(({ filenames = [] }) => filenames);
  const compiled = files.find((file) => path.basename(file) === `${crate}.wasm`);
  if (!compiled) throw new Error(`cargo did not say where it put the program of ${crate}`);
  return compiled;
}

/** What index.html asks of the optimiser for the page's program. */
function optimiserFlags() {
  const html = readFileSync(path.join(ROOT, 'index.html'), 'utf8');
  const [, level, flags] = html.match(/data-wasm-opt="(\w)" data-wasm-opt-params="([^"]*)"/) ?? [];
  if (!flags) throw new Error('index.html names no flags for wasm-opt');
  return [`-O${level}`, ...flags.split(' ')];
}

function run(program, words) {
  return execFileSync(program, words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 });
}
