// Packs the package and installs it into an empty folder, without a network.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--offline', '--loglevel=error'];

/** An empty folder with nothing but the package in it. */
export function inAnEmptyFolder(folder) {
  const here = mkdtempSync(path.join(tmpdir(), 'margin-calculator-'));
  const npm = (args, cwd) =>
    execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, ...QUIET], {
      cwd,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', here], folder));
  const write = (name, text) => {
    writeFileSync(path.join(here, name), text);
    return path.join(here, name);
  };
  write('package.json', '{"name":"somebody","private":true,"type":"module"}');
  npm(['install', `./${packed.filename}`], here);
  let count = 0;
  return {
    here,
    write,
    /** What npm says of the archive. */
    packed,
    /** Runs a program that imports the package; what it prints. */
    run: (name, text) => execFileSync(process.execPath, [write(name, text)], { cwd: here, encoding: 'utf8' }),
    /** The package imported by its name, or one of its parts. */
    load: (part = '') => {
      count += 1;
      const file = write(`load-${count}.js`, `export * from 'margin-calculator${part}';\n`);
      return import(pathToFileURL(file));
    },
    remove: () => rmSync(here, { recursive: true, force: true }),
  };
}
