// Where the bytes of a program come from in the single file: a block of text in the page itself.
import { fromSevens } from './sevens.mjs';
import { unpack } from './unpack.mjs';

/** The program, unpacked. */
export async function bytes({ block }) {
  const packed = fromSevens(document.getElementById(block).textContent);
  return new Response(unpack(packed), { headers: { 'Content-Type': 'application/wasm' } });
}
