// What must be known before the first paint: whether the page is an embed, and light or dark.
((root, query) => {
  let theme = query.get('theme');
  try {
    theme ??= localStorage.getItem('margin-calculator-theme');
  } catch {
    // A host may forbid storage.
  }
  if (query.get('view') === 'embed') root.view = 'embed';
  if (theme === 'dark' || theme === 'light') root.theme = theme;
})(document.documentElement.dataset, new URLSearchParams(location.search));
