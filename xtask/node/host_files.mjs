// What stands beside the page: icons, the manifest, the social card, and what hosts and robots read.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { shrunk } from './scripts.mjs';

/** What any answer says; the policy that the page itself carries is not among it. */
const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  // An address holds the reader's numbers: no other site gets to see it.
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  // Frames without an origin of their own, and host pages that check what they load.
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Kept, but never used without asking whether it is still right. */
const ASK = 'no-cache';
/** What the script for host pages may cost their readers, compressed. */
const MOST_FOR_HOSTS = 3 * 1024;
const TEXT = /\.(html|js|css|wasm|svg|webmanifest|json|txt)$/;

/** Icons, manifest, card and the script for host pages. */
export async function besides(site, { web, style, small }) {
  const read = (name) => readFileSync(path.join(web, name));
  for (const name of readdirSync(path.join(web, 'icons')).sort()) {
    // Where the page is installed the system has its icons already.
    if (name.endsWith('.svg')) site.putKept(name, read(`icons/${name}`));
    else site.put(name, read(`icons/${name}`));
  }
  const [, colour] = style.match(/--surface-page:\s*(#\w+)/);
  const manifest = { ...JSON.parse(read('manifest.webmanifest')), theme_color: colour, background_color: colour };
  site.putKept('manifest.webmanifest', JSON.stringify(manifest));
  for (const name of ['card.png', 'robots.txt']) site.put(name, read(name));
  const embed = small ? await shrunk(read('embed.js').toString()) : read('embed.js');
  if (small && brotliCompressSync(embed).length > MOST_FOR_HOSTS) throw new Error('embed.js has more than 3 KiB');
  site.put('embed.js', embed);
}

/** The headers for each file, in the form that Netlify and Cloudflare read. */
export function headers(names) {
  const rule = (address, lines) =>
    [address, ...Object.entries(lines).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
  const cached = names.map((name) => rule(`/${name}`, { 'Cache-Control': isHashed(name) ? FOR_EVER : ASK }));
  return `${[
    '# Read by hosts that take this form; docs/hosting.md has it for others. Addresses are those of a',
    '# site at the top of its host: for a folder, put the folder before each.',
    '# Any page may show the calculator in a frame. To allow only some, add under /*:',
    '#   Content-Security-Policy: frame-ancestors https://example.org',
    rule('/*', ALWAYS),
    rule('/', { 'Cache-Control': ASK }),
    ...cached,
  ].join('\n')}\n`;
}

/** Each text and program again, compressed once as well as can be. */
export function compress(site) {
  for (const name of site.names().filter((name) => TEXT.test(name))) {
    const bytes = site.read(name);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    site.put(`${name}.br`, brotliCompressSync(bytes, { params }));
    site.put(`${name}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

function isHashed(name) {
  return /-[0-9a-f]{16}(_bg)?\.\w+$/.test(name);
}
