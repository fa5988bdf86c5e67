// The page's content policy: what it may load and run, by hash where it stands in the page itself.
//
// It allows no other host, no inline script or style without its hash, and no code made at run time but
// WebAssembly. Which hosts may frame the page is no part of it: browsers read that from a header only.
import { source } from './digest.mjs';

const COMMON = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"];

/** For the page with its files beside it. */
export function hosted(scripts) {
  return written([
    `script-src 'self' 'wasm-unsafe-eval' ${scripts.map(source).join(' ')}`,
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
  ]);
}

/** For the page that Trunk serves while it is worked on: Trunk adds a script and a socket of its own. */
export function watched() {
  return written([
    "script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'",
    "connect-src 'self' ws:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
  ]);
}

/** For the page in one file, which asks nobody for anything. */
export function single(scripts, style) {
  return written([
    `script-src 'wasm-unsafe-eval' ${scripts.map(source).join(' ')}`,
    `style-src ${source(style)}`,
    'img-src data: blob:',
  ]);
}

function written(rules) {
  return `<meta http-equiv="Content-Security-Policy" content="${[...COMMON, ...rules].join('; ')}">`;
}
