// Chromium for the benchmarks, kept from work of its own.
import { chromium } from 'playwright-core';

/** Starts the browser at `executablePath`. */
export function launch(executablePath, more) {
  return chromium.launch(options(executablePath, more));
}

/** The same as a process of its own: what it weighs can be told from what others do. */
export async function launchApart(executablePath, more) {
  const server = await chromium.launchServer(options(executablePath, more));
  const browser = await chromium.connect(server.wsEndpoint());
  return { browser, pid: server.process().pid, close: () => server.close() };
}

function options(executablePath, more = []) {
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync', ...more];
  args.push('--disable-background-networking', '--disable-component-update');
  // Root may not use Chromium's sandbox.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return { executablePath, args };
}
