// Bytes as text, seven bits a letter, which takes a seventh more room where base64 takes a third.
//
// A page is UTF-8, in which each of the first 128 letters is one byte. Three of them cannot stand in a
// script's element as they are; such seven bits are written together with the next seven as one letter of
// two bytes.

/** What HTML takes away or reads as markup: NUL, carriage return and `<`. */
const BARRED = [0x00, 0x0d, 0x3c];

/** Bytes as text; what is read back may have a zero more at its end. */
export function inSevens(bytes) {
  const count = Math.ceil((bytes.length * 8) / 7);
  const seven = (index) => {
    const at = Math.floor((index * 7) / 8);
    const two = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    return (two >> (9 - ((index * 7) % 8))) & 127;
  };
  let text = '';
  for (let index = 0; index < count; index += 1) {
    const barred = BARRED.indexOf(seven(index));
    if (barred < 0) text += String.fromCharCode(seven(index));
    else text += String.fromCharCode(128 + barred * 128 + (index + 1 < count ? seven((index += 1)) : 0));
  }
  return text;
}

/** The bytes of a text. */
export function fromSevens(text) {
  const bytes = new Uint8Array(text.length * 2);
  let length = 0;
  let held = 0;
  let bits = 0;
  const take = (seven) => {
    held = (held << 7) | seven;
    bits += 7;
    if (bits < 8) return;
    bits -= 8;
    bytes[length] = held >> bits;
    length += 1;
    held &= (1 << bits) - 1;
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter >= 128) take(BARRED[(letter >> 7) - 1]);
    take(letter & 127);
  }
  return bytes.subarray(0, length);
}
