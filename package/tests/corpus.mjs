// Lines to hold the package against the headless commands with: good, bad and strange ones.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What the document of the format prints: the lines handed to a command, and what it answers. */
export function documented(root) {
  const text = readFileSync(path.join(root, 'docs', 'scenario-format.md'), 'utf8');
  const asked = [...text.matchAll(/^echo '(\{.*\})' \|$/gm)].map(([, line]) => line);
  const answered = [...text.matchAll(/^\{"id":.*\}$/gm)].map(([line]) => line);
  return {
    scenario: asked[0],
    report: answered.find((line) => line.startsWith('{"id":"first"')),
    question: asked[1],
    solution: answered.find((line) => line.startsWith('{"id":"back"')),
  };
}

/** What a command answers to lines, a line each. */
export function answersOf(command, lines) {
  const options = { input: lines.join('\n'), encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1 << 28 };
  return execFileSync(command, options).trimEnd().split('\n');
}

/** The value of a line, or nothing where it is no JSON. */
export function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Good, bad and strange lines. */
export function* scenarios(documented) {
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


/** A question about each scenario, and some that are none. */
export function* questions(documented) {
  yield documented.question;
  const base = JSON.parse(documented.question);
  yield 'garbage';
  yield documented.scenario;
  yield JSON.stringify({ ...base, id: '\u202e</script>\u0000"\\', extra: 1 });
  yield JSON.stringify({ ...base, wish: { margin_ratio: '0.5' } });
  yield JSON.stringify({ ...base, wish: { liquidation_price: '61000' } });
  const unknowns = [['leverage', '0.1'], ['added_margin', '0.01'], ['quantity', '0.001'], ['entry_price', '0.1']];
  let number = 0;
  for (const line of scenarios(documented)) {
    const scenario = parsed(line);
    if (!scenario || typeof scenario !== 'object') continue;
    const price = scenario.positions[0].side === 'long' ? '52000' : '68000';
    const wishes = [{ liquidation_price: price }, { stop_price: price, stop_buffer: '0.01' }, { largest_loss: '1500' }];
    for (const turn of [0, 1]) {
      const [key, step] = unknowns[(number + turn) % unknowns.length];
      const wish = wishes[(number + turn) % wishes.length];
      const id = `${scenario.id} ${key}`;
      yield JSON.stringify({ version: 1, id, scenario, unknown: `positions[0].${key}`, wish, step });
    }
    number += 1;
  }
}
