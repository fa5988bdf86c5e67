// What a reader takes along: files, figures, pictures. Fetched with its program when first asked for.
//
// The program (`share/`) knows scenarios and words; this script knows the clipboard, downloads and
// canvases. The page hands over a link's query in `data-query` and takes one in `data-open`.
import init, { figures, open_file, scenario_file, sentence, words } from '#share';
import { copy, save } from './hand-over.mjs';
import { asPng, asSvg } from './picture.mjs';

/** A scenario has at most 4 MiB; a larger file is not even read. */
const MOST_BYTES = 4 * 1024 * 1024;

let started;

const chapter = document.getElementById('share');
const line = document.getElementById('share-say');

/** Starts the program; after a failure, as without a network, the next wish tries again. */
export async function start() {
  await (started ??= init().catch((error) => {
    started = undefined;
    throw error;
  }));
}

/** Does what was asked and says how it went. */
export async function run(action, detail) {
  say('');
  try {
    await (actions[action] ?? (() => {}))(detail);
  } catch {
    say(words('failed'), true);
  }
}

const actions = {
  sentence: () => handOver(sentence, (text) => copy(text)),
  'copy-figures': () => handOver(figures, (text) => copy(text)),
  figures: () => handOver(figures, (text) => save(text, 'text/csv', 'margin.csv')),
  scenario: () => handOver(scenario_file, (text) => save(text, 'application/json', 'scenario.json')),
  svg: () => handOver(sentence, (title) => save(asSvg(title), 'image/svg+xml', 'margin.svg')),
  png: () => handOver(sentence, async (title) => save(await asPng(title), 'image/png', 'margin.png')),
  file: (input) => {
    const [file] = input.files;
    // The same file may be chosen again after it was changed.
    return read(file).finally(() => {
      input.value = '';
    });
  },
  drop: (file) => read(file),
  text: (text) => open(text ?? document.getElementById('scenario-text').value),
};

/** Makes something of the numbers on the page, which cannot be while a field cannot be read. */
async function handOver(make, give) {
  const made = make(chapter.dataset.query ?? '');
  if (!chapter.dataset.query || made === undefined) {
    say(words('unreadable'), true);
    return;
  }
  say(words(await give(made)));
}

async function read(file) {
  if (!file) return;
  if (file.size > MOST_BYTES) refuse([words('large')]);
  else open(await file.text());
}

function open(text) {
  const style = document.getElementById('numbers').value;
  const opened = open_file(text, style);
  if (opened.query === undefined) {
    refuse(opened.sentences);
    return;
  }
  chapter.dataset.open = opened.query;
  chapter.dispatchEvent(new Event('margin-open'));
  say(words('opened'));
}

/** Says why a file is not opened, where it can be seen: a file may be dropped anywhere. */
function refuse(sentences) {
  const shown = sentences.slice(0, 5);
  const more = sentences.length - shown.length;
  if (more > 0) shown.push(words('more').replace('{n}', more));
  say([words('not-opened'), ...shown].join('\n'), true);
  chapter.open = true;
  line.scrollIntoView({ block: 'center' });
}

function say(text, isProblem = false) {
  // A file may be dropped while the chapter is closed.
  if (text && !chapter.open) chapter.open = true;
  line.textContent = text;
  line.classList.toggle('problem', isProblem);
}
