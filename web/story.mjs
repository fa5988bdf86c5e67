// The chapters of the third program (`story/`): what a reader does in them goes in as text, what each
// element becomes comes out.
//
// The page's own program writes its numbers into `data-query` while `data-told` says that somebody
// listens; the observer here runs in the same turn. Nothing plays by itself: a chapter that was started
// by the reader is told how much time has gone by, and nobody else has a clock.
import lookOfAfter from '../style/after.css';
import look from '../style/story.css';
import { copy } from './hand-over.mjs';
import init, { card, close_chapter, differences, open_chapter, plays, restore, settings, take } from '#story';

/** The width of a printed page, as `src/app/shell/print.rs` has it for the picture. */
const PAPER = 688;
/** In the picture's measure: sixteenths of the root font size. */
const UNITS = 16;

const element = (id) => document.getElementById(id);
const story = element('story');
const share = element('share');
const nameOf = (chapter) => chapter.id.slice('story-'.length);
/** What stands beside a closed chapter's title. */
const peeks = new Map();
/** How long what is set rests before it is written into the address: browsers allow few changes in a while. */
const REST = 250;
/** What a chapter is to be told as soon as its body is there. */
const waiting = new Map();

let started;
let noting;
let width = 0;
/** Whether the reader wants nothing to move: then what plays goes from one event to the next. */
const still = matchMedia('(prefers-reduced-motion: reduce)');
/** What the address points to, while what stands above it is still to be written. */
let wanted;
/** When the last play of time was told, in milliseconds; absent while nothing plays. */
let last;

async function start() {
  await (started ??= init().then(listen).catch((error) => {
    started = undefined;
    throw error;
  }));
}

/** Opens a chapter, or comes back to one that is open, and to what the address points to in it. */
export async function open(chapter) {
  await start();
  if (!chapter.open) return;
  const name = nameOf(chapter);
  const peek = element(`${name}-peek`);
  if (!peeks.has(name)) peeks.set(name, peek.textContent);
  const body = open_chapter(name);
  if (body !== undefined) element(`${name}-body`).innerHTML = body;
  take(`${name}-still`, String(still.matches));
  if (body !== undefined) restore(name, new URLSearchParams(location.search).get('story') ?? '');
  if (waiting.has(name)) {
    set(waiting.get(name));
    waiting.delete(name);
    note();
  }
  story.dataset.told = '';
  story.dispatchEvent(new Event('margin-ask'));
  measure();
  refresh();
  const target = element(location.hash.slice(1));
  if (!target || !chapter.contains(target)) return;
  target.scrollIntoView();
  if (!story.dataset.query) wanted = target;
}

/** The markup of a claim's card, with numbers as the page writes them; a failure if there is none. */
export async function cardOf(claim) {
  await start();
  const markup = card(claim, element('numbers').value);
  if (markup === undefined) throw new Error('no such claim');
  return markup;
}

function listen() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look + lookOfAfter);
  document.adoptedStyleSheets.push(sheet);
  story.addEventListener('toggle', ({ target }) => target.open || close(target), true);
  story.addEventListener('input', ({ target }) => target.id && tell(target.id, held(target)));
  story.addEventListener('change', ({ target }) => {
    if (target.type === 'text') tell(`${target.id}-done`, target.value);
  });
  story.addEventListener('click', (event) => {
    const { target } = event;
    const link = target.closest('a[data-copy]');
    if (link) {
      // The link to a card holds nobody's numbers. With a key held it is a link like any other.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      copy(location.href.replace(/[?#].*/, '') + link.hash).then((how) => say(link, how));
      return;
    }
    const button = target.closest('button');
    if (button?.dataset.open !== undefined) put(button.dataset);
    else if (button?.id) tell(button.id, button.value);
  });
  story.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (!('steps' in target.dataset) || !/^(Arrow|Page)(Up|Down)$/.test(key)) return;
    event.preventDefault();
    tell(`${target.id}-step`, event.shiftKey ? `Shift+${key}` : key);
  });
  story.addEventListener('pointerdown', (event) => {
    const place = event.button === 0 && event.target.closest('[data-draw]');
    if (!place) return;
    // Or a drag selects the words around it.
    event.preventDefault();
    place.setPointerCapture(event.pointerId);
    draw(place, event);
  });
  story.addEventListener('pointermove', (event) => {
    const place = event.target.closest?.('[data-draw]');
    if (place?.hasPointerCapture(event.pointerId)) draw(place, event);
  });
  still.addEventListener('change', () => {
    for (const chapter of story.querySelectorAll('details[open]')) {
      take(`${nameOf(chapter)}-still`, String(still.matches));
    }
  });
  new MutationObserver(refresh).observe(story, { attributeFilter: ['data-query'] });
  // A frame later: what is drawn anew may be of another height, which is no news to this observer.
  new ResizeObserver(() => requestAnimationFrame(() => measure() && refresh())).observe(story);
  addEventListener('pagehide', noteNow);
  addEventListener('beforeprint', () => {
    width = PAPER;
    refresh();
  });
  addEventListener('afterprint', () => measure() && refresh());
}

