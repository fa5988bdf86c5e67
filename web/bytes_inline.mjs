// Where the bytes of the program come from in the single file: `unpacked.mjs` has put them there.

/** The program. */
export async function bytes() {
  const { program } = document.getElementById('program');
  return new Response(program, { headers: { 'Content-Type': 'application/wasm' } });
}
