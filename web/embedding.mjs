// The dialog that writes what an author puts into an article. Fetched when it is first opened.

const element = (id) => document.getElementById(id);
const dialog = element('embed-dialog');

/** Where this page is, without what is in its address. */
const home = new URL('.', location.origin + location.pathname);

/** Opens it for the numbers on the page. */
export function open() {
  write();
  say();
  dialog.showModal();
}

function write() {
  const query = new URLSearchParams(element('share').dataset.query);
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

async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    say('copied');
  } catch {
    // Absent where the page is not served securely.
    field.select();
    say(document.execCommand('copy') ? 'copied' : 'refused');
  }
}

/** In the words of `index.html`. */
function say(how) {
  element('embed-say').textContent = dialog.dataset[how] ?? '';
}

dialog.addEventListener('change', write);
dialog.addEventListener('click', ({ target }) => {
  if (target === dialog || 'close' in target.dataset) dialog.close();
  if (target.dataset.copy) copy(element(target.dataset.copy));
});
