// A program of wasm-bindgen, made ready for the reader: what the page never calls is left out, names
// are short, and the glue starts it the way the page is hosted.
import { dropFromGlue, dropFromWasm } from './drop_streams.mjs';
import { shortenNames } from './short_names.mjs';

const START = /\nasync function __wbg_load\([\s\S]*$/;

/** Wasm and glue without what no page calls. */
export function shrink({ wasm, glue }) {
  const needed = dropFromWasm(wasm);
  return shortenNames(needed, dropFromGlue(glue, needed));
}

/**
 * The glue as a module whose default export starts the program.
 *
 * wasm-bindgen's own start takes addresses, requests, bytes and modules, today's and last year's way.
 * Here one module, `#bytes`, knows where bytes come from, and `program` says which.
 */
export function startedBy(glue, program) {
  if (!START.test(glue)) {
    throw new Error('wasm-bindgen writes its glue in another form: see xtask/node/program.mjs');
  }
  return `import { bytes } from '#bytes';
${glue.replace(START, '')}
export default async function init() {
    const imports = __wbg_get_imports();
    const load = () => bytes(${JSON.stringify(program)});
    // A host that does not call the file WebAssembly is no reason to fail.
    const again = async () => WebAssembly.instantiate(await (await load()).arrayBuffer(), imports);
    const { instance, module } = await WebAssembly.instantiateStreaming(load(), imports).catch(again);
    return __wbg_finalize_init(instance, module);
}
`;
}
