// Gives text and files to the reader: by the clipboard or as a download.

/** Copies text; the word for how it went. In an open dialog nothing outside it can be selected. */
export async function copy(text, place = document.body) {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    // Absent where the page is not served securely, and refused in some frames.
    return copyBySelection(text, place) ? 'copied' : 'not-copied';
  }
}

function copyBySelection(text, place) {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'vh';
  place.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  focused?.focus?.();
  return copied;
}

/** Saves text or bytes as a file; the word for how it went. */
export function save(content, type, name) {
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads it after the click has ended.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return 'saved';
}
