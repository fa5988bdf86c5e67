// The report of one isolated position, as one would write it with decimal.js.
//
// The same figures by the same way as src/margin, with 28 digits instead of exact fractions.
import DecimalJs from 'decimal.js';

const Decimal = DecimalJs.clone({ precision: 28, rounding: DecimalJs.ROUND_HALF_EVEN });
const ZERO = new Decimal(0);
const ONE = new Decimal(1);

/** The tiers of one market, out of a table of src/venue/tables. */
export function tiersOf(text, market) {
  const rows = text.split('\n').filter((line) => line.startsWith(`${market},`));
  return rows.map((row) => {
    const [, floor, cap, rate, amount, leverage] = row.split(',');
    return {
      floor: new Decimal(floor),
      cap: cap === '' ? null : new Decimal(cap),
      rate: new Decimal(rate),
      amount: new Decimal(amount),
      leverage: new Decimal(leverage),
    };
  });
}

/** Every figure of the core's report. */
export function reportOf(scenario) {
  const quantity = new Decimal(scenario.quantity);
  const entry = new Decimal(scenario.entry);
  const mark = new Decimal(scenario.mark);
  const leverage = new Decimal(scenario.leverage);
  const tick = new Decimal(scenario.tick);

  const entryNotional = quantity.times(entry);
  const initial = entryNotional.div(leverage);
  const slope = quantity.times(scenario.side);
  const balance = { atZero: initial.minus(slope.times(entry)), slope };
  const segments = scenario.tiers.map((tier) => ({
    tier,
    from: tier.floor.div(quantity),
    to: tier.cap && tier.cap.div(quantity),
    requirement: { atZero: tier.amount.neg(), slope: quantity.times(tier.rate) },
  }));
  const segmentAt = (price) => segments.find(({ to }) => to === null || price.lte(to));

  const here = segmentAt(mark);
  const opened = segmentAt(entry);
  const notional = quantity.times(mark);
  const held = valueAt(balance, mark);
  const kept = valueAt(here.requirement, mark);
  const pnl = held.minus(initial);
  const ask = (factor) => toTick(crossing(segments, balance, factor, mark), mark, tick);
  const keptAtEntry = valueAt(opened.requirement, entry);
  return {
    entryNotional,
    initial,
    notional,
    pnl,
    returnOnMargin: pnl.div(initial),
    held,
    kept,
    ratio: kept.div(held),
    effectiveLeverage: notional.div(held),
    tier: here.tier,
    entryTier: opened.tier,
    liquidation: ask(ONE),
    call: ask(new Decimal(scenario.warning)),
    bankruptcy: toTick(balance.atZero.neg().div(slope), mark, tick),
    refused: leverage.gt(opened.tier.leverage) || initial.lte(keptAtEntry),
  };
}

function valueAt(line, price) {
  return line.atZero.plus(line.slope.times(price));
}

/** The first price, below the mark or else above it, where the balance no longer suffices. */
function crossing(segments, balance, factor, mark) {
  const below = walk(segments.toReversed(), balance, factor, mark, -1);
  const above = walk(segments, balance, factor, mark, 1);
  return below ?? above;
}

function walk(segments, balance, factor, mark, direction) {
  for (const { from, to, requirement } of segments) {
    const upward = direction > 0;
    if (upward ? to !== null && to.lt(mark) : mark.lte(from)) continue;
    const surplus = {
      atZero: balance.atZero.times(factor).minus(requirement.atZero),
      slope: balance.slope.times(factor).minus(requirement.slope),
    };
    const inside = to === null ? mark : Decimal.min(to, mark);
    const start = upward ? Decimal.max(from, mark) : inside;
    if (valueAt(surplus, start).lte(ZERO)) return start;
    if (surplus.slope.isZero()) continue;
    const root = surplus.atZero.neg().div(surplus.slope);
    if (upward && surplus.slope.isNegative() && (to === null || root.lte(to))) return root;
    if (!upward && surplus.slope.isPositive() && from.lt(root)) return root;
  }
  return null;
}

/** On the price step, toward the mark. */
function toTick(price, mark, tick) {
  const toward = price.lt(mark) ? Decimal.ROUND_CEIL : Decimal.ROUND_FLOOR;
  return price.div(tick).toDecimalPlaces(0, toward).times(tick);
}
