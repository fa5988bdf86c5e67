// The folder that becomes the site, file by file.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { digest } from './digest.mjs';

/** The finished files of a folder. */
export class Site {
  constructor(folder) {
    this.folder = folder;
    /** The files that the page needs to run, which a reader may keep. */
    this.kept = new Map();
  }

  /** Takes a file of Trunk's out of the folder. */
  take(name) {
    const file = path.join(this.folder, name);
    const bytes = this.read(name);
    rmSync(file);
    return bytes;
  }

  /** Puts a file there whose name says what is in it; its name. */
  putHashed(stem, ending, content) {
    const bytes = Buffer.from(content);
    const name = `${stem}-${digest(bytes)}${ending}`;
    this.put(name, bytes);
    this.kept.set(name, bytes);
    return name;
  }

  /** Puts a file there under the name that others know it by. */
  put(name, content) {
    writeFileSync(path.join(this.folder, name), content);
  }

  /** The same, for a file that the page needs; `address` is how it is asked for. */
  putKept(name, content, address = name) {
    this.put(name, content);
    this.kept.set(address, Buffer.from(content));
  }

  read(name) {
    return readFileSync(path.join(this.folder, name));
  }

  names() {
    return readdirSync(this.folder).sort();
  }
}
