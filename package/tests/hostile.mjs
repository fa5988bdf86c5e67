// Values that mean harm: each gives an answer with a problem, and the package goes on as before.
import assert from 'node:assert/strict';
import { documented } from './corpus.mjs';

export default ({ root, module: { evaluate, evaluateText, solve, solveText } }) => {
  const example = documented(root);
  const ofValues = [evaluate, solve];
  const ofText = [evaluateText, solveText];
  const codes = ({ problems }) => problems.map(({ code }) => code);
  /** The same scenario and question still give the same. */
  const isWhole = () => {
    assert.equal(evaluateText(example.scenario), example.report);
    assert.equal(solveText(example.question), example.solution);
  };
  const scenario = () => JSON.parse(example.scenario);
  const fields = (report) => report.problems.map(({ field, code }) => `${field}: ${code}`);
  return {
    'what cannot be written as JSON is a problem and no exception': () => {
      const circle = { version: 1 };
      circle.markets = circle;
      const thrower = () => {
        throw new Error('mine');
      };
      const getter = Object.defineProperty({}, 'version', { get: thrower, enumerable: true });
      const proxy = new Proxy({}, { ownKeys: thrower, get: thrower });
      const revoked = Proxy.revocable({}, {});
      revoked.revoke();
      const values = [
        circle, getter, proxy, revoked.proxy, { toJSON: thrower }, { version: 1n }, 1n, undefined, () => 1, Symbol('s'),
      ];
      for (const call of ofValues) {
        for (const value of values) {
          const answer = call(value);
          assert.equal(answer.id, null);
          assert.deepEqual(codes(answer), ['not_json']);
          assert.deepEqual(Object.keys(answer), ['id', 'problems']);
        }
        assert.deepEqual(codes(call()), ['not_json']);
      }
      isWhole();
    },
    'values of other kinds are problems with their field': () => {
      for (const call of ofValues) {
        for (const value of [null, 1, NaN, true, '', 'text', [], {}, new Date(0), new Map(), new String(example.scenario)]) {
          assert.ok(call(value).problems.length > 0, String(value));
        }
      }
      for (const [value, code] of [[0.5, 'wrong_type'], [NaN, 'missing'], [Infinity, 'missing'], [{}, 'wrong_type']]) {
        const broken = scenario();
        broken.positions[0].quantity = value;
        assert.deepEqual(fields(evaluate(broken)), [`positions[0].quantity: ${code}`], String(value));
      }
    },
    'prototype keys are keys like any other': () => {
      for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
        // Written out, it is an own key; in a literal or behind `in` it would be the prototype.
        const text = example.scenario.replace('{', `{"${key}":{"polluted":true},`);
        assert.deepEqual(fields(JSON.parse(evaluateText(text))), [`${key}: unknown_key`]);
        assert.deepEqual(fields(evaluate(JSON.parse(text))), [`${key}: unknown_key`]);
        const named = example.scenario.replaceAll('MY-PERP', key);
        const { problems, positions } = evaluate(JSON.parse(named));
        assert.deepEqual(problems, []);
        assert.equal(positions[0].market, key);
        const question = example.question.replace('{', `{"${key}":"1",`);
        assert.deepEqual(fields(solve(JSON.parse(question))), [`${key}: unknown_key`]);
        const wish = example.question.replace('"liquidation_price"', `"${key}"`);
        assert.deepEqual(fields(solve(JSON.parse(wish))), [`wish.${key}: unknown_key`, 'wish: missing']);
        const unknown = JSON.parse(example.question.replace('positions[0].leverage', key));
        assert.deepEqual(fields(solve(unknown)), ['unknown: unknown_word']);
      }
      // What is only inherited is not read.
      const heir = Object.create(scenario());
      assert.ok(codes(evaluate(heir)).includes('missing'));
      assert.equal({}.polluted, undefined);
      isWhole();
    },
    'whatever text it is given, the answer is one': () => {
      const long = 'x'.repeat(50_000_000);
      const rows = [
        ['['.repeat(100_000), 'not_json'],
        ['{"a":'.repeat(100_000), 'not_json'],
        ['<!doctype html><script>alert(1)</script>', 'not_json'],
        ['\ufffd', 'not_json'],
        ['\u0000', 'not_json'],
        ['{"id":"\ud800"}', 'not_text'],
        ['\udc00'.repeat(1000), 'not_text'],
        [long, 'too_long'],
        ['\ud83d\ude00'.repeat(4_000_000), 'too_long'],
        ...[undefined, null, 7, 7n, Symbol('s'), {}, [], () => 1, new String('{}')].map((value) => [value, 'not_text']),
      ];
      for (const call of ofText) {
        for (const [text, code] of rows) {
          const answer = call(text);
          assert.deepEqual(codes(JSON.parse(answer)), [code], String(text).slice(0, 40));
          assert.ok(!answer.includes('\n') && answer.length < 1000);
        }
      }
      isWhole();
    },
    'large and deep objects are refused, and half characters named': () => {
      const long = 'x'.repeat(50_000_000);
      for (const call of ofValues) {
        assert.deepEqual(codes(call({ id: long })), ['too_long']);
        // Written out it is a broken string of something that has more amiss.
        assert.ok(codes(call({ id: '\ud800' })).includes('not_text'));
        const code = codes(call(nested(100_000)));
        assert.ok(code.length === 1 && ['not_json', 'too_long'].includes(code[0]), `${code}`);
      }
      const id = '\ufffd \ud83d\ude00 \u2028';
      assert.equal(evaluate({ ...scenario(), id }).id, id);
      isWhole();
    },
    'sums of many answers do not wear it out': () => {
      for (let count = 0; count < 3000; count += 1) solveText(count % 2 ? example.question : '{"version":1,');
      isWhole();
    },
  };
};

/** An object that lies so deep in others. */
function nested(depth) {
  let value = {};
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}
