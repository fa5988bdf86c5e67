// The script that other sites include: minified, under a name that stays, and small.
import { brotliCompressSync } from 'node:zlib';

import { shrunk } from './scripts.mjs';

/** What a host's readers may have to fetch for it, compressed. */
const MOST_BYTES = 3 * 1024;

export async function embed(site, source, small) {
  const text = small ? await shrunk(source) : source;
  const size = brotliCompressSync(text).length;
  if (small && size > MOST_BYTES) throw new Error(`embed.js has ${size} bytes compressed, more than ${MOST_BYTES}`);
  site.put('embed.js', text);
}
