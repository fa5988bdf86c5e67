// The page's service worker: keeps one version whole, and swaps it for the next only when asked.
//
// The build fills in `VERSION`, made from the bytes of all files, and `FILES`, each with its hash. A
// file that is not byte for byte the one of this version fails the installation, and what was kept
// before stays as it is: no reader gets a page of two versions.
//
// What is kept for this folder is named after it: another copy under the same host is left alone.
const PREFIX = `margin-calculator ${registration.scope} `;
const KEPT = PREFIX + VERSION;
/** In a cache that has served pages. */
const SERVED = 'served';
const HASHED = /-[0-9a-f]{16}(_bg)?\.\w+$/;

const address = (name) => new URL(name, registration.scope).href;
const EXACT = { ignoreVary: true };

addEventListener('install', (event) => event.waitUntil(keep()));

async function keep() {
  // A version that was served before and comes back is whole, and a tab may still be using it.
  if (await caches.match(address(SERVED), { cacheName: KEPT })) return;
  // What an interrupted installation left.
  await caches.delete(KEPT);
  const cache = await caches.open(KEPT);
  try {
    await cache.addAll(
      FILES.map(([name, integrity]) => {
        // A name made from the content may come from the browser's own cache: it is checked anyway.
        return new Request(address(name), { integrity, cache: HASHED.test(name) ? 'default' : 'no-cache' });
      }),
    );
  } catch (error) {
    await caches.delete(KEPT);
    throw error;
  }
}

// Only when the reader says so: a page that is open goes on with the files it was made of.
addEventListener('message', (event) => {
  if (event.data === 'SKIP_WAITING') skipWaiting();
});

addEventListener('activate', (event) => event.waitUntil(takeOver()));

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== KEPT);
  const served = [];
  for (const name of others) {
    if (await caches.match(address(SERVED), { cacheName: name })) served.push(name);
  }
  // The version before stays, for tabs in which it is still open. They are named in the order in
  // which they were made.
  const before = served.at(-1);
  await Promise.all(others.filter((name) => name !== before).map((name) => caches.delete(name)));
  await (await caches.open(KEPT)).put(address(SERVED), new Response());
  await clients.claim();
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const { origin, pathname } = new URL(registration.scope);
  if (request.method !== 'GET' || url.origin !== origin || !url.pathname.startsWith(pathname)) return;
  const name = url.pathname.slice(pathname.length);
  const file = name === '' || name === 'index.html' ? './' : name;
  // Any other file is the host's affair: the single file, an embed's script, another page.
  if (FILES.some(([kept]) => kept === file) || HASHED.test(name)) event.respondWith(answer(file, request));
});

async function answer(name, request) {
  const ours = await caches.match(address(name), { cacheName: KEPT, ...EXACT });
  if (ours) return ours;
  // A tab of the version before asks for one of its files: by its name it is the same in any version.
  const older = HASHED.test(name) ? (await caches.keys()).filter((key) => key.startsWith(PREFIX)) : [];
  for (const cacheName of older) {
    const found = await caches.match(address(name), { cacheName, ...EXACT });
    if (found) return found;
  }
  return fetch(request);
}
