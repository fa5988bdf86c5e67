// What the single file runs first: it unpacks the program and, behind it, the script that starts it. Both
// together take a third of their room, and the policy names the script by its hash as it names this one.
import { fromSevens } from './sevens.mjs';
import { unpack } from './unpack.mjs';

try {
  const block = document.getElementById('program');
  const all = unpack(fromSevens(block.textContent));
  const { length } = block.dataset;
  block.program = all.subarray(0, length);
  const script = document.createElement('script');
  script.type = 'module';
  script.textContent = new TextDecoder().decode(all.subarray(length));
  document.body.append(script);
} catch (error) {
  // The static page stays as it is, in full.
  delete document.documentElement.dataset.view;
  throw error;
}
