// Packs what Trunk has built for the reader, as its `post_build` step of a release build.
//
// Leaves out code that no page calls, shortens names, minifies the JavaScript that wasm-bindgen wrote (Trunk 0.21's
// own minifier cannot read it and leaves it whole), and joins the style sheets. Trunk hashed the files
// before this step, so an `integrity` that names one is written anew.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { minify } from 'terser';

import { dropFromGlue, dropFromWasm } from './drop_streams.mjs';
import { joinStyles } from './join_styles.mjs';
import { shortenNames } from './short_names.mjs';

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) {
  console.error('pack.mjs is started by Trunk (see Trunk.toml); use `cargo xtask build`.');
  process.exit(1);
}

// A debug build stays readable.
if (process.env.TRUNK_PROFILE !== 'debug') {
  const page = path.join(folder, 'index.html');
  let html = readFileSync(page, 'utf8');

  // The glue is the script that stands beside a wasm file of the same name.
  const names = readdirSync(folder);
  const glue = names.filter(
    (name) => name.endsWith('.js') && names.includes(name.replace(/\.js$/, '_bg.wasm')),
  );
  if (glue.length === 0) {
    console.error(`no script of wasm-bindgen in ${folder}: has Trunk changed how it names files?`);
    process.exit(1);
  }

  for (const name of glue) {
    const file = path.join(folder, name);
    const before = readFileSync(file);
    const program = path.join(folder, name.replace(/\.js$/, '_bg.wasm'));
    const needed = dropFromWasm(readFileSync(program));
    const { wasm, glue: short } = shortenNames(needed, dropFromGlue(before.toString('utf8'), needed));
    writeFileSync(program, wasm);
    const { code } = await minify(short, { module: true, compress: { passes: 3 } });
    writeFileSync(file, code);
    html = html.replaceAll(`sha384-${sha384(before)}`, `sha384-${sha384(code)}`);
    console.log(`minified ${name}: ${before.length} to ${Buffer.byteLength(code)} bytes`);
  }
  html = joinStyles(html, folder);
  writeFileSync(page, html);
}

function sha384(bytes) {
  return createHash('sha384').update(bytes).digest('base64');
}
