// Keeps the page for use without a network, and says on the page's offline line how that stands.
//
// What the line says is in index.html; the root's `data-offline` chooses. Without it the line says
// what is always true, so wherever a worker cannot be had there is nothing more to do.
const root = document.documentElement;
const HOUR = 3_600_000;
/** Between one try to keep the page and the next, in milliseconds. */
const PAUSE = 3000;

let registration;
/** A reader asked for the newer version in this tab; other tabs must not reload under their hands. */
let asked = false;
let reachable = true;
let looked = Date.now();

function show() {
  const { active, waiting, installing } = registration;
  if (active && waiting) root.dataset.offline = 'update';
  // Another tab has taken the newer version; this one is still the older.
  else if (root.dataset.offline === 'update') return;
  else if (active) root.dataset.offline = navigator.onLine && reachable ? 'ready' : 'offline';
  else if (installing || waiting) root.dataset.offline = 'saving';
  else delete root.dataset.offline;
}

/** Looks whether the host can be reached, whatever it answers, and for a newer version there. */
async function look() {
  looked = Date.now();
  reachable = await fetch('sw.js', { method: 'HEAD', cache: 'no-store' }).then(() => true, () => false);
  show();
  // The file may be gone, or be broken: what is kept stays.
  if (reachable) await registration.update().catch(() => {});
}

/** Follows each new worker to its end; one that fails before any has succeeded is tried again. */
function follow(tries) {
  const watched = new WeakSet();
  const watch = () => {
    const worker = registration.installing;
    if (worker && !watched.has(worker)) {
      watched.add(worker);
      worker.addEventListener('statechange', () => {
        show();
        if (worker.state === 'redundant' && !registration.active && tries > 0) {
          setTimeout(() => keep(tries - 1).catch(() => {}), PAUSE);
        }
      });
    }
    show();
  };
  registration.addEventListener('updatefound', watch);
  watch();
}

async function keep(tries) {
  registration = await navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' });
  follow(tries);
}

function listen() {
  const workers = navigator.serviceWorker;
  workers.addEventListener('controllerchange', () => {
    if (asked) location.reload();
    else show();
  });
  document.getElementById('reload-newer').addEventListener('click', () => {
    asked = true;
    // Without one it has taken over from another tab already.
    if (registration.waiting) registration.waiting.postMessage('SKIP_WAITING');
    else location.reload();
  });
  addEventListener('online', look);
  addEventListener('offline', show);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - looked > HOUR) look();
  });
  // Kept before: the host may be gone meanwhile.
  if (workers.controller) look();
}

async function start() {
  // Storage may be forbidden, or the worker's file be missing: the line stays as it was.
  if (!location.protocol.startsWith('http') || !navigator.serviceWorker) return;
  await keep(2);
  listen();
}

start().catch(() => {});
