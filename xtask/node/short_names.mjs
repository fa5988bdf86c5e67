// Shorter names for what the wasm and its glue call each other.
//
// wasm-bindgen ends most of them with a hash of sixteen digits, so that programs of several versions
// can be linked together. Nothing is linked any more here, and random digits do not compress: they
// were a hundredth of the first load.
const HASHED = /_?_h?[0-9a-f]{16}$/;
const [IMPORTS, EXPORTS] = [2, 7];

/** The wasm and the glue with names that end in no hash. */
export function shortenNames(wasm, glue) {
  const module = new WebAssembly.Module(wasm);
  const names = [...WebAssembly.Module.imports(module), ...WebAssembly.Module.exports(module)];
  const taken = new Set(names.map((it) => it.name));
  const short = new Map();
  for (const { name } of names) {
    if (!HASHED.test(name) || short.has(name)) continue;
    const stem = name.replace(HASHED, '').replace(/^wasm_bindgen__convert__closures_+/, '');
    let candidate = stem;
    for (let number = 2; taken.has(candidate); number += 1) candidate = `${stem}${number}`;
    taken.add(candidate);
    short.set(name, candidate);
  }
  for (const name of short.keys()) {
    if (!glue.includes(name)) throw new Error(`the glue does not know ${name}: see short_names.mjs`);
  }
  const shorter = (name) => short.get(name) ?? name;
  const renamed = glue.replace(/[A-Za-z_$][\w$]*/g, shorter);
  return { wasm: renameInWasm(wasm, shorter), glue: renamed };
}

/** The wasm with other names in its import and export sections; all else byte for byte. */
function renameInWasm(wasm, shorter) {
  const reader = new Reader(wasm);
  const parts = [reader.bytes(8)];
  while (!reader.done()) {
    const [id, size] = [reader.byte(), reader.number()];
    const body = reader.bytes(size);
    const written = id === IMPORTS || id === EXPORTS ? renamedSection(body, id, shorter) : body;
    parts.push(Buffer.from([id]), number(written.length), written);
  }
  return Buffer.concat(parts);
}

function renamedSection(body, id, shorter) {
  const reader = new Reader(body);
  const count = reader.number();
  const parts = [number(count)];
  for (let entry = 0; entry < count; entry += 1) {
    if (id === IMPORTS) parts.push(text(reader.text()));
    parts.push(text(shorter(reader.text())));
    const start = reader.at;
    const kind = reader.byte();
    if (id === IMPORTS && kind !== 0) throw new Error(`an import of kind ${kind}: see short_names.mjs`);
    reader.number();
    parts.push(body.subarray(start, reader.at));
  }
  return Buffer.concat(parts);
}

class Reader {
  constructor(data) {
    this.data = Buffer.from(data);
    this.at = 0;
  }
  done() {
    return this.at >= this.data.length;
  }
  byte() {
    this.at += 1;
    return this.data[this.at - 1];
  }
  bytes(count) {
    this.at += count;
    return this.data.subarray(this.at - count, this.at);
  }
  /** An unsigned number, seven bits a byte, the lowest first. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  text() {
    return this.bytes(this.number()).toString('utf8');
  }
}

function number(value) {
  const bytes = [];
  do {
    bytes.push((value % 128) + (value >= 128 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}

function text(value) {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([number(bytes.length), bytes]);
}
