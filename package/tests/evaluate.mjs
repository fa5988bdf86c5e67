// The module in Node against the headless command, text for text.
//
// Usage: `node evaluate.mjs PACKAGE COMMAND [NAME]`: the folder with the module, the compiled example,
// and a part of the names of the tests to run.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, command, filter = ''] = process.argv.slice(2);
const module = path.resolve(folder, 'experimental-nodejs-module', 'margin_calculator');
const { evaluate, evaluateText } = await import(pathToFileURL(`${module}.js`));
const types = readFileSync(`${module}.d.ts`, 'utf8');

const documented = documentedScenario();
const tests = {
  'the documented scenario gives the documented report': () => {
    const { scenario, report } = documented;
    assert.equal(evaluateText(scenario), report);
    assert.deepEqual(evaluate(JSON.parse(scenario)), JSON.parse(report));
  },
  'every line gives what the command gives': () => {
    const lines = [...corpus()];
    const input = lines.join('\n');
    const printed = execFileSync(command, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
    const reports = printed.trimEnd().split('\n');
    assert.equal(reports.length, lines.length);
    lines.forEach((line, index) => assert.equal(evaluateText(line), reports[index], line));
    assert.ok(reports.some((report) => JSON.parse(report).positions?.length > 1));
    assert.ok(reports.some((report) => JSON.parse(report).problems.length > 0));
    console.log(`${lines.length} lines`);
  },
  'an object gives what its text gives': () => {
    for (const line of corpus()) {
      const scenario = parsed(line);
      if (scenario === undefined) continue;
      assert.deepEqual(evaluate(scenario), JSON.parse(evaluateText(JSON.stringify(scenario))), line);
    }
  },
  'what cannot be written as JSON is a problem and no exception': () => {
    const circle = { version: 1 };
    circle.markets = circle;
    const getter = {
      get version() {
        throw new Error('mine');
      },
    };
    for (const value of [circle, getter, { version: 1n }, undefined, () => 1, Symbol('s')]) {
      const { id, problems, positions } = evaluate(value);
      assert.equal(id, null);
      assert.deepEqual(problems.map(({ code }) => code), ['not_json']);
      assert.equal(positions, undefined);
    }
  },
  'values of other kinds are problems with their field': () => {
    for (const value of [null, 1, true, '', 'text', [], {}, new Date(0), new Map()]) {
      assert.ok(evaluate(value).problems.length > 0, String(value));
    }
    const scenario = JSON.parse(documented.scenario);
    scenario.positions[0].quantity = 0.5;
    const [problem] = evaluate(scenario).problems;
    assert.equal(problem.field, 'positions[0].quantity');
    assert.equal(problem.code, 'wrong_type');
  },
  'a problem leaves the module as it was': () => {
    evaluateText('['.repeat(100_000));
    evaluateText('\u0000\ud800'.repeat(1000));
    assert.equal(evaluateText(documented.scenario), documented.report);
  },
  'the types name every key and word of the schemas': () => {
    const root = path.resolve(path.dirname(process.argv[1]), '..', '..');
    for (const name of ['scenario', 'report']) {
      const schema = JSON.parse(readFileSync(path.join(root, 'schema', `${name}.schema.json`), 'utf8'));
      for (const key of keysOf(schema)) assert.match(types, new RegExp(`\\b${key}\\??:`), `${name}: ${key}`);
    }
    for (const code of codesOf()) assert.ok(types.includes(`'${code}'`), code);
    assert.match(types, /export function evaluate\(scenario: Scenario\): Report;/);
    assert.match(types, /export function evaluateText\(line: string\): string;/);

    function codesOf() {
      const report = JSON.parse(readFileSync(path.join(root, 'schema', 'report.schema.json'), 'utf8'));
      return report.$defs.problem.properties.code.enum;
    }
  },
};

let failed = 0;
let passed = 0;
for (const [name, test] of Object.entries(tests).filter(([name]) => name.includes(filter))) {
  try {
    test();
    passed += 1;
    console.log(`test ${name} ... ok`);
  } catch (error) {
    failed += 1;
    console.log(`test ${name} ... FAILED\n${error.stack}`);
  }
}
console.log(`\ntest result: ${failed ? 'FAILED' : 'ok'}. ${passed} passed; ${failed} failed`);
process.exitCode = failed ? 1 : 0;

/** The first scenario of the document, and the report it prints there. */
function documentedScenario() {
  const file = path.resolve(path.dirname(process.argv[1]), '..', '..', 'docs', 'scenario-format.md');
  const text = readFileSync(file, 'utf8');
  return {
    scenario: /^echo '(\{.*\})' \|$/m.exec(text)[1],
    report: /^\{"id":"first".*\}$/m.exec(text)[0],
  };
}

/** Good, bad and strange lines. */
function* corpus() {
  const base = JSON.parse(documented.scenario);
  yield documented.scenario;
  yield 'garbage';
  yield '{"version":1';
  yield '<!doctype html><script>alert(1)</script>';
  yield JSON.stringify({ ...base, id: '\u202e</script>\u0000"\\', extra: 1 });
  const venues = ['binance-usdm', 'binance-coinm', 'bybit-linear', 'okx-swap', 'bitmex-inverse', 'hyperliquid'];
  const markets = ['BTCUSDT', 'BTCUSD', 'BTC-USDT-SWAP', 'XBTUSD', 'BTC', 'ETHUSDT'];
  for (const venue of venues) {
    for (const market of markets) {
      for (const margin_mode of ['isolated', 'cross']) {
        for (const side of ['long', 'short']) {
          yield JSON.stringify({
            version: 1,
            id: `${venue} ${market} ${margin_mode} ${side}`,
            margin_mode,
            wallet_balance: '2500.5',
            markets: { [market]: { venue } },
            positions: ['3', '1.25'].map((quantity, index) => ({
              market,
              side: index === 0 ? side : 'short',
              quantity,
              entry_price: '60123.5',
              mark_price: '59000.1',
              leverage: '7',
            })),
          });
        }
      }
    }
  }
  // Many inverse entries bring as many denominators: the path without a bound.
  const positions = Array.from({ length: 40 }, (_, index) => ({
    market: 'XBTUSD',
    side: index % 3 ? 'long' : 'short',
    quantity: `${1000 + 37 * index}`,
    entry_price: `${50000 + 111 * index}.${index}1`,
    mark_price: '54321.5',
    leverage: `${1 + index}`,
  }));
  yield JSON.stringify({
    version: 1,
    margin_mode: 'cross',
    wallet_balance: '3.25',
    markets: { XBTUSD: { venue: 'bitmex-inverse' } },
    positions,
  });
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Every key that a schema gives a meaning to. */
function keysOf(schema, found = new Set()) {
  if (schema && typeof schema === 'object') {
    for (const [name, value] of Object.entries(schema)) {
      if (name === 'properties') Object.keys(value).forEach((key) => found.add(key));
      keysOf(value, found);
    }
  }
  return found;
}
