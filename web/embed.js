// <margin-calculator>: the calculator beside an article, in a frame of its own.
//
// One script tag on the host's page, as a classic script or a module, from any origin and path. What an
// attribute, `set` or a link in the prose asks goes to the frame as text; the frame reads it as it reads
// a link, and answers with its height and its figures. docs/embedding.md describes all of it.
(() => {
  const NAME = 'margin-calculator';
  const VERSION = 1;
  if (customElements.get(NAME)) return;

  // A module is not told by the document which script it is, but an error knows.
  const script = document.currentScript?.src || /\w+:\/\/[^\s()?#@]+/.exec(new Error().stack)?.[0];
  const home = new URL('.', script || document.baseURI);

  /** The parts of a link that an example sets, the rest, and longer names for some. */
  const NUMBERS = 'coin side size entry lev mark tiers fee call'.split(' ');
  const KEYS = ['preset', ...NUMBERS, ...'num theme lang show lock claim'.split(' ')];
  const LONG = { __proto__: null, quantity: 'size', 'entry-price': 'entry', leverage: 'lev', 'mark-price': 'mark' };
  const key = (name) => LONG[name.replace('_', '-')] ?? name;
  /** The values of these two are names, too. */
  const value = (name, text) =>
    name === 'show' || name === 'lock' ? text.trim().split(/[\s,]+/).map(key).join() : text;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ':host{display:block;max-width:44rem}:host([hidden]){display:none}' +
      'iframe{display:block;width:100%;height:300px;border:0;color-scheme:inherit}',
  );

  const all = new Set();

  class MarginCalculator extends HTMLElement {
    static observedAttributes = [
      ...KEYS,
      ...Object.keys(LONG),
      ...['entry_price', 'mark_price', 'src', 'strict', 'label'],
    ];

    #shadow = this.attachShadow({ mode: 'open' });
    #frame;
    #origin;
    #strict;
    #isReady = false;
    /** What is asked before the frame is ready to hear it. */
    #waiting = {};
    #tint;

    /** The figures as the frame last said them. */
    result = null;

    constructor() {
      super();
      this.#shadow.adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      all.add(this);
      addEventListener('message', this);
      this.#open();
    }

    disconnectedCallback() {
      all.delete(this);
      removeEventListener('message', this);
      this.#close();
    }

    /** With `moveBefore` the frame moves along, as it stands. */
    connectedMoveCallback() {}

    attributeChangedCallback(name, before, after) {
      if (before === after || !this.#frame) return;
      if (name === 'label') this.#name();
      else if (after === null || /^(src|strict|claim)$/.test(name)) {
        // What is no longer said falls back to what the rest says; a card is another page.
        this.result = null;
        this.#open();
      } else this.set({ [name]: after });
    }

    /** Changes numbers or the look; each value as text, by the names of the attributes or of links. */
    set(values) {
      const asked = {};
      for (const [name, text] of Object.entries(values)) asked[key(name)] = value(key(name), `${text}`);
      if (asked.theme === 'auto') asked.theme = this.#tint = tint(this);
      // An example sets every number and a coin both prices: what was asked of them before is over.
      const over = 'preset' in asked ? NUMBERS : 'coin' in asked ? ['entry', 'mark'] : [];
      for (const part of over) delete this.#waiting[part];
      Object.assign(this.#waiting, asked);
      this.#flush();
    }

    /** Asks the host's page whether it is light or dark, and passes it on if that is new. */
    follow() {
      if ((this.getAttribute('theme') ?? 'auto') === 'auto' && this.#tint !== tint(this)) this.set({ theme: 'auto' });
    }

    #open() {
      this.#close();
      const frame = (this.#frame = document.createElement('iframe'));
      // What stands in a host without an origin has none either, and WebKit then denies it its files.
      this.#strict = this.hasAttribute('strict') || (self.origin === 'null' && location.protocol !== 'file:');
      const address = this.#address();
      this.#origin = this.#strict ? 'null' : address.origin;
      frame.part = 'frame';
      frame.loading = 'lazy';
      frame.referrerPolicy = 'no-referrer';
      // On the host's own origin a sandbox that lets the frame be itself is no wall: it could take it
      // down. There is none, then, rather than one that only looks like it; `strict` is a wall anywhere.
      if (this.#strict || address.origin !== location.origin) {
        const self = this.#strict ? '' : ' allow-same-origin';
        frame.sandbox = `allow-scripts allow-popups allow-popups-to-escape-sandbox${self}`;
      }
      this.#name();
      frame.src = address;
      this.#shadow.append(frame);
    }

    #close() {
      this.#isReady = false;
      this.#frame?.remove();
      this.#frame = undefined;
    }

    #name() {
      this.#frame.title = this.getAttribute('label') || 'Maintenance margin calculator';
    }

    #address() {
      const file = this.getAttribute('src') ?? (this.#strict ? `${NAME}.html` : '');
      let address = new URL(file, this.hasAttribute('src') ? document.baseURI : home);
      if (!/^(https?|file):$/.test(address.protocol)) address = new URL(home);
      const query = address.searchParams;
      const numbers = this.result?.query;
      for (const { name, value: text } of this.attributes) {
        const part = key(name);
        const isLook = /^(theme|show|lock|lang|claim)$/.test(part);
        if (KEYS.includes(part) && (isLook || !numbers)) query.set(part, value(part, text));
      }
      // Put back somewhere else, it goes on with the reader's numbers.
      for (const [part, text] of new URLSearchParams(numbers)) query.set(part, text);
      if ((query.get('theme') ?? 'auto') === 'auto') query.set('theme', (this.#tint = tint(this)));
      query.set('view', 'embed');
      return address;
    }

    #say(type, content) {
      const message = { [NAME]: VERSION, type, ...content };
      // Neither a strict frame nor a file has an origin that could be named.
      this.#frame.contentWindow.postMessage(message, this.#origin === 'null' ? '*' : this.#origin);
    }

    #flush() {
      if (!this.#isReady || !Object.keys(this.#waiting).length) return;
      this.#say('set', { values: this.#waiting });
      this.#waiting = {};
    }

    handleEvent({ source, origin, data }) {
      if (!source || source !== this.#frame?.contentWindow || origin !== this.#origin) return;
      if (data?.[NAME] !== VERSION) return;
      const { type, height, result, sentence } = data;
      if (type === 'here') this.#say('hello');
      if (Number.isFinite(height)) this.#frame.style.height = `${Math.min(Math.max(height, 150), 4000)}px`;
      if (result && typeof result === 'object') {
        this.result = result;
        this.#tell('result', result);
      }
      if (type === 'refused') this.#tell(type, { sentence: `${sentence}` });
      if (type === 'ready') {
        this.#isReady = true;
        this.#flush();
        this.#tell(type);
      }
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(`margin-${type}`, { bubbles: true, detail }));
    }
  }

  /** Light text stands on a dark page, whichever way the page came to be dark. */
  function tint(element) {
    const { color } = getComputedStyle(element);
    const [a, b, c] = (color.match(/[\d.]+/g) ?? [0]).map(Number);
    const light = color.startsWith('rgb') ? (3 * a + 6 * b + c) / 2550 : a > 1 ? a / 100 : a;
    return light > 0.5 ? 'dark' : 'light';
  }
  const follow = () => all.forEach((element) => element.follow());
  const looks = new MutationObserver(follow);
  looks.observe(document.documentElement, { attributes: true });
  document.addEventListener('DOMContentLoaded', () => looks.observe(document.body, { attributes: true }));
  if (document.body) looks.observe(document.body, { attributes: true });
  // A theme that fades in has its colour at the end.
  document.addEventListener('transitionend', follow);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', follow);

  // <a href="…/?preset=btc&lev=50" data-margin-for="id">: a link to the full calculator that moves the
  // one on this page instead.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-margin-for]');
    const calculator = link && document.getElementById(link.dataset.marginFor);
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || elsewhere || !(calculator instanceof MarginCalculator)) return;
    event.preventDefault();
    const { view, ...values } = Object.fromEntries(new URL(link.href).searchParams);
    calculator.set(values);
    calculator.scrollIntoView({ block: 'nearest' });
  });

  customElements.define(NAME, MarginCalculator);
})();
