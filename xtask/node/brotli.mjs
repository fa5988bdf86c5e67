// Prints, for each file named, its bytes and its bytes after brotli 11, the best a web host sends.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  console.log(`${bytes.length} ${brotliCompressSync(bytes, { params }).length}`);
}
