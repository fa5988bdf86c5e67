// The program of the crate `share/`: compiled with the page's flags, and its glue.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { digest } from './digest.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NAME = 'margin_calculator_share';

/** Wasm and glue, made anew only if the crate or what it uses has changed. */
export function shareProgram({ release }) {
  const compiled = compile(release);
  const flags = release ? optimiserFlags() : [];
  const input = readFileSync(compiled);
  const made = path.join(path.dirname(compiled), `share-${digest(Buffer.concat([input, Buffer.from(flags.join(' '))]))}`);
  const [wasm, glue] = [path.join(made, `${NAME}_bg.wasm`), path.join(made, `${NAME}.js`)];
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
function compile(release) {
  const said = run(process.env.CARGO ?? 'cargo', [
    ...['build', '--locked', '--package', 'margin-calculator-share', '--target', 'wasm32-unknown-unknown'],
    ...['--message-format', 'json-render-diagnostics', ...(release ? ['--release'] : [])],
  ]);
  const messages = said.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const files = messages.flatMap(({ filenames = [] }) => filenames);
  const compiled = files.find((file) => path.basename(file) === `${NAME}.wasm`);
  if (!compiled) throw new Error('cargo did not say where it put the program of share/');
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
