// Bytes as printable characters, as `undense` in web/bytes_inline.mjs reads them.
const DIGITS = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter(
  (letter) => !'&<>'.includes(letter),
);

/** Thirteen bits at a time, in two characters. */
export function dense(bytes) {
  let text = '';
  let held = 0;
  let bits = 0;
  const put = (value) => {
    text += DIGITS[Math.floor(value / 91)] + DIGITS[value % 91];
  };
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    if (bits >= 13) {
      bits -= 13;
      put((held >> bits) & 0x1fff);
      held &= (1 << bits) - 1;
    }
  }
  if (bits > 0) put((held << (13 - bits)) & 0x1fff);
  return text;
}
