// What is in the archive, and whether its own README speaks the truth.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

export default ({ root, folder, installed, module }) => {
  const read = (...parts) => readFileSync(path.join(...parts), 'utf8');
  const manifest = JSON.parse(read(folder, 'package.json'));
  const readme = read(installed.here, 'node_modules', 'margin-calculator', 'README.md');
  return {
    'the archive has just the files that are meant': () => {
      assert.deepEqual(installed.packed.files.map((file) => file.path).sort(), [
        'LICENSE-APACHE',
        'LICENSE-MIT',
        'README.md',
        'index.d.ts',
        'init.d.ts',
        'margin_calculator.js',
        'margin_calculator_bg.wasm',
        'node.js',
        'package.json',
        'schema/question.schema.json',
        'schema/report.schema.json',
        'schema/scenario.schema.json',
        'schema/solution.schema.json',
        'web.js',
      ]);
      assert.ok(installed.packed.size < 400_000, `${installed.packed.size} bytes packed`);
    },
    'the manifest is that of a package without strings attached': () => {
      const cargo = read(root, 'Cargo.toml');
      assert.equal(manifest.version, /^version = "(.*)"$/m.exec(cargo)[1]);
      assert.equal(manifest.license, /^license = "(.*)"$/m.exec(cargo)[1]);
      assert.equal(manifest.type, 'module');
      for (const key of ['scripts', 'dependencies', 'peerDependencies', 'bin', 'gypfile', 'private']) {
        assert.equal(manifest[key], undefined, key);
      }
      const targets = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(targets));
      for (const target of targets(manifest.exports).filter((target) => !target.includes('*'))) {
        assert.ok(existsSync(path.join(folder, target)), target);
      }
      // Conditions are tried in their order: types first, and what fits every host last.
      assert.deepEqual(Object.keys(manifest.exports['.']), ['types', 'node', 'default']);
      // Both entries start the program when they are loaded.
      assert.deepEqual(manifest.sideEffects, ['./node.js', './web.js']);
    },
    'it offers just the functions that are typed': async () => {
      assert.deepEqual(Object.keys(module).sort(), ['evaluate', 'evaluateText', 'solve', 'solveText']);
      const manual = await installed.load('/init');
      assert.deepEqual(Object.keys(manual).sort(), ['evaluate', 'evaluateText', 'initSync', 'solve', 'solveText']);
    },
    'the snippet of the README prints what stands there': () => {
      const [, snippet, printed] = /```js\n(.*?)```\n\nprints\n\n```text\n(.*?)```/s.exec(readme);
      assert.equal(installed.run('snippet.js', snippet), printed);
    },
    'a program can be handed in by hand': () => {
      const program = `
        import { readFileSync } from 'node:fs';
        import init, { evaluateText } from 'margin-calculator/init';
        const file = new URL(import.meta.resolve('margin-calculator/margin_calculator_bg.wasm'));
        const module = await WebAssembly.compile(readFileSync(file));
        await Promise.all([init({ module_or_path: module }), init({ module_or_path: module })]);
        console.log(JSON.parse(evaluateText('')).problems[0].code);`;
      assert.equal(installed.run('by-hand.js', program), 'not_json\n');
    },
    'a bundler keeps what starts it': async () => {
      const entry = installed.write('app.js', "export { evaluateText } from 'margin-calculator';\n");
      const outfile = path.join(installed.here, 'bundled', 'app.mjs');
      await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'browser', logLevel: 'silent' });
      const name = 'margin_calculator_bg.wasm';
      copyFileSync(path.join(folder, name), path.join(installed.here, 'bundled', name));
      // Node fetches no files; a page fetches what lies beside its script.
      const program = `
        import { readFileSync } from 'node:fs';
        const headers = { 'content-type': 'application/wasm' };
        globalThis.fetch = async (address) => new Response(readFileSync(new URL(address)), { headers });
        const { evaluateText } = await import('./bundled/app.mjs');
        console.log(JSON.parse(evaluateText('')).problems[0].code);`;
      assert.equal(installed.run('bundled.js', program), 'not_json\n');
    },
    'the schemas are those of the project': () => {
      for (const name of ['scenario', 'report', 'question', 'solution']) {
        const program = `
          import schema from 'margin-calculator/schema/${name}.schema.json' with { type: 'json' };
          console.log(schema.$id);`;
        const own = JSON.parse(read(root, 'schema', `${name}.schema.json`));
        assert.equal(installed.run(`schema-${name}.js`, program), `${own.$id}\n`);
      }
    },
  };
};
