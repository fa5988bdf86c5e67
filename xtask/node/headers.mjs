// What a host is asked to say of each file, in the form that Netlify and Cloudflare read.

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

/** The rules for these files. */
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

function isHashed(name) {
  return /-[0-9a-f]{16}(_bg)?\.\w+$/.test(name);
}
