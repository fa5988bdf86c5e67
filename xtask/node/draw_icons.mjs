// Draws the icons that are no SVG, and the social card, with a browser: when their look has changed.
//
// Usage: `node xtask/node/draw_icons.mjs CHROME`, after `cargo xtask build`. What it writes is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '../..');
const icon = readFileSync(path.join(ROOT, 'web/icons/icon.svg'), 'utf8');
const tokens = readFileSync(path.join(ROOT, 'style/tokens.css'), 'utf8');
const [, background] = tokens.match(/--surface-page: (#\w+)/);

/** Name, pixels, the part of the square that the drawing fills, and how round the corners are. */
const ICONS = [
  ['icon-192.png', 192, 0.7, 0.2],
  ['icon-512.png', 512, 0.7, 0.2],
  // Systems cut these into any shape: what matters keeps within four fifths.
  ['icon-maskable-192.png', 192, 0.52, 0],
  ['icon-maskable-512.png', 512, 0.52, 0],
  ['icon-180.png', 180, 0.66, 0],
];

const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox'] });
const sheet = await browser.newPage();
mkdirSync(path.join(ROOT, 'web/icons'), { recursive: true });
for (const [name, size, part, round] of ICONS) {
  await sheet.setViewportSize({ width: size, height: size });
  await sheet.setContent(`<style>
    body { margin: 0; }
    div { inline-size: ${size}px; block-size: ${size}px; display: grid; place-items: center;
      background: ${background}; border-radius: ${size * round}px; }
    svg { inline-size: ${size * part}px; block-size: ${size * part}px; }</style><div>${icon}</div>`);
  const image = await sheet.screenshot({ omitBackground: true });
  writeFileSync(path.join(ROOT, 'web/icons', name), image);
}

// The card is the page's own first lines and picture, at the size that readers of links show.
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await page.goto(`file://${path.join(ROOT, 'dist/margin-calculator.html')}`);
await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
await page.evaluate(() => {
  const hidden = ['.offline', '.tools', '.setup', '.under', '.sentence-say', '.rail', '.figures', '.chapters', '.foot'];
  for (const css of hidden) for (const e of document.querySelectorAll(css)) e.style.display = 'none';
  document.querySelector('h1').style.fontSize = '1.5rem';
  document.querySelector('.topline').style.paddingBlock = '0.25rem 0.5rem';
  document.querySelector('.hero').style.paddingBlock = '0.5rem 0';
});
await page.waitForTimeout(300);
writeFileSync(path.join(ROOT, 'web/card.png'), await page.screenshot());
await browser.close();
