// What the page tells those who list or link it: structured data, its address, its card.
import { attribute, replaced, tags } from './html.mjs';

/** Where the site will be, from `--site-url`, or nothing; with a slash at its end. */
export function siteAddress(given) {
  if (!given) return undefined;
  const address = URL.canParse(given) ? new URL(given) : undefined;
  if (!address || !/^https?:$/.test(address.protocol) || address.search || address.hash || address.username) {
    throw new Error(`--site-url ${given}: give the address of the page's folder, as https://example.org/margin/`);
  }
  return address.href.replace(/\/?$/, '/');
}

/**
 * The page with its structured data, and with its own address where that is known. Most readers of
 * cards want the picture's whole address; without one they get what is right for the others.
 */
export function described(html, about, address) {
  const data = { ...JSON.parse(about), ...(address && { url: address }) };
  // It is data and never runs, so the content policy does not name it.
  const block = `<script type=application/ld+json>${JSON.stringify(data).replace(/</g, '\\u003c')}</script>`;
  let page = replaced(html, '</head>', `${block}</head>`);
  if (!address) return page;
  const [image] = tags(page, 'meta', (tag) => attribute(tag, 'property') === 'og:image');
  const card = address + attribute(image, 'content');
  page = replaced(page, image, `<meta property=og:image content="${card}"><meta property=og:url content="${address}">`);
  return replaced(page, '</head>', `<link rel=canonical href="${address}"></head>`);
}
