// Chromium for the benchmarks, kept from work of its own.
import { chromium } from 'playwright-core';

/** Starts the browser at `executablePath`. */
export function launch(executablePath, more = []) {
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync', ...more];
  args.push('--disable-background-networking', '--disable-component-update');
  // Root may not use Chromium's sandbox.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({ executablePath, args });
}
