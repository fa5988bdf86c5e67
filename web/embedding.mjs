// The dialog that writes what an author puts into an article. Fetched when it is first opened.
import { copy } from './hand-over.mjs';

const element = (id) => document.getElementById(id);
const dialog = element('embed-dialog');

/** Where this page is, without what is in its address. */
const home = new URL('.', location.href.replace(/[?#].*/s, ''));

/** Opens it for the numbers on the page. */
export function open() {
  write();
  dialog.showModal();
}

function write() {
  const { query: asked } = element('share').dataset;
  for (const button of dialog.querySelectorAll('[data-copy]')) button.disabled = !asked;
  say(asked ? '' : 'unreadable');
  if (!asked) {
    element('embed-element').value = element('embed-frame').value = '';
    return;
  }
  const query = new URLSearchParams(asked);
  query.delete('v');
  const numbers = [...query];
  const title = document.querySelector('h1').textContent;
  const link = tag('a', { href: `${home}?${query}` }, title);
  const theme = element('embed-theme').value;
  const width = element('embed-width').value;
  const look = theme === 'auto' ? {} : { theme };
  const style = width === '100%' ? {} : { style: `max-width: ${width}px` };
  element('embed-element').value =
    `${tag('script', { src: `${home}embed.js`, async: '' })}\n` +
    tag('margin-calculator', { ...Object.fromEntries(numbers), ...look, ...style }, link);
  element('embed-frame').value = tag('iframe', {
    src: `${home}?${new URLSearchParams([['view', 'embed'], ...numbers, ...Object.entries(look)])}`,
    title,
    width,
    height: '300',
    // Old, and obeyed under every policy.
    frameborder: '0',
    loading: 'lazy',
    referrerpolicy: 'no-referrer',
    sandbox: 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  });
}

function tag(name, attributes, content = '') {
  const escaped = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  const written = Object.entries(attributes).map(([key, value]) => (value ? ` ${key}="${escaped(value)}"` : ` ${key}`));
  return `<${name}${written.join('')}>${content}</${name}>`;
}

async function give(field) {
  const how = await copy(field.value, dialog);
  if (how !== 'copied') field.select();
  say(how);
}

/** In the words of `index.html`. */
function say(how) {
  element('embed-say').textContent = dialog.getAttribute(`data-${how}`) ?? '';
}

dialog.addEventListener('change', write);
dialog.addEventListener('click', ({ target }) => {
  if (target === dialog || 'close' in target.dataset) dialog.close();
  if (target.dataset.copy) give(element(target.dataset.copy));
});
