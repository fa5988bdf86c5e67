// What somebody who uses the types may write, and what the compiler must refuse.
import { evaluate, evaluateText, solve, solveText } from 'margin-calculator';
import type { Decimal, Found, Market, Position, Question, Report, Scenario, Solution, Tier } from 'margin-calculator';
import init, { initSync, evaluate as same } from 'margin-calculator/init';

const tier: Tier = { floor: '0', cap: null, maintenance_margin_rate: '0.004', max_leverage: '125' };
const market: Market = { contract: 'linear', tick_size: '0.1', tiers: [tier] };
const position: Position = { market: 'M', side: 'long', quantity: '1', entry_price: '100', leverage: '10' };
const scenario: Scenario = { version: 1, margin_mode: 'isolated', markets: { M: market }, positions: [position] };

const report: Report = evaluate(scenario);
const text: string = evaluateText(JSON.stringify(scenario));
const again: string = solveText(text);
same(scenario);

// There is an answer, or there is none: one look settles it.
if (report.positions) {
  const balance: Decimal | null = report.account.margin_balance;
  const [first] = report.positions;
  if (first?.liquidation.state === 'at_price') {
    const price: Decimal | undefined = first.liquidation.below?.price;
    // @ts-expect-error: there may be no price on that side
    first.liquidation.below.price;
    void price;
  } else if (first) {
    const reason: string = first.liquidation.reason;
    void reason;
  }
  void balance;
} else {
  const none: undefined = report.account;
  void none;
}
// @ts-expect-error: there may be no positions
report.positions[0];
// @ts-expect-error: figures are text, and text is not added to numbers
const sum: number = report.positions![0]!.notional * 1 + report.positions![0]!.tier;

const question: Question = {
  version: 1,
  scenario,
  unknown: 'positions[0].leverage',
  wish: { liquidation_price: '90' },
  step: '0.1',
};
const solution: Solution = solve(question);
switch (solution.state) {
  case 'found': {
    const found: Found = solution;
    const price: string = solution.report.positions[0]!.market;
    const way: 'none' | 'down' | 'up' = found.rounding;
    void [price, way];
    break;
  }
  case 'unreachable': {
    const code: string = solution.reason.code;
    const nearest: Decimal | undefined = solution.nearest?.value;
    // @ts-expect-error: nothing was found
    const value: Decimal = solution.value;
    void [code, nearest, value];
    break;
  }
  default: {
    const none: undefined = solution.state;
    void none;
  }
}

// @ts-expect-error: a number is text
const counted: Position = { ...position, quantity: 1 };
// @ts-expect-error: no such side
const bought: Position = { ...position, side: 'buy' };
// @ts-expect-error: no such key
const named: Position = { market: 'M', side: 'long', quantity: '1', entry_price: '100', size: '1' };
// @ts-expect-error: a market is needed
const homeless: Position = { side: 'long', quantity: '1', entry_price: '100' };
// @ts-expect-error: no other version
const later: Scenario = { ...scenario, version: 2 };
// @ts-expect-error: no such unknown
const odd: Question = { ...question, unknown: 'positions[0].side' };
// @ts-expect-error: one wish at a time
const greedy: Question = { ...question, wish: { liquidation_price: '90', largest_loss: '5' } };
// @ts-expect-error: a wish is needed
const idle: Question = { ...question, wish: {} };
// @ts-expect-error: text for the functions of text
evaluateText(scenario);
// @ts-expect-error: a scenario is no question
solve(scenario);

export async function start(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await init();
  await init({ module_or_path: new URL('https://example.org/x.wasm') });
  initSync({ module: bytes });
}

void [again, sum, counted, bought, named, homeless, later, odd, greedy, idle];
