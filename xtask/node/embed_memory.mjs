// What ten embeds on one page weigh in memory: usage `node embed_memory.mjs DIST BROWSER`.
//
// A host page on another site frames the embed ten times, and then an empty page ten times. What counts
// is the memory of all the browser's processes, shared pages divided among their owners, as Linux says.
import { readFileSync, readdirSync } from 'node:fs';
import { launchApart } from './browser.mjs';
import { host } from './host.mjs';
import { verdict } from './timing.mjs';

const [dist, executablePath] = process.argv.slice(2);
const FRAMES = 10;
/** More than with empty frames, in megabytes. */
const AIM = 40;

if (process.platform !== 'linux') {
  console.log('memory of processes is read from /proc: not measured on this system');
  process.exit(0);
}
const pages = { '/empty.html': '<!doctype html><title>empty</title>' };
const site = await host(dist, pages);
const embeds = await megabytes('?view=embed');
const empty = await megabytes('empty.html');
await site.stop();
console.log(`${FRAMES} frames: ${embeds.toFixed(0)} MB with embeds, ${empty.toFixed(0)} MB empty`);
console.log(`difference ${(embeds - empty).toFixed(1)} MB   ${verdict(embeds - empty, AIM, 0)}`);

/** The middle of three browsers. */
async function megabytes(path) {
  const seen = [];
  for (let round = 0; round < 3; round += 1) seen.push(await once(path));
  return seen.sort((a, b) => a - b)[1];
}

async function once(path) {
  const { browser, pid, close } = await launchApart(executablePath, ['--site-per-process']);
  const page = await browser.newPage({ viewport: { width: 1280, height: 4000 } });
  const frame = `<iframe width=360 height=300 src="http://127.0.0.1:${site.port}/${path}"></iframe>`;
  pages['/article.html'] = `<!doctype html>${frame.repeat(FRAMES)}`;
  await page.goto(`http://localhost:${site.port}/article.html`);
  for (const inner of page.frames().slice(1)) {
    await (path.includes('embed') ? inner.waitForSelector('html[data-ready=true]') : inner.waitForLoadState());
  }
  // What is no longer used goes sooner or later; how soon is the browser's business, not the page's.
  for (const owner of [page, page.frames()[1]]) {
    const devtools = await page.context().newCDPSession(owner);
    await devtools.send('HeapProfiler.collectGarbage');
  }
  await page.waitForTimeout(1500);
  const memory = [pid, ...ownedBy(pid)].reduce((sum, process) => sum + share(process), 0);
  await close();
  return memory;
}

/** All processes that descend from one. */
function ownedBy(root) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      parents.set(Number(name), Number(parent));
    } catch {
      // It has ended meanwhile.
    }
  }
  const owned = (pid) => parents.get(pid) === root || (parents.has(pid) && owned(parents.get(pid)));
  return [...parents.keys()].filter(owned);
}

function share(pid) {
  try {
    const [, kilobytes] = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+) kB/m);
    return Number(kilobytes) / 1024;
  } catch {
    return 0;
  }
}
