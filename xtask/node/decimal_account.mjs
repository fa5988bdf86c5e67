// The reports of a cross account, as one would write them with decimal.js.
//
// The same figures by the same ways as src/margin, with 28 digits instead of exact fractions.
import DecimalJs from 'decimal.js';

const Decimal = DecimalJs.clone({ precision: 28, rounding: DecimalJs.ROUND_HALF_EVEN });
const ZERO = new Decimal(0);
const ONE = new Decimal(1);
const WARNING = new Decimal('0.8');

/** The account of a text in the scenario format, as numbers. */
export function accountOf(text) {
  const scenario = JSON.parse(text);
  const markets = new Map();
  for (const [name, { contract, tick_size, tier_kind, tiers }] of Object.entries(scenario.markets)) {
    const rows = tiers.map((row) => ({
      floor: new Decimal(row.floor),
      cap: row.cap === null ? null : new Decimal(row.cap),
      rate: new Decimal(row.maintenance_margin_rate),
      amount: ZERO,
    }));
    const inverse = contract === 'inverse';
    const marginal = tier_kind === 'marginal';
    for (let at = 1; marginal && at < rows.length; at += 1) {
      const [below, row] = [rows[at - 1], rows[at]];
      row.amount = below.amount.plus(row.floor.times(row.rate.minus(below.rate)));
    }
    markets.set(name, { inverse, marginal, tick: new Decimal(tick_size), tiers: rows, held: [] });
  }
  scenario.positions.forEach((held, index) => {
    const market = markets.get(held.market);
    market.mark = new Decimal(held.mark_price);
    market.held.push({
      index,
      long: held.side === 'long',
      quantity: new Decimal(held.quantity),
      entry: new Decimal(held.entry_price),
      leverage: new Decimal(held.leverage),
    });
  });
  return { wallet: new Decimal(scenario.wallet_balance), markets: [...markets.values()] };
}

/** Every figure of the core's report: one of each position, and the account's. */
export function reportsOf({ wallet, markets }) {
  const groups = markets.map(groupOf);
  const profit = sum(groups.map((group) => group.profit));
  const kept = sum(groups.map((group) => group.kept));
  const balance = wallet.plus(profit);
  const ratio = kept.div(balance);
  const reports = [];
  let initial = ZERO;
  for (const group of groups) {
    const { market, legs, place } = group;
    const held = addLines(legs.map((leg) => leg.profit));
    const stand = {
      legs,
      place,
      marginal: market.marginal,
      balance: { atZero: held.atZero.plus(balance.minus(group.profit)), slope: held.slope },
      elsewhere: kept.minus(group.kept),
    };
    const required = addLines(legs.map((leg) => requirement(leg, leg.tier)));
    const liquidation = answer(stand, required, ONE, market);
    const call = answer(stand, required, WARNING, market);
    const gone = root(stand.balance);
    const bankruptcy = gone && ZERO.lt(gone) ? priced(gone, market) : null;
    for (const leg of legs) {
      const notional = leg.value.times(place);
      const pnl = valueAt(leg.profit, place);
      const margin = leg.entryNotional.div(leg.position.leverage);
      initial = initial.plus(margin);
      const tierOf = (found) => found && { ...found, tier: leg.tiers[indexAt(leg, found.place, leg.tier)] };
      reports[leg.position.index] = {
        entryNotional: leg.entryNotional,
        notional,
        initial: margin,
        maintenance: leg.kept,
        pnl,
        returnOnMargin: pnl.div(margin),
        effectiveLeverage: notional.div(balance),
        tier: leg.tier + 1,
        entryTier: indexAt(leg, placeOf(market, leg.position.entry), leg.tier) + 1,
        liquidation: { below: tierOf(liquidation.below), above: tierOf(liquidation.above) },
        call: { below: tierOf(call.below), above: tierOf(call.above) },
        bankruptcy,
      };
    }
  }
  const shock = shockOf(groups, wallet);
  return { reports, account: { balance, initial, kept, ratio, shock } };
}

/** The positions of one market as lines over the mark, or over its reciprocal. */
function groupOf(market) {
  const place = placeOf(market, market.mark);
  const legs = market.held.map((position) => {
    const leg = legOf(market, position, position.quantity);
    leg.tier = indexAt(leg, place);
    leg.kept = valueAt(requirement(leg, leg.tier), place);
    return leg;
  });
  return {
    market,
    place,
    legs,
    profit: sum(legs.map((leg) => valueAt(leg.profit, place))),
    kept: sum(legs.map((leg) => leg.kept)),
  };
}

function placeOf(market, price) {
  return market.inverse ? ONE.div(price) : price;
}

function legOf(market, position, value) {
  const entryNotional = position.quantity.times(placeOf(market, position.entry));
  const rises = market.inverse !== position.long;
  const profit = rises
    ? { atZero: entryNotional.neg(), slope: value }
    : { atZero: entryNotional, slope: value.neg() };
  return { position, value, entryNotional, profit, tiers: market.tiers };
}

/** All marks times one factor: the first fractions at which the account is closed. */
function shockOf(groups, wallet) {
  const legs = groups.flatMap(({ market, place, legs }) =>
    legs.map(({ position, tier }) => {
      return { ...legOf(market, position, position.quantity.times(place)), tier };
    }),
  );
  const { inverse, marginal } = groups[0].market;
  const held = addLines(legs.map((leg) => leg.profit));
  const balance = { atZero: held.atZero.plus(wallet), slope: held.slope };
  const stand = { legs, place: ONE, marginal, balance, elsewhere: ZERO };
  const required = addLines(legs.map((leg) => requirement(leg, leg.tier)));
  const { lower, higher } = crossings(stand, required, ONE);
  const fraction = (place) => place && (inverse ? ONE.div(place) : place).minus(ONE);
  const [down, up] = inverse ? [higher, lower] : [lower, higher];
  return { down: fraction(down), up: fraction(up) };
}

