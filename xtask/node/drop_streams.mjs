// Leaves out what no page here calls: the stream classes of Leptos's server functions.
//
// They are exported, so that no linker may drop them, and keep a whole executor of futures alive.
// Without the exports binaryen drops the rest, and the glue loses the functions it imported for it.
import binaryen from 'binaryen';

const EXPORT = /^(__wbg_)?intounderlying/;

/** The wasm without the stream classes. */
export function dropFromWasm(bytes) {
  const module = binaryen.readBinary(bytes);
  const names = Array.from({ length: module.getNumExports() }, (_, index) =>
    binaryen.getExportInfo(module.getExportByIndex(index)).name,
  );
  for (const name of names.filter((name) => EXPORT.test(name))) module.removeExport(name);
  module.runPasses(['remove-unused-module-elements', 'strip-producers', 'strip-target-features']);
  const left = module.emitBinary();
  module.dispose();
  return left;
}

/** The glue without the stream classes and without imports that the wasm no longer asks for. */
export function dropFromGlue(code, wasm) {
  const asked = new Set(WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map((it) => it.name));
  const kept = code
    .replace(/^export class IntoUnderlying\w+ \{[\s\S]*?^\}\n(if \(Symbol\.dispose\).*\n)?/gm, '')
    .replace(/^const IntoUnderlying\w+Finalization = [\s\S]*?;\n/gm, '')
    .replace(/^ {8}(__wb\w+): function\([\s\S]*?^ {8}\},\n/gm, (entry, name) => (asked.has(name) ? entry : ''));
  // The page loads its program without blocking: nobody imports the other way of starting it.
  const alone = kept.replace(/^export \{ initSync, (__wbg_init as default \};)$/m, 'export { $1');
  if (/IntoUnderlying/.test(alone)) {
    throw new Error('wasm-bindgen writes its glue in another form: see xtask/node/drop_streams.mjs');
  }
  return alone;
}
