// Hears what readers ask of the second program, which is fetched when they first do.
export function listen(load, loadEmbedding) {
  const lost = document.getElementById('share-lost');
  const started = async () => {
    const program = await load();
    await program.start();
    return program;
  };
  const ask = (action, detail) =>
    started().then(
      (program) => {
        lost.hidden = true;
        return program.run(action, detail);
      },
      () => {
        lost.hidden = false;
      },
    );
  const on = (name, handler) => document.addEventListener(name, handler);
  on('click', ({ target }) => {
    const button = target.closest('button[data-share]');
    if (button) ask(button.dataset.share);
    if (target.id === 'embed-this') {
      loadEmbedding().then(
        ({ open }) => open(),
        () => {
          lost.hidden = false;
        },
      );
    }
  });
  on('change', ({ target }) => {
    if (target.type === 'file') ask('file', target);
  });
  // Opened, it is likely to be used: a copy has to follow the click at once.
  document.getElementById('share').addEventListener('toggle', () => started().catch(() => {}));
  // An article's calculator is the article's: what lies beside it opens no file over it.
  if (document.documentElement.dataset.view === 'embed') return;
  const carriesFile = ({ dataTransfer }) => dataTransfer?.types.includes('Files');
  on('dragover', (event) => {
    if (carriesFile(event)) event.preventDefault();
  });
  on('drop', (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    ask('drop', event.dataTransfer.files[0]);
  });
  on('paste', (event) => {
    if (event.target.closest('input, textarea')) return;
    const text = event.clipboardData?.getData('text') ?? '';
    if (/^\s*{/.test(text)) ask('text', text);
  });
}
