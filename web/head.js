// What must be known before the first paint: whether the page is an embed, and light or dark.
// An embed has the look its host asks for, and never the one a reader chose elsewhere.
((root, query) => {
  let theme = query.get('theme');
  if (query.get('view') === 'embed') root.view = 'embed';
  else {
    try {
      theme ??= localStorage.getItem('margin-calculator-theme');
    } catch {
      // A host may forbid storage.
    }
  }
  if (theme === 'dark' || theme === 'light') root.theme = theme;
})(document.documentElement.dataset, new URLSearchParams(location.search));
