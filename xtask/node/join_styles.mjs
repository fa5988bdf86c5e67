// One style sheet for the reader: six small files compress a third worse and are six requests.
//
// The sheets stay apart in the source, one for each job. Their order is kept; each names its layer.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const LINK = /<link href=\.\/([\w-]+\.css)[^>]*rel=stylesheet>/g;

/** The page with one link in place of all, and the joined sheet written beside it. */
export function joinStyles(html, folder) {
  const names = [...html.matchAll(LINK)].map((link) => link[1]);
  if (names.length < 2) {
    throw new Error(`expected several style sheets in ${folder}: has Trunk changed how it links them?`);
  }
  const sheet = names.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('');
  const digest = createHash('sha384').update(sheet).digest();
  const joined = `style-${digest.toString('hex').slice(0, 16)}.css`;
  writeFileSync(path.join(folder, joined), sheet);
  for (const name of names) rmSync(path.join(folder, name));
  const link = `<link href=./${joined} integrity=sha384-${digest.toString('base64')} rel=stylesheet>`;
  let first = true;
  return html.replace(LINK, () => {
    const written = first ? link : '';
    first = false;
    return written;
  });
}