/** The first prices on both sides where the balance times the factor no longer suffices. */
function answer(stand, required, factor, market) {
  const { lower, higher } = crossings(stand, required, factor);
  const [below, above] = market.inverse ? [higher, lower] : [lower, higher];
  const spot = (place) => place && { place, price: priced(place, market) };
  return { below: spot(below), above: spot(above) };
}

function crossings(stand, required, factor) {
  const surplusOf = (line) => ({
    atZero: stand.balance.atZero.times(factor).minus(line.atZero).minus(stand.elsewhere),
    slope: stand.balance.slope.times(factor).minus(line.slope),
  });
  const surplus = surplusOf(required);
  // The accounts that are timed stand well; what follows for others is left out.
  if (valueAt(surplus, stand.place).lte(ZERO)) throw new Error('the account is short already');
  const find = stand.marginal ? closeIn : walk;
  return {
    lower: find(stand, surplus, surplusOf, -1),
    higher: find(stand, surplus, surplusOf, 1),
  };
}

/** Where requirements only steepen: piece by piece, each solved, until the one solved holds. */
function closeIn(stand, start, surplusOf, direction) {
  const falls = ({ atZero, slope }) =>
    direction > 0 ? slope.lt(ZERO) : slope.gt(ZERO) && atZero.lt(ZERO);
  let surplus = start;
  let indices = stand.legs.map((leg) => leg.tier);
  if (!falls(surplus)) {
    indices = stand.legs.map((leg) => (direction > 0 ? leg.tiers.length - 1 : 0));
    surplus = surplusOf(addLines(stand.legs.map((leg, at) => requirement(leg, indices[at]))));
    if (!falls(surplus)) return null;
  }
  for (;;) {
    const place = root(surplus);
    if (place === null) return null;
    let moved = false;
    stand.legs.forEach((leg, at) => {
      const holds = indexAt(leg, place, indices[at]);
      if (holds === indices[at]) return;
      surplus = changed(surplus, leg, indices[at], holds);
      indices[at] = holds;
      moved = true;
    });
    if (!moved) return place;
  }
}

/** Where requirements jump: from tier edge to tier edge of all positions, nearest first. */
function walk(stand, start, _, direction) {
  const upward = direction > 0;
  const edges = [];
  for (const leg of stand.legs) {
    const [from, to] = upward ? [leg.tier, leg.tiers.length - 1] : [0, leg.tier];
    for (let at = from; at < to; at += 1) {
      const [before, after] = upward ? [at, at + 1] : [at + 1, at];
      edges.push({ place: leg.tiers[at].cap.div(leg.value), leg, before, after });
    }
  }
  edges.sort((a, b) => a.place.comparedTo(b.place) * direction);
  let surplus = start;
  let from = stand.place;
  let next = 0;
  for (;;) {
    const to = edges[next]?.place ?? null;
    const here = valueAt(surplus, from);
    const edgeOnly = upward && next > 0 && here.isZero() && surplus.slope.gt(ZERO);
    if (here.lte(ZERO) && !edgeOnly) return from;
    const there = to && valueAt(surplus, to);
    const meets = upward
      ? surplus.slope.lt(ZERO) && (there === null || there.lte(ZERO))
      : surplus.slope.gt(ZERO) && (there ?? surplus.atZero).lt(ZERO);
    if (meets) return root(surplus);
    if (to === null) return null;
    for (; next < edges.length && edges[next].place.eq(to); next += 1) {
      const { leg, before, after } = edges[next];
      surplus = changed(surplus, leg, before, after);
    }
    from = to;
  }
}

function changed(surplus, leg, before, after) {
  const [from, to] = [leg.tiers[before], leg.tiers[after]];
  return {
    atZero: surplus.atZero.minus(from.amount).plus(to.amount),
    slope: surplus.slope.minus(leg.value.times(to.rate.minus(from.rate))),
  };
}

function requirement(leg, index) {
  const tier = leg.tiers[index];
  return { atZero: tier.amount.neg(), slope: leg.value.times(tier.rate) };
}

/** The tier that holds at a place, looked for from one nearby; beyond the table the last. */
function indexAt({ tiers, value }, place, near = 0) {
  const worth = value.times(place);
  let index = near;
  while (index < tiers.length - 1 && tiers[index].cap.lt(worth)) index += 1;
  while (index > 0 && index <= near && !tiers[index - 1].cap.lt(worth)) index -= 1;
  return index;
}

function root({ atZero, slope }) {
  return slope.isZero() ? null : atZero.neg().div(slope);
}

function valueAt(line, place) {
  return line.atZero.plus(line.slope.times(place));
}

function addLines(lines) {
  const at = (key) => sum(lines.map((line) => line[key]));
  return { atZero: at('atZero'), slope: at('slope') };
}

function sum(amounts) {
  return amounts.reduce((total, amount) => total.plus(amount), ZERO);
}

/** On the price step, toward the mark. */
function priced(place, { inverse, tick, mark }) {
  const price = inverse ? ONE.div(place) : place;
  const toward = price.lt(mark) ? Decimal.ROUND_CEIL : Decimal.ROUND_FLOOR;
  return price.div(tick).toDecimalPlaces(0, toward).times(tick);
}
