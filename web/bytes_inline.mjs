// Where the bytes of a program come from in the single file: a block of text in the page itself.
import { unpack } from './unpack.mjs';

/** The program, unpacked. */
export async function bytes({ block }) {
  const text = document.getElementById(block).textContent;
  const packed = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(text)
    : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(unpack(packed), { headers: { 'Content-Type': 'application/wasm' } });
}
