// Finds and replaces tags in the page as Trunk writes it: minified for the reader, or as in the source.

/** Every tag of that name for which `test` holds. */
export function tags(html, name, test = () => true) {
  const pattern = new RegExp(`<${name}\\b(?:[^>"]|"[^"]*")*>`, 'g');
  return [...html.matchAll(pattern)].map(([tag]) => tag).filter(test);
}

/** An attribute of a tag, quoted or not. */
export function attribute(tag, name) {
  const [, quoted, bare] = tag.match(new RegExp(`\\s${name}=(?:"([^"]*)"|([^\\s">]+))`)) ?? [];
  return quoted ?? bare;
}

/** The page with one tag replaced; it must be there, and only once. */
export function replaced(html, tag, by) {
  if (html.split(tag).length !== 2) throw new Error(`the page does not have this once: ${tag}`);
  return html.replace(tag, () => by);
}

/** The page without some tags. */
export function without(html, unwanted) {
  return unwanted.reduce((rest, tag) => replaced(rest, tag, ''), html);
}

/** The page with something right after its `charset`, before all that loads or runs. */
export function opened(html, what) {
  const [charset] = tags(html, 'meta', (tag) => attribute(tag, 'charset'));
  return replaced(html, charset, charset + what);
}
