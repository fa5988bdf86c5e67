// The steps of packing that could go wrong without a browser noticing. Run by a test in xtask/src/build.rs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { described, siteAddress } from '../about.mjs';
import { digest, source } from '../digest.mjs';
import { headers } from '../headers.mjs';
import { attribute, opened, replaced, tags } from '../html.mjs';
import { hosted } from '../policy.mjs';
import { fromSevens, inSevens } from '../../../web/sevens.mjs';
import { unpack } from '../../../web/unpack.mjs';
import { inScript, packed, single } from '../single.mjs';

const HEAD = '<!doctype html><html lang=en><meta charset=utf-8><title>T</title>';
const LINKS = '<link href=./i.svg rel=icon><link rel="manifest" href="m.webmanifest"><link href=s rel=stylesheet>';
const PAGE = `${HEAD}<meta property=og:image content=card.png>${LINKS}<meta content=x.js name=program></head><body><p>1 < 2</p></body></html>`;
const MARKER = '<meta content=x.js name=program>';
const PARTS = {
  html: PAGE,
  marker: MARKER,
  head: 'h()',
  first: 'unpack("</script><!--")',
  script: 'start("</script>ü")',
  style: 'p{color:red}',
  icon: '<svg fill="#fff"/>',
  program: Buffer.from('wasm'),
};

test('tags are found quoted and bare', () => {
  const [icon, manifest] = tags(PAGE, 'link');
  assert.deepEqual([attribute(icon, 'rel'), attribute(icon, 'href')], ['icon', './i.svg']);
  assert.deepEqual([attribute(manifest, 'rel'), attribute(manifest, 'href')], ['manifest', 'm.webmanifest']);
  assert.equal(attribute(icon, 're'), undefined);
  assert.throws(() => replaced(PAGE, '<nothing>', ''));
});

test('a replacement is taken literally', () => {
  assert.equal(replaced('a<b>c', '<b>', '$&$1'), 'a$&$1c');
});

test('the policy stands before all that loads or runs', () => {
  const page = opened(PAGE, hosted(['a()']));
  assert.ok(page.indexOf('Content-Security-Policy') < page.indexOf('<link'));
  assert.ok(page.includes(source('a()')));
});

test('bytes written as text come back, and nothing in the text is markup', () => {
  const every = Uint8Array.from({ length: 4096 }, (_, at) => (at * at + (at >> 4)) & 255);
  for (const bytes of [new Uint8Array(), every, new Uint8Array(999), new Uint8Array(998).fill(255)]) {
    for (let length = Math.max(bytes.length - 9, 0); length <= bytes.length; length += 1) {
      const text = inSevens(bytes.subarray(0, length));
      assert.ok(!/[\0\r<]/.test(text));
      assert.ok(new TextEncoder().encode(text).length <= Math.ceil((length * 8) / 7) + 1);
      assert.deepEqual(fromSevens(text).subarray(0, length), bytes.subarray(0, length));
    }
  }
});

test('no policy lets in what it should not', () => {
  const policy = hosted(['a()']);
  for (const word of ["'unsafe-inline'", "'unsafe-eval'", 'http:', 'https:', ' *']) {
    assert.ok(!policy.includes(word), word);
  }
});

test('the single file names what it runs, and asks for nothing', () => {
  const page = single(PARTS);
  const scripts = [...page.matchAll(/<script(?: type=module)?>([\s\S]*?)<\/script>/g)].map(([, code]) => code);
  assert.deepEqual(scripts, ['h()', 'unpack("<\\/script><\\!--")']);
  for (const code of [...scripts, PARTS.script]) assert.ok(page.includes(source(code)), code);
  assert.ok(page.includes(source(PARTS.style)));
  assert.ok(page.includes('<html lang=en data-copy=single>'));
  assert.ok(!/manifest|og:|i\.svg/.test(page));
});

test('the block is the program with the script that starts it behind it', () => {
  const page = single(PARTS);
  const [, length, text] = page.match(/<script id=program type=text\/plain data-length=(\d+)>([^<]*)<\/script>/);
  const all = unpack(fromSevens(text));
  assert.equal(Buffer.from(all.subarray(0, length)).toString(), 'wasm');
  assert.equal(new TextDecoder().decode(all.subarray(length)), PARTS.script);
});

