// The page as one file that opens from disk: nothing is fetched, and the policy names each part by hash.
import lzma from '@blu3r4y/lzma';

import { inSevens } from '../../web/sevens.mjs';
import { attribute, opened, replaced, tags, without } from './html.mjs';
import { single as policy } from './policy.mjs';

/** Names for the other files of the page, which this one does without. */
const OTHERS = ['manifest', 'apple-touch-icon', 'canonical'];

/**
 * `html` is Trunk's page with `marker` where the program's script belongs and one link to its style.
 * `program` is the program's bytes and `script` what starts it; both are packed in one block of text, which
 * the script `first` unpacks.
 */
export function single({ html, marker, head, first, script, style, icon, program }) {
  const code = inScript(first);
  if (/<\/style/i.test(style)) throw new Error('the style sheet ends a style element');
  if (/url\((?!['"]?(?:data:|#))/.test(style)) throw new Error('the style sheet fetches a file');

  const [sheet] = tags(html, 'link', (tag) => attribute(tag, 'rel') === 'stylesheet');
  const [root] = tags(html, 'html');
  let page = replaced(html, sheet, `<style>${style}</style>`);
  page = replaced(page, marker, `<script>${inScript(head)}</script>`);
  page = without(page, tags(page, 'link', (tag) => OTHERS.includes(attribute(tag, 'rel'))));
  page = without(page, tags(page, 'meta', (tag) => attribute(tag, 'property')?.startsWith('og:')));
  const [small] = tags(page, 'link', (tag) => attribute(tag, 'rel') === 'icon');
  page = replaced(page, small, `<link href="${asAddress(icon)}" rel=icon>`);
  page = replaced(page, root, root.replace(/>$/, ' data-copy=single>'));
  page = opened(page, policy([inScript(head), code, script], style));

  const text = inSevens(packed(Buffer.concat([program, Buffer.from(script)])));
  const block = `<script id=program type=text/plain data-length=${program.length}>${text}</script>`;
  page = replaced(page, '</body>', `${block}<script type=module>${code}</script></body>`);
  for (const tag of [...tags(page, 'link'), ...tags(page, 'script'), ...tags(page, 'img')]) {
    const address = attribute(tag, 'href') ?? attribute(tag, 'src');
    if (address && !address.startsWith('data:')) throw new Error(`the single file asks for ${address}`);
  }
  return page;
}

/** Bytes by LZMA, which `web/unpack.mjs` reads: it takes a fifth less room than gzip. */
export function packed(bytes) {
  return Buffer.from(Uint8Array.from(lzma.compress(bytes, 9)));
}

/** Script that can stand in a page: nothing in it looks like the end of its element. */
export function inScript(code) {
  return code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
}

function asAddress(svg) {
  const text = svg.trim().replace(/"/g, "'");
  return `data:image/svg+xml,${text.replace(/[%#<>]/g, encodeURIComponent)}`;
}
