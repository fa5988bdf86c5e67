// Opens the chapters of the third program, which is fetched when the first of them is opened.
//
// `#mark` in the address opens the chapter of that name, `#claim-d2` a claim's card in its chapter.
export function tell(load) {
  const story = document.getElementById('story');
  const show = async (chapter) => {
    const [lost] = chapter.getElementsByClassName('lost');
    try {
      const program = await load();
      await program.open(chapter);
      lost?.remove();
    } catch {
      if (lost) lost.hidden = false;
    }
  };
  // It does not bubble.
  story.addEventListener('toggle', ({ target }) => target.open && show(target), true);
  story.addEventListener('click', ({ target }) => 'again' in target.dataset && show(target.closest('details')));
  const follow = () => {
    const name = location.hash.slice(1).replace(/^claim-.*/, 'claims');
    const chapter = document.getElementById(`story-${name}`);
    if (!chapter) return;
    // Once it is open, what its program wrote is there to be scrolled to.
    if (chapter.open) show(chapter);
    chapter.open = true;
    chapter.scrollIntoView();
    // A browser gives the focus to what has that very id, such as the mark price's field.
    chapter.firstElementChild.focus({ preventScroll: true });
  };
  addEventListener('hashchange', follow);
  follow();
  // What an address has set in a chapter is seen at once.
  const set = new URLSearchParams(location.search).get('story') ?? '';
  for (const [, name] of set.matchAll(/(?:^|~)(\w+)-/g)) {
    const chapter = document.getElementById(`story-${name}`);
    if (chapter) chapter.open = true;
  }
}
