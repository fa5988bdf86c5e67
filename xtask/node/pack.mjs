// Makes the site of what Trunk has built, as its `post_build` step.
//
// Trunk compiles the page and reads the style sheets. Here everything gets its final form, and then the
// name that its bytes give it: the programs, the style, the scripts that name those, the page that names
// the scripts, the single file, the worker that keeps all of it, and what hosts need to know.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { described, siteAddress } from './about.mjs';
import { crateProgram } from './crate_program.mjs';
import { integrity } from './digest.mjs';
import { headers } from './headers.mjs';
import { besides, compress } from './host_files.mjs';
import { attribute, opened, replaced, tags } from './html.mjs';
import { joinStyles } from './join_styles.mjs';
import { hosted, watched } from './policy.mjs';
import { shrink, startedBy } from './program.mjs';
import { script, shrunk } from './scripts.mjs';
import { inScript, single } from './single.mjs';
import { Site } from './site.mjs';
import { worker } from './worker.mjs';

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) {
  console.error('pack.mjs is started by Trunk (see Trunk.toml); use `cargo xtask build`.');
  process.exit(1);
}
const WEB = path.resolve(import.meta.dirname, '../../web');
const source = (name) => readFileSync(path.join(WEB, name), 'utf8');

/** Debug builds stay readable. */
const small = process.env.TRUNK_PROFILE !== 'debug';
const site = new Site(folder);
const trunk = site.take('index.html').toString('utf8');
/** `cargo xtask serve`: Trunk puts a script of its own into the page, and nothing may be kept. */
const isWatched = trunk.includes('__TRUNK_ADDRESS__');

// The programs, each with the glue that starts it.
const ready = (program) => (small ? shrink(program) : program);
const page = ready({
  wasm: site.take('margin-calculator_bg.wasm'),
  glue: site.take('margin-calculator.js').toString('utf8'),
});
const share = ready(crateProgram('margin-calculator-share', { release: small }));
const story = ready(crateProgram('margin-calculator-story', { release: small }));
const named = ({ wasm }, stem, ending) => ({ name: site.putHashed(stem, ending, wasm), integrity: integrity(wasm) });
const pageWasm = named(page, 'margin-calculator', '_bg.wasm');
const shareWasm = named(share, 'share', '.wasm');
const storyWasm = named(story, 'story', '.wasm');

// The scripts, those that are named before those that name them.
const built = (entry, glues, files = {}) =>
  script(entry, { glues, bytes: 'bytes.mjs', files, constants: { OFFLINE: !isWatched }, small });
const shareName = site.putHashed('share', '.js', await built('share.mjs', { '#share': startedBy(share.glue, shareWasm) }));
const storyName = site.putHashed('story', '.js', await built('story.mjs', { '#story': startedBy(story.glue, storyWasm) }));
const offlineName = isWatched ? undefined : site.putHashed('offline', '.js', await built('offline.mjs', {}));
const frameName = site.putHashed('frame', '.js', await built('frame.mjs', {}, { './story.mjs': storyName }));
const embeddingName = site.putHashed('embedding', '.js', await built('embedding.mjs', {}));
const boot = await built(
  'boot.mjs',
  { '#page': startedBy(page.glue, pageWasm) },
  {
    './share.mjs': shareName,
    './story.mjs': storyName,
    './offline.mjs': offlineName,
    './frame.mjs': frameName,
    './embedding.mjs': embeddingName,
  },
);
const bootName = site.putHashed('margin-calculator', '.js', boot);
const head = small ? await shrunk(source('head.js')) : source('head.js');

// The page: the style in one file, a marker of Trunk.toml replaced by what starts the program.
const [marker] = tags(trunk, 'meta', (tag) => attribute(tag, 'name') === 'program');
const STYLE = '<link rel=stylesheet>';
const { style, html } = joinStyles(trunk, folder, STYLE);
const styleName = site.putHashed('style', '.css', style);
const link = `<link href=${styleName} rel=stylesheet integrity=${integrity(style)} crossorigin>`;
const start = `<script src=${bootName} type=module integrity=${integrity(boot)}></script>`;
let index = replaced(html, STYLE, link);
index = replaced(index, marker, start);
index = described(index, source('about.json'), siteAddress(process.env.SITE_URL));
index = opened(index, (isWatched ? watched() : hosted([inScript(head)])) + `<script>${inScript(head)}</script>`);
site.putKept('index.html', index, './');

// The page again, in one file.
if (!isWatched) {
  // One program instead of three, each of which would hold the calculation.
  const all = ready(crateProgram('margin-calculator-whole', { release: small }));
  const glues = {
    '#page': startedBy(all.glue, {}),
    '#share': "export * from '#page'; export default async () => {};",
    '#story': "export * from '#page'; export default async () => {};",
  };
  const whole = { glues, bytes: 'bytes_inline.mjs', constants: { OFFLINE: false }, small };
  const copy = single({
    html: replaced(html, STYLE, '<link href=style rel=stylesheet>'),
    marker,
    head,
    first: await script('unpacked.mjs', { small }),
    script: await script('boot.mjs', whole),
    style,
    icon: source('icons/icon.svg'),
    program: all.wasm,
  });
  site.put('margin-calculator.html', copy);
}

await besides(site, { web: WEB, style, small });
site.put('sw.js', isWatched ? source('sw_off.js') : await worker(source('sw.js'), site.kept, small));
site.put('_headers', headers(site.names()));
if (!isWatched) compress(site);
