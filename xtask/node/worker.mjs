// The service worker with the list of what it keeps, filled in when all of it is final.
import { createHash } from 'node:crypto';

import { integrity } from './digest.mjs';
import { shrunk } from './scripts.mjs';

/** `kept` maps addresses to bytes. */
export async function worker(source, kept, small) {
  const files = [...kept].map(([name, bytes]) => [name, integrity(bytes)]);
  const version = createHash('sha256').update(JSON.stringify(files) + source).digest('hex').slice(0, 16);
  const text = `const VERSION = ${JSON.stringify(version)};\nconst FILES = ${JSON.stringify(files)};\n${source}`;
  return small ? shrunk(text, { module: true }) : text;
}