/** Says for a while on a link how copying went. */
function say(link, how) {
  const words = link.firstChild;
  const before = (link.dataset.words ??= words.data);
  words.data = how === 'copied' ? 'Copied' : 'Not copied';
  element('live').textContent = words.data;
  setTimeout(() => (words.data = before), 3000);
}

function close(chapter) {
  const name = nameOf(chapter);
  close_chapter(name);
  waiting.delete(name);
  // What it said was true of the numbers of then.
  if (peeks.has(name)) element(`${name}-peek`).textContent = peeks.get(name);
  if (!story.querySelector('details[open]')) delete story.dataset.told;
}

/** What a control holds, as text. */
function held({ type, checked, value }) {
  return type === 'checkbox' ? String(checked) : value;
}

function tell(id, value) {
  take(id, value);
  refresh();
  note();
}

/** Writes into the address what is set here, once it rests. */
function note() {
  clearTimeout(noting);
  noting = setTimeout(noteNow, REST);
}

function noteNow() {
  if (noting === undefined) return;
  clearTimeout(noting);
  noting = undefined;
  const before = location.search.slice(1).split('&').filter(Boolean);
  const words = settings();
  let parts = before.filter((part) => !new URLSearchParams(part).has('story'));
  // Playing sets nothing.
  if (!words && parts.length === before.length) return;
  // Numbers that nobody touched are not in the address, and what is set here belongs to them.
  if (story.dataset.query && !parts.some((part) => part.startsWith('v='))) {
    parts = [story.dataset.query, ...parts.filter((part) => /^(theme|view|lang)=/.test(part))];
  }
  if (words) parts.push(`story=${words}`);
  try {
    history.replaceState(history.state, '', `?${parts.join('&')}${location.hash}`);
  } catch {
    // A host may forbid it; the page works without.
  }
}

/** A pointer's place in an element, in thousandths of its box. */
function draw(place, { clientX, clientY }) {
  const { left, top, width: wide, height } = place.getBoundingClientRect();
  const thousandths = (part, whole) => Math.round((Math.min(Math.max(part, 0), whole) / whole) * 1000);
  tell(place.id, `${thousandths(clientX - left, wide)},${thousandths(clientY - top, height)}`);
}

/** Tells controls what they hold, `id=value` between spaces, and presses those without a value. */
function set(words) {
  for (const word of words ? words.split(' ') : []) {
    const [id, value = ''] = word.split(/=(.*)/s);
    take(id, value);
  }
}

/** Puts an example in place, one step to undo, and shows where its figure is seen. */
function put({ open: query, see, set: words }) {
  // Before the numbers, so that an open chapter works out both at once.
  if (peeks.has(see)) set(words);
  else waiting.set(see, words);
  share.dataset.open = query;
  share.dispatchEvent(new Event('margin-open'));
  const chapter = element(`story-${see}`) ?? element(see) ?? element('calculator');
  if (chapter.matches('details')) chapter.open = true;
  refresh();
  note();
  chapter.scrollIntoView();
  (chapter.querySelector('summary') ?? chapter).focus({ preventScroll: true });
}

/** Whether the width has changed. */
function measure() {
  const body = story.querySelector('details[open] > .body');
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) || UNITS;
  const now = body ? Math.floor((body.clientWidth * UNITS) / size) : width;
  const differs = now !== width;
  width = now;
  return differs;
}

function refresh() {
  const { query = '' } = story.dataset;
  story.classList.toggle('stale', query === '');
  const news = differences(query, width);
  for (let at = 0; at < news.length; at += 4) apply(news[at], news[at + 1], news[at + 2], news[at + 3]);
  if (query) wanted?.scrollIntoView();
  wanted = undefined;
  if (last === undefined && playing().length) {
    last = performance.now();
    requestAnimationFrame(goOn);
  }
}

const playing = () => [...story.querySelectorAll('details[open]')].map(nameOf).filter(plays);

/** Tells what plays how much time has gone by; a page that is not seen draws no frames and stands still. */
function goOn(now) {
  const names = playing();
  const passed = Math.floor(now - last);
  last = names.length ? last + Math.max(passed, 0) : undefined;
  if (!names.length) return;
  for (const name of names) if (passed > 0 && passed < 1000) take(`${name}-elapsed`, String(passed));
  refresh();
  requestAnimationFrame(goOn);
}

function apply(id, what, name, value) {
  const target = element(id);
  if (!target) return;
  if (what === 'text') target.textContent = value;
  else if (what === 'markup') refill(target, value);
  else if (what === 'set') target.setAttribute(name, value);
  else if (what === 'unset') target.removeAttribute(name);
  else if (what === 'class' || what === 'unclass') target.classList.toggle(name, what === 'class');
  // Only what differs, so that the caret stays where the reader put it.
  else if (what === 'value') target.value === value || (target.value = value);
  else target.checked = what === 'check';
}

/** New content for an element; what had the focus in it has it again. */
function refill(target, markup) {
  const focused = target.contains(document.activeElement) && document.activeElement.id;
  target.innerHTML = markup;
  if (focused) element(focused)?.focus({ preventScroll: true });
}
