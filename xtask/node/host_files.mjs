// What stands beside the page: icons, the manifest, the social card, and compressed twins.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { shrunk } from './scripts.mjs';

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
