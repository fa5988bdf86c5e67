// One style sheet for the reader: six small files compress a third worse and are six requests.
//
// The sheets stay apart in the source, one for each job. Their order is kept; each names its layer.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { attribute, replaced, tags, without } from './html.mjs';

/** The text of all sheets, and the page with `marker` in place of their links. */
export function joinStyles(html, folder, marker) {
  const links = tags(html, 'link', (tag) => attribute(tag, 'rel') === 'stylesheet');
  if (links.length < 2) {
    throw new Error(`expected several style sheets in ${folder}: has Trunk changed how it links them?`);
  }
  const files = links.map((link) => path.join(folder, attribute(link, 'href')));
  const style = files.map((file) => readFileSync(file, 'utf8')).join('');
  for (const file of files) rmSync(file);
  const [first, ...rest] = links;
  return { style, html: replaced(without(html, rest), first, marker) };
}
