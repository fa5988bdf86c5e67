// Where the bytes of a program come from in the single file: a block of text in the page itself.

/** The program, unpacked. */
export async function bytes({ block }) {
  const { textContent, dataset } = document.getElementById(block);
  const stream = new Blob([undense(textContent, dataset.size)]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream('gzip')), {
    headers: { 'Content-Type': 'application/wasm' },
  });
}

/**
 * Thirteen bits in two of 91 printable characters, which is an eighth less than base64.
 *
 * The characters are those from ! to ~ without & < >, which mean something in a page.
 */
export function undense(text, size) {
  const bytes = new Uint8Array(size);
  const value = (at) => {
    const code = text.charCodeAt(at);
    return code - 33 - (code > 38) - (code > 60) - (code > 62);
  };
  let held = 0;
  let bits = 0;
  let end = 0;
  for (let at = 0; at < text.length; at += 2) {
    held = (held << 13) | (value(at) * 91 + value(at + 1));
    // What is written past the end is filling, and an array of bytes drops it.
    for (bits += 13; bits >= 8; end += 1) bytes[end] = held >> (bits -= 8);
  }
  return bytes;
}
