// The page's scripts: bundled from `web/` with the glue of each program, and minified for the reader.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const WEB = path.resolve(import.meta.dirname, '../../web');

/**
 * One script as text.
 *
 * `glues` maps `#page`, `#share` and `#story` to what starts those programs, `bytes` names the file in `web/`
 * that knows where they are, `files` maps modules that stay files of their own to their built names.
 */
export async function script(entry, { glues = {}, bytes, files = {}, constants = {}, small, format = 'esm' }) {
  const { outputFiles } = await build({
    entryPoints: [path.join(WEB, entry)],
    bundle: true,
    write: false,
    format,
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    // Not esbuild's own minifying: after it terser finds less. Its syntax step drops `if (false)`.
    minifySyntax: small,
    define: Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)])),
    plugins: [places({ glues, bytes, files, small })],
  });
  const text = outputFiles[0].text;
  return small ? shrunk(text, { module: format === 'esm' }) : text;
}

/** A script that is no module, without a bundle. */
export async function shrunk(text, { module = false } = {}) {
  const { code } = await minify(text, {
    module,
    compress: { passes: 3, unsafe_arrows: true, ecma: 2022 },
    format: { ecma: 2022 },
  });
  return code.replace(/;$/, '');
}

/** Tells esbuild where modules are that are made by the build. */
function places({ glues, bytes, files, small }) {
  return {
    name: 'places',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^#/ }, ({ path: name }) => {
        if (name === '#bytes') return { path: path.join(WEB, bytes) };
        return name in glues ? { path: name, namespace: 'glue' } : { errors: [{ text: `no ${name} here` }] };
      });
      esbuild.onLoad({ filter: /./, namespace: 'glue' }, ({ path: name }) => ({
        contents: glues[name],
        loader: 'js',
        resolveDir: WEB,
      }));
      // A style sheet that a script puts into force itself is text to it.
      esbuild.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
        const { code } = await transform(readFileSync(file, 'utf8'), { loader: 'css', minify: small });
        return { contents: code.trim(), loader: 'text' };
      });
      esbuild.onResolve({ filter: /\.mjs$/ }, ({ path: name, kind }) =>
        kind === 'dynamic-import' && name in files ? { path: `./${files[name]}`, external: true } : undefined,
      );
    },
  };
}
