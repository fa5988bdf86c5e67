// Keeps the page for use without a network, and says on the page's offline line how that stands.
//
// What the line says is in index.html; the root's `data-offline` chooses. Without it the line says
// what is always true, so wherever a worker cannot be had there is nothing more to do.
const root = document.documentElement;
const HOUR = 3_600_000;

/** A reader asked for the newer version in this tab; other tabs must not reload under their hands. */
let asked = false;
let reachable = true;
let looked = Date.now();

function show(registration) {
  const { active, waiting, installing } = registration;
  if (active && waiting) root.dataset.offline = 'update';
  else if (root.dataset.offline === 'update') return;
  else if (active) root.dataset.offline = navigator.onLine && reachable ? 'ready' : 'offline';
  else if (installing) root.dataset.offline = 'saving';
  else delete root.dataset.offline;
}

/** Looks whether the host can be reached, whatever it answers, and for a newer version there. */
async function look(registration) {
  looked = Date.now();
  reachable = await fetch('sw.js', { method: 'HEAD', cache: 'no-store' }).then(() => true, () => false);
  show(registration);
  // The file may be gone, or be broken: what is kept stays.
  if (reachable) await registration.update().catch(() => {});
}

function follow(registration) {
  const watched = new WeakSet();
  const watch = () => {
    const { installing } = registration;
    if (installing && !watched.has(installing)) {
      watched.add(installing);
      installing.addEventListener('statechange', () => show(registration));
    }
    show(registration);
  };
  registration.addEventListener('updatefound', watch);
  watch();
}

async function keep() {
  const workers = navigator.serviceWorker;
  if (!workers || !location.protocol.startsWith('http')) return;
  const registration = await workers.register('sw.js', { updateViaCache: 'none' });
  follow(registration);
  workers.addEventListener('controllerchange', () => {
    if (asked) location.reload();
    else show(registration);
  });
  document.getElementById('reload-newer').addEventListener('click', () => {
    asked = true;
    // Without one it has taken over from another tab already.
    if (registration.waiting) registration.waiting.postMessage('SKIP_WAITING');
    else location.reload();
  });
  const lookAgain = () => look(registration);
  addEventListener('online', lookAgain);
  addEventListener('offline', () => show(registration));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - looked > HOUR) lookAgain();
  });
  await workers.ready;
  if (workers.controller) await lookAgain();
  else show(registration);
}

// Storage may be forbidden, or the worker's file be missing: the line stays as it was.
keep().catch(() => delete root.dataset.offline);
