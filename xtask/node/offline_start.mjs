// How long a kept page takes to answer without a network: usage `node offline_start.mjs DIST BROWSER`.
//
// The page is loaded once, its host is stopped for good, and it is opened again and again in new tabs.
// The time runs from the navigation to the moment at which the program has taken over.
import { launch } from './browser.mjs';
import { host } from './host.mjs';
import { verdict } from './timing.mjs';

const [dist, executablePath] = process.argv.slice(2);
const STARTS = 15;
/** From the navigation to the answer, in milliseconds. */
const AIM = 300;

const browser = await launch(executablePath);
const site = await host(dist);
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
await context.addInitScript(() => {
  new MutationObserver((_, observer) => {
    if (document.documentElement?.dataset.ready !== 'true') return;
    window.answered = performance.now();
    observer.disconnect();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-ready'] });
});
const address = `http://127.0.0.1:${site.port}/`;
const first = await context.newPage();
await first.goto(address);
await first.waitForFunction(() => navigator.serviceWorker.controller && window.answered);
await first.waitForSelector('html[data-offline=ready]');
await first.close();
await site.stop();

const times = [];
for (let start = 0; start < STARTS; start += 1) {
  const page = await context.newPage();
  await page.goto(`${address}?lev=${start + 2}`);
  await page.waitForFunction(() => window.answered);
  const [answered, leverage] = await page.evaluate(() => [window.answered, document.getElementById('leverage').value]);
  if (leverage !== String(start + 2)) throw new Error(`the page answers for ${leverage} times`);
  times.push(answered);
  await page.close();
}
await browser.close();
times.sort((a, b) => a - b);
const [middle, worst] = [times[Math.floor(STARTS / 2)], times.at(-1)];
console.log(`${STARTS} starts without a network, from navigation to answer, in milliseconds`);
console.log(`middle ${middle.toFixed(0).padStart(5)}   slowest ${worst.toFixed(0).padStart(5)}   ${verdict(middle, AIM, 0)}`);
