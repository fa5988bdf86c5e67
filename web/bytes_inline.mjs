// Where the bytes of a program come from in the single file: a block of text in the page itself.

/** The program, unpacked. */
export async function bytes({ block }) {
  const text = document.getElementById(block).textContent;
  const packed = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(text)
    : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'Content-Type': 'application/wasm' } });
}