test('a single file that would ask for something is not made', () => {
  const link = PAGE.replace('</head>', '<link rel=prefetch href=x.js></head>');
  assert.throws(() => single({ ...PARTS, html: link }), /asks for x\.js/);
  assert.throws(() => single({ ...PARTS, style: 'p{background:url(x.png)}' }), /fetches/);
  assert.throws(() => single({ ...PARTS, style: '</style><script>' }), /ends a style/);
});

test('script in a page never looks like the end of its element', () => {
  const code = inScript('a="</SCRIPT>";b="<!--"');
  assert.ok(!/<\/script|<!--/i.test(code));
  assert.deepEqual(new Function(`let a, b; ${code}; return [a, b]`)(), ['</SCRIPT>', '<!--']);
});

test('only names made from content may be kept for ever', () => {
  const hashed = `a-${digest('x')}`;
  const text = headers([`${hashed}.js`, `${hashed}_bg.wasm`, 'embed.js', 'index.html', 'sw.js', 'icon-192.png']);
  const kept = [...text.matchAll(/^\/(\S+)\n {2}Cache-Control: (\S+)/gm)].map(([, name, rule]) => [name, rule]);
  const forEver = kept.filter(([, rule]) => rule === 'public,').map(([name]) => name);
  assert.deepEqual(forEver, [`${hashed}.js`, `${hashed}_bg.wasm`]);
  assert.equal(kept.length, 6);
});

test('an address is a folder on a host, or an error', () => {
  assert.equal(siteAddress(undefined), undefined);
  assert.equal(siteAddress('https://example.org/a'), 'https://example.org/a/');
  for (const bad of ['example.org', 'ftp://example.org', 'https://example.org/?a=1', 'https://me@example.org/', 'javascript:1']) {
    assert.throws(() => siteAddress(bad), /--site-url/, bad);
  }
});

test('with an address the card has its whole address', () => {
  const about = '{"name":"</script>"}';
  const known = described(PAGE, about, 'https://example.org/a/');
  assert.ok(known.includes('content="https://example.org/a/card.png"'));
  assert.ok(known.includes('<link rel=canonical href="https://example.org/a/">'));
  assert.ok(!known.includes('</script>"'));
  assert.ok(described(PAGE, about, undefined).includes('content=card.png'));
});

test('what is packed for the single file comes out as it went in', () => {
  const repeated = Buffer.from('maintenance margin, '.repeat(400) + 'x'.repeat(70_000));
  // A generator of Park and Miller: bytes that nothing shortens, with matches far apart.
  const noise = Buffer.alloc(12_000);
  for (let seed = 1, at = 0; at < noise.length; at += 1) {
    seed = (seed * 48_271) % 2_147_483_647;
    noise[at] = seed;
  }
  const mixed = Buffer.concat([noise, repeated, noise.subarray(100, 9000), Buffer.alloc(300), noise]);
  const own = readFileSync(import.meta.filename ?? fileURLToPath(import.meta.url));
  for (const bytes of [Buffer.from('a'), Buffer.from('wasm'), repeated, noise, mixed, own]) {
    const made = packed(bytes);
    assert.equal(Buffer.compare(Buffer.from(unpack(made)), bytes), 0, `${bytes.length} bytes`);
  }
  assert.ok(packed(repeated).length < 400);
});

test('what is not as it was packed is not taken for it', () => {
  const bytes = Buffer.from('maintenance margin '.repeat(100));
  const made = packed(bytes);
  const same = (altered) => {
    try {
      return Buffer.compare(Buffer.from(unpack(altered)), bytes) === 0;
    } catch {
      return false;
    }
  };
  assert.ok(same(made));
  for (const at of [14, 16, 20, 24]) {
    const altered = Buffer.from(made);
    altered[at] ^= 0x40;
    assert.ok(!same(altered), `byte ${at}`);
  }
});
