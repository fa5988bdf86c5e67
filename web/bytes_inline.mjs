// Where the bytes of a program come from in the single file: a block of text in the page itself, which
// holds the style sheets of the scripts too, where they take a quarter of the room.
import { fromSevens } from './sevens.mjs';
import { unpack } from './unpack.mjs';

let looks;

/** A style sheet by its name, as text; readable once the program is there. */
export const look = (name) => ({ toString: () => looks[name] });

/** The program, unpacked. */
export async function bytes({ block }) {
  const { textContent, dataset } = document.getElementById(block);
  const all = unpack(fromSevens(textContent));
  const program = all.subarray(0, dataset.length);
  looks = JSON.parse(new TextDecoder().decode(all.subarray(program.length)));
  return new Response(program, { headers: { 'Content-Type': 'application/wasm' } });
}
