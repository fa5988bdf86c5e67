// What stands beside the page: icons, the manifest, the social card, and what hosts and robots read.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { script } from './scripts.mjs';

/** Puts them into the site. */
export async function hostFiles(site, { web, small, isWatched }) {
  const read = (name) => readFileSync(path.join(web, name));
  for (const name of readdirSync(path.join(web, 'icons'))) site.putKept(name, read(`icons/${name}`));
  if (existsSync(path.join(web, 'embed.js'))) {
    site.put('embed.js', await script('embed.js', { small, format: 'iife' }));
  }
}
