// Unpacks what the build has packed by LZMA, a fifth better than what browsers can unpack themselves.
//
// The format is that of `.lzma` files: 13 bytes that describe it, then one long number of which each bit
// is read by how likely it was. Source of both: Igor Pavlov, "LZMA specification", 2015-06-14, public
// domain. The names of the groups of probabilities are his.

const HEAD = 13;
const STATES = 12;
const POSITIONS = 16;
/** One kind of length: two choices, then 8 lengths by position, 8 more, and 256 more. */
const LENGTH = 2 + 2 * 8 * POSITIONS + 256;
/** Half, of 2048. */
const EVEN = 1024;

/** The bytes that were packed; what was cut off or altered gives other bytes or a failure. */
export function unpack(packed) {
  const lc = packed[0] % 9;
  const lp = Math.floor(packed[0] / 9) % 5;
  const pb = Math.floor(packed[0] / 45);
  const view = new DataView(packed.buffer, packed.byteOffset);
  const size = view.getUint32(5, true);
  if (view.getUint32(9, true) !== 0) throw new Error('the size is not stated');
  const out = new Uint8Array(size);

  // The groups of probabilities, one behind the other.
  let total = 0;
  const group = (count) => (total += count) - count;
  const isMatch = group(STATES * POSITIONS);
  const isRep = group(STATES);
  const isRepG0 = group(STATES);
  const isRepG1 = group(STATES);
  const isRepG2 = group(STATES);
  const isRep0Long = group(STATES * POSITIONS);
  const posSlot = group(4 * 64);
  const posSpecial = group(128);
  const align = group(16);
  const matchLength = group(LENGTH);
  const repLength = group(LENGTH);
  const literal = group(0x300 << (lc + lp));
  const chance = new Uint16Array(total).fill(EVEN);

  let at = HEAD + 1;
  let range = 2 ** 32 - 1;
  let code = view.getUint32(at);
  at += 4;

  const refill = () => {
    if (range >= 2 ** 24) return;
    range *= 256;
    code = code * 256 + packed[at];
    at += 1;
  };
  const bit = (index) => {
    const bound = (range >>> 11) * chance[index];
    let read = 0;
    if (code < bound) {
      range = bound;
      chance[index] += (2048 - chance[index]) >> 5;
    } else {
      range -= bound;
      code -= bound;
      chance[index] -= chance[index] >> 5;
      read = 1;
    }
    refill();
    return read;
  };
  /** So many bits, the highest first, each by those before it. */
  const tree = (index, bits) => {
    let node = 1;
    for (let left = bits; left > 0; left -= 1) node = node * 2 + bit(index + node);
    return node - (1 << bits);
  };
  /** The lowest first. */
  const reversed = (index, bits) => {
    let [node, value] = [1, 0];
    for (let place = 0; place < bits; place += 1) {
      const read = bit(index + node);
      node = node * 2 + read;
      value |= read << place;
    }
    return value;
  };
  /** Bits of which each was as likely as not. */
  const even = (bits) => {
    let value = 0;
    for (let left = bits; left > 0; left -= 1) {
      range >>>= 1;
      const read = code >= range ? 1 : 0;
      if (read) code -= range;
      value = value * 2 + read;
      refill();
    }
    return value;
  };
  const length = (index, position) => {
    if (!bit(index)) return tree(index + 2 + position * 8, 3);
    if (!bit(index + 1)) return 8 + tree(index + 2 + (POSITIONS + position) * 8, 3);
    return 16 + tree(index + 2 + 2 * POSITIONS * 8, 8);
  };
  const distance = (size) => {
    const slot = tree(posSlot + Math.min(size, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 + (slot & 1)) * 2 ** bits;
    if (slot < 14) return start + reversed(posSpecial + start - slot, bits);
    return start + even(bits - 4) * 16 + reversed(align, 4);
  };

  let [rep0, rep1, rep2, rep3, state] = [0, 0, 0, 0, 0];
  for (let end = 0; end < size; ) {
    const position = end & ((1 << pb) - 1);
    if (!bit(isMatch + state * POSITIONS + position)) {
      const before = end > 0 ? out[end - 1] : 0;
      const place = ((end & ((1 << lp) - 1)) << lc) + (before >> (8 - lc));
      const index = literal + 0x300 * place;
      let symbol = 1;
      if (state >= 7) {
        for (let match = out[end - rep0 - 1]; symbol < 0x100; ) {
          const matched = (match >> 7) & 1;
          match <<= 1;
          const read = bit(index + ((1 + matched) << 8) + symbol);
          symbol = symbol * 2 + read;
          if (matched !== read) break;
        }
      }
      while (symbol < 0x100) symbol = symbol * 2 + bit(index + symbol);
      out[end] = symbol;
      end += 1;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let many;
    if (bit(isRep + state)) {
      if (!bit(isRepG0 + state)) {
        if (!bit(isRep0Long + state * POSITIONS + position)) {
          out[end] = out[end - rep0 - 1];
          end += 1;
          state = state < 7 ? 9 : 11;
          continue;
        }
      } else if (!bit(isRepG1 + state)) [rep0, rep1] = [rep1, rep0];
      else if (!bit(isRepG2 + state)) [rep0, rep1, rep2] = [rep2, rep0, rep1];
      else [rep0, rep1, rep2, rep3] = [rep3, rep0, rep1, rep2];
      many = length(repLength, position);
      state = state < 7 ? 8 : 11;
    } else {
      [rep1, rep2, rep3] = [rep0, rep1, rep2];
      many = length(matchLength, position);
      state = state < 7 ? 7 : 10;
      rep0 = distance(many);
    }
    if (rep0 >= end) throw new Error('not what was packed');
    for (const stop = Math.min(end + many + 2, size); end < stop; end += 1) out[end] = out[end - rep0 - 1];
  }
  return out;
}
