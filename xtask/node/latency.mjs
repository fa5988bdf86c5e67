// How long a slider step takes in a real Chromium: usage `node latency.mjs ADDRESS BROWSER`.
//
// Every step is a key press that the browser itself counts as the user's. Inside the page three
// moments are kept: the key's event, the last change of the document that it caused, and the first
// task after the frame that shows it. `playwright-core` steers the browser and does not measure.
import { launch } from './browser.mjs';

const [address, executablePath] = process.argv.slice(2);
const SLIDERS = ['#leverage-slider', '#mark-handle'];
const STEPS = 200;
const WARM_UP = 20;
const FRAME = 1000 / 60;

// An aim is for 95 steps of 100. A step begins anywhere within a frame, so being painted by the next
// one means at most two frames.
const RUNS = [
  { throttle: 1, aims: { written: 2 } },
  { throttle: 4, aims: { painted: 2 * FRAME } },
];

const browser = await launch(executablePath);
console.log(`${STEPS} key steps each, Chromium ${browser.version()}\n`);
console.log("slider            CPU  from the key's event to      p50    p95    p99   aim for p95");
let complete = true;
for (const slider of SLIDERS) {
  for (const { throttle, aims } of RUNS) {
    const rows = await measure(slider, throttle);
    if (rows.length < STEPS) {
      console.log(`${slider.padEnd(16)} ${throttle}x   only ${rows.length} of ${STEPS} steps answered`);
      complete = false;
      continue;
    }
    print(slider, throttle, 'document written', rows.map((row) => row.written - row.start), aims.written);
    print(slider, throttle, 'next frame painted', rows.map((row) => row.painted - row.start), aims.painted);
    const late = rows.filter((row) => row.late).length;
    if (late > 0) console.log(`                      ${late} steps were written only after that frame`);
  }
}
await browser.close();
process.exit(complete ? 0 : 1);

async function measure(slider, throttle) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(address);
    // Before that, the document may show a still picture of the page that answers nothing.
    await page.locator(`html[data-ready="true"] ${slider}`).waitFor({ timeout: 10_000 });
    await page.evaluate(watchSteps);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.locator(slider).focus();

    let key = 'ArrowRight';
    let silent = 0;
    for (let done = 0; done < WARM_UP + STEPS && silent < 3; ) {
      if (done % 40 === 39) key = other(key);
      if (await step(page, key)) {
        done += 1;
        silent = 0;
      } else {
        // At its end a slider sends nothing: turn round.
        key = other(key);
        silent += 1;
      }
    }
    return (await page.evaluate(() => window.steps)).slice(WARM_UP);
  } catch (error) {
    console.log(`${slider}: ${error.message.split('\n')[0]}`);
    return [];
  } finally {
    await context.close();
  }
}

function other(key) {
  return key === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
}

/** Presses the key; whether a step came of it. */
async function step(page, key) {
  const before = await page.evaluate(() => window.steps.length);
  await page.keyboard.press(key);
  const grown = (count) => window.steps.length > count;
  return page
    .waitForFunction(grown, before, { timeout: 1000, polling: 5 })
    .then(() => true)
    .catch(() => false);
}

/** Runs inside the page. */
function watchSteps() {
  window.steps = [];
  let open = null;
  const onKey = (event) => {
    if (!event.isTrusted || !event.key.startsWith('Arrow')) return;
    open = { start: performance.now(), written: 0, painted: 0, late: false };
    untilPainted(open);
  };
  const untilPainted = (row) =>
    requestAnimationFrame(() => {
      // A message arrives after the frame that this callback belongs to is painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        row.painted = performance.now();
        // Nothing written yet: a key that changes nothing, or a change that misses its frame.
        if (row.written > 0) window.steps.push(row);
      };
      port2.postMessage(null);
    });
  const onChange = () => {
    if (open === null || (open.written > 0 && open.painted > 0)) return;
    open.written = performance.now();
    if (open.painted === 0) return;
    open.late = true;
    open.painted = 0;
    untilPainted(open);
  };
  // Capturing at the window: before every listener of the page.
  window.addEventListener('keydown', onKey, { capture: true });
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(onChange).observe(document.body, all);
}

function print(slider, throttle, what, times, aim) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.ceil(share * sorted.length) - 1];
  const numbers = [0.5, 0.95, 0.99].map((share) => at(share).toFixed(1).padStart(6)).join(' ');
  const verdict = aim === undefined ? '' : `${at(0.95) <= aim ? 'ok  ' : 'MISS'} <= ${aim.toFixed(1)}`;
  console.log(`${slider.padEnd(16)} ${throttle}x   ${what.padEnd(24)} ${numbers}   ${verdict}`.trimEnd());
}
