// An embed's side of the page: its look, its height, and the messages between it and its host.
//
// A message is `{ 'margin-calculator': 1, type, ... }`. Whoever frames the page says `hello`; from then
// on only that origin is heard, and only it is answered. Every value goes through the same reading as a
// link's parts: the program says what it cannot use. What a host asks is done once a frame, however
// often it asks.
import look from '../style/embed.css';

const NAME = 'margin-calculator';
const VERSION = 1;
/** The parts of a link that an example sets, and all that a host may set. */
const NUMBERS = 'coin side mode size entry lev mark tiers fee call'.split(' ');
const KEYS = ['preset', ...NUMBERS, ...'v num theme lang show lock'.split(' ')];
/** No part of a link is longer, and no message has more of them. */
const LONGEST = 64;
const MOST = 24;
/** A drawn frame, in milliseconds; frames out of view draw none. */
const FRAME = 16;
/** The same refusal is not repeated for this long. */
const QUIET = 1000;

/** What a result holds, each with the element where it stands. */
const FIGURES = {
  liquidation_price: 'answer-text',
  margin_call_price: 'fig-call',
  bankruptcy_price: 'fig-bankruptcy',
  initial_margin: 'fig-initial',
  maintenance_margin: 'fig-maintenance',
  margin_ratio_percent: 'fig-ratio',
  distance_to_liquidation: 'fig-distance',
  unrealized_pnl: 'fig-pnl',
};

const root = document.documentElement;
const element = (id) => document.getElementById(id);
const share = element('share');

/** The origin that said hello, and what it was told last. */
let host;
let told = {};
/** What it asks, and what of that cannot be used. */
let asked = {};
let unusable = [];
let timer;
let refused = { text: '', at: 0 };

/** Called once the program runs. */
export function start() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  document.adoptedStyleSheets.push(sheet);
  root.dataset.framed = 'true';
  showClaim();
  if (parent === self) return;
  new ResizeObserver(report).observe(root);
  const every = { subtree: true, childList: true, characterData: true, attributeFilter: ['class', 'href'] };
  new MutationObserver(report).observe(document.body, every);
  addEventListener('message', hear);
  // Says nothing but that somebody is here.
  parent.postMessage({ [NAME]: VERSION, type: 'here' }, '*');
}

/** A claim's card in place of the calculator; if it cannot be had, the calculator it is. */
async function showClaim() {
  const [claim, ...others] = new URLSearchParams(location.search).getAll('claim');
  // As for any part of a link, what stands there twice is left out.
  if (!claim || others.length > 0) return;
  root.dataset.claim = claim;
  try {
    const { cardOf } = await import('./story.mjs');
    const card = document.createElement('section');
    card.id = 'claim-card';
    card.innerHTML = await cardOf(claim);
    document.querySelector('main').prepend(card);
  } catch {
    delete root.dataset.claim;
  }
}

function hear({ source, origin, data }) {
  if (source !== parent || (host !== undefined && origin !== host)) return;
  if (data === null || typeof data !== 'object' || !Object.hasOwn(data, NAME)) return;
  const known = data[NAME] === VERSION;
  if (known && data.type === 'hello') {
    host = origin;
    told = {};
    report('ready');
  } else if (host !== undefined) {
    if (!known) refuse(`version ${data[NAME]}`);
    else if (data.type === 'set') take(data.values);
    else refuse(`type ${typeof data.type === 'string' ? data.type : ''}`);
  }
}

function take(values) {
  const parts = values !== null && typeof values === 'object' ? Object.entries(values) : [];
  if (parts.length === 0 || parts.length > MOST) {
    refuse('values');
    return;
  }
  const changes = {};
  for (const [key, value] of parts) {
    if (!KEYS.includes(key) || typeof value !== 'string' || value.length > LONGEST) refuse(key);
    else changes[key] = value;
  }
  // An example sets every number and a coin both prices: what was asked of them before is over.
  const over = 'preset' in changes ? NUMBERS : 'coin' in changes ? ['entry', 'mark'] : [];
  for (const part of over) delete asked[part];
  Object.assign(asked, changes);
  timer ??= setTimeout(settle, FRAME);
}

function refuse(part) {
  if (unusable.length < 4) unusable.push(String(part).slice(0, LONGEST));
  timer ??= setTimeout(settle, FRAME);
}

/** Does what was asked since the last time, and says what could not be done. */
function settle() {
  timer = undefined;
  const { theme } = asked;
  const query = new URLSearchParams(asked).toString();
  asked = {};
  if (query) {
    share.dataset.open = query;
    share.dispatchEvent(new Event('margin-open'));
    if (share.dataset.leftOut) unusable.push(share.dataset.leftOut);
    if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;
    if (theme === 'auto') delete root.dataset.theme;
  }
  const parts = unusable.join(', ');
  unusable = [];
  if (!parts || (parts === refused.text && Date.now() < refused.at + QUIET)) return;
  refused = { text: parts, at: Date.now() };
  // The words are those of the line that names parts of a link.
  const [line] = element('link-note').children;
  const sentence = [...line.childNodes].map((node) => (node === element('link-note-parts') ? parts : spoken(node)));
  say('refused', { parts, sentence: sentence.join('') });
}

/** Tells the host what has changed: all of it at first, later what differs. */
function report(type) {
  if (host === undefined) return;
  const height = Math.ceil(root.getBoundingClientRect().height);
  const result = read();
  const text = JSON.stringify(result);
  const news = { ...(height !== told.height && { height }), ...(text !== told.text && { result }) };
  told = { height, text };
  if (type === 'ready') say('ready', news);
  else for (const name in news) say(name, { [name]: news[name] });
}

function say(type, content) {
  // An origin without a name cannot be addressed; only the parent hears it in any case.
  parent.postMessage({ [NAME]: VERSION, type, ...content }, host === 'null' ? '*' : host);
}

/** The numbers asked and the figures answered, plain, as they stand on the page. */
function read() {
  const { search } = element('full-link');
  const result = {
    sentence: plainSpaces(spoken(document.querySelector('.sentence'))),
    is_stale: element('answer').classList.contains('stale'),
    query: search.slice(1),
    asked: Object.fromEntries(new URLSearchParams(search)),
    figures: {},
  };
  for (const [name, id] of Object.entries(FIGURES)) {
    const number = plain(element(id).textContent);
    if (number !== undefined) result.figures[name] = number;
  }
  return result;
}

/** A printed number without groups and with a point, or nothing where words stand. */
function plain(printed) {
  const comma = element('numbers').value === 'point' ? /,/g : /(?!)/g;
  const groups = element('numbers').value === 'point' ? /[.\s%]/g : /[,’'\s%]/g;
  const number = printed.replace(groups, '').replace(comma, '.').replace(/^\u2212/, '-').replace(/^\+/, '');
  return /^-?\d+(\.\d+)?$/.test(number) ? number : undefined;
}

/** An element as it is read aloud, with what stands in its fields. */
function spoken(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.matches('.full, svg, [hidden]')) return '';
  if (node.matches('select')) return node.selectedOptions[0].text;
  if (node.matches('input')) return node.value;
  return [...node.childNodes].map(spoken).join('');
}

/** Without the spaces of the source; the narrow ones inside numbers stay. */
function plainSpaces(text) {
  return text.replace(/[ \n]+/g, ' ').trim();
}
