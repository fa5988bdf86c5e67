// A worker that takes itself back: whoever had the page kept gets it from the host again.
//
// `cargo xtask serve` hands it out, because a kept page would hide what was just built. A host that
// no longer wants to offer the page offline puts it in place of sw.js.
const PREFIX = `margin-calculator ${registration.scope} `;

addEventListener('install', () => skipWaiting());

addEventListener('activate', (event) => event.waitUntil(leave()));

async function leave() {
  const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(kept.map((name) => caches.delete(name)));
  const pages = await clients.matchAll({ type: 'window' });
  await registration.unregister();
  for (const page of pages) page.navigate(page.url).catch(() => {});
}
