// Names and proofs of files, all made from their final bytes.
import { createHash } from 'node:crypto';

/** What tells one content from another in a file's name; hosts may then let it be kept for ever. */
export function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** The value of an `integrity` attribute. */
export function integrity(bytes) {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

/** How a content policy names an inline script or style. */
export function source(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
