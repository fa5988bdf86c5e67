// The types of scenarios, reports, questions and solutions, as docs/scenario-format.md describes them.

/**
 * Evaluates a scenario. It never throws: what is wrong stands in the report's `problems`, whatever was
 * handed in.
 */
export function evaluate(scenario: Scenario): Report;

/** The same for text: the JSON of a scenario in, the JSON of its report out, on one line. */
export function evaluateText(line: string): string;

/**
 * Works backwards: which leverage, quantity, margin or entry price a wish takes. It never throws, and
 * where no value meets the wish the solution says why.
 */
export function solve(question: Question): Solution;

/** The same for text: the JSON of a question in, the JSON of its solution out, on one line. */
export function solveText(line: string): string;

/** A number as text: digits with at most one point, such as "60000" or "0.004". Never a JSON number. */
export type Decimal = string;

/** What an account holds and under which rules. `null` is the same as leaving a key out. */
export interface Scenario {
  version: 1;
  /** Any text; the report repeats it. */
  id?: string | null;
  /** `isolated`: each position stands alone; `cross`: all share `wallet_balance`. */
  margin_mode: 'isolated' | 'cross';
  /** Deposits and realised profit; needed in cross mode. */
  wallet_balance?: Decimal | null;
  /** The rules of each market, by its name. */
  markets: Record<string, Market>;
  positions: Position[];
}

/** The rules of a market: a venue's, its own, or a venue's with some replaced. */
export interface Market {
  /** An id of the catalog, such as "binance-usdm". */
  venue?: string | null;
  contract?: 'linear' | 'inverse' | 'quanto' | null;
  /** The coin of the margin. */
  settle?: string | null;
  contract_size?: Decimal | null;
  tick_size?: Decimal | null;
  initial_margin_basis?: 'entry' | 'mark' | null;
  initial_fee?: 'none' | 'close_at_bankruptcy' | 'entry_round_trip' | null;
  maintenance_basis?: 'entry' | 'mark' | null;
  tier_kind?: 'marginal' | 'flat' | 'slope' | 'fixed' | 'factor_over_leverage' | null;
  tier_basis?: 'notional' | 'notional_at_entry' | 'quantity' | null;
  maintenance_fee?:
    | 'none'
    | 'close_at_mark'
    | 'entry_round_trip'
    | 'close_at_bankruptcy'
    | 'liquidation_at_mark'
    | null;
  bankruptcy_fee?: 'none' | 'close' | 'set_aside' | null;
  fee_rate?: Decimal | null;
  /** Below zero when the payment is received. */
  funding_rate?: Decimal | null;
  funding_in_maintenance?: boolean | null;
  liquidation_fee_rate?: Decimal | null;
  /** The margin ratio of the margin call; "0.8" is 80 %. */
  warning_ratio?: Decimal | null;
  /** From the smallest; needed unless a venue lists the market. */
  tiers?: Tier[] | null;
}

/** A row of a tier table. */
export interface Tier {
  floor?: Decimal | null;
  /** Inclusive; left out in the last row when it has no end. */
  cap?: Decimal | null;
  maintenance_margin_rate?: Decimal | null;
  maintenance_amount?: Decimal | null;
  max_leverage?: Decimal | null;
  slope?: Decimal | null;
}

export interface Position {
  /** The name of one of `markets`. */
  market: string;
  side: 'long' | 'short';
  /** Contracts or base units. */
  quantity: Decimal;
  entry_price: Decimal;
  /** The same in all positions of a market; the entry price where it is left out. */
  mark_price?: Decimal | null;
  /** Needed in isolated mode. */
  leverage?: Decimal | null;
  added_margin?: Decimal | null;
  isolated_margin?: Decimal | null;
}

/** The answer to a scenario. Where a problem stops it, there are neither `account` nor `positions`. */
export type Report = Answer | Refusal;

export interface Answer {
  id: string | null;
  /** What is wrong and does not stop the answer. */
  problems: Problem[];
  account: Account;
  positions: PositionReport[];
}

export interface Refusal {
  id: string | null;
  problems: Problem[];
  account?: never;
  positions?: never;
}

export interface Problem {
  /** The path of the field, such as "positions[0].leverage"; empty for the scenario as a whole. */
  field: string;
  code:
    | 'not_json'
    | 'not_text'
    | 'too_long'
    | 'too_deep'
    | 'too_many'
    | 'unknown_version'
    | 'wrong_type'
    | 'missing'
    | 'unknown_key'
    | 'repeated_key'
    | 'not_a_number'
    | 'out_of_range'
    | 'unknown_word'
    | 'unknown_venue'
    | 'not_listed'
    | 'unknown_market'
    | 'conflict'
    | 'not_applicable'
    | 'invalid_tiers'
    | 'too_many_digits'
    | 'more_problems'
    | 'would_be_rejected'
    | 'amount_differs';
  /** A sentence for people; it may change. */
  message: string;
}

export interface Account {
  margin_balance: Decimal | null;
  initial_margin: Decimal | null;
  maintenance_margin: Decimal | null;
  /** Cross: maintenance margin over margin balance; closed at 1. */
  margin_ratio: Decimal | null;
  available_balance: Decimal | null;
  /** Why amounts of different coins are not added. */
  reason?: string;
  /** The fraction by which all marks must move together. */
  shock_to_liquidation: { down: Decimal | null; up: Decimal | null } | null;
  /** Why there is none. */
  shock_reason?: string;
}

export interface PositionReport {
  market: string;
  notional: Decimal;
  initial_margin: Decimal | null;
  maintenance_margin: Decimal;
  maintenance_margin_rate: Decimal;
  maintenance_amount: Decimal;
  /** From 1. */
  tier: number;
  unrealized_pnl: Decimal;
  return_on_margin: Decimal | null;
  margin_balance: Decimal;
  margin_ratio: Decimal | null;
  effective_leverage: Decimal | null;
  liquidation: Liquidation;
  bankruptcy_price: Decimal | null;
  margin_call: { below: Decimal | null; above: Decimal | null; state?: 'never' | 'now' };
  /** For a market of a venue. */
  venue?: VenueNote;
}

export type Liquidation =
  | { state: 'at_price'; below: Crossing | null; above: Crossing | null }
  | { state: 'never'; reason: string; below: null; above: null }
  | { state: 'now'; reason: string; below: null; above: null; boundary: Decimal | null };

export interface Crossing {
  /** On the tick, rounded toward the mark. */
  price: Decimal;
  exact: Decimal;
  tier: number;
  distance: Decimal;
  distance_rate: Decimal;
  /** Only where the position would be larger there than the last tier. */
  beyond_table?: true;
}

/** Whose rules they are, and what of them is not calculated. */
export interface VenueNote {
  id: string;
  name: string;
  source: string;
  as_of: string;
  not_modelled: string[];
  note: string;
  /** What the venue itself calls margin ratio; those of the report are maintenance over balance. */
  ratio_convention:
    | 'maintenance_over_balance'
    | 'balance_over_maintenance'
    | 'balance_over_notional'
    | 'balance_over_used_less_factor'
    | 'not_known';
  replaced: string[];
}

/** A scenario worked backwards. */
export interface Question {
  version: 1;
  /** Any text; the solution repeats it. */
  id?: string | null;
  /** As it stands now, with its own `version`. */
  scenario: Scenario;
  /** The path of what is to be found. */
  unknown: `positions[${number}].${'leverage' | 'quantity' | 'added_margin' | 'entry_price'}`;
  wish: Wish;
  /** The value found is a multiple of it. */
  step: Decimal;
}

/** What is wished of the liquidation price: just one of the three. */
export type Wish =
  | { liquidation_price: Decimal; stop_price?: null; stop_buffer?: null; largest_loss?: null }
  | { liquidation_price?: null; stop_price: Decimal; stop_buffer?: Decimal | null; largest_loss?: null }
  | { liquidation_price?: null; stop_price?: null; stop_buffer?: null; largest_loss: Decimal };

/** The answer to a question. Where a problem stops it, there is no `state`. */
export type Solution = Found | Unreachable | Unasked;

/** A value meets the wish. */
export interface Found {
  id: string | null;
  problems: Problem[];
  state: 'found';
  /** On its step, on the safe side. */
  value: Decimal;
  /** What meets the wish exactly; `null` where that is no fraction, or one of too many digits. */
  exact: Decimal | null;
  /** How `value` lies to it. */
  rounding: 'none' | 'down' | 'up';
  change: Change;
  /** Of the scenario after the change. */
  report: Answer;
  reason?: never;
  nearest?: never;
}

/** No value meets the wish. */
export interface Unreachable {
  id: string | null;
  problems: Problem[];
  state: 'unreachable';
  value?: never;
  exact?: never;
  rounding?: never;
  change?: never;
  report?: never;
  reason: Reason;
  nearest: Nearest | null;
}

/** A problem stops the question. */
export interface Unasked {
  id: string | null;
  problems: Problem[];
  state?: never;
  value?: never;
  exact?: never;
  rounding?: never;
  change?: never;
  report?: never;
  reason?: never;
  nearest?: never;
}

/** What of the scenario becomes what. */
export interface Change {
  /** Such as "positions[0].leverage" or "wallet_balance". */
  field: string;
  value: Decimal;
}

export interface Reason {
  code:
    | 'gaining_side'
    | 'already_lost'
    | 'margin_to_spare'
    | 'no_effect'
    | 'always_worse'
    | 'always_better'
    | 'would_be_rejected'
    | 'closed_at_once'
    | 'inside_jump'
    | 'table_ends'
    | 'step_too_coarse';
  /** A sentence for people; it may change. */
  message: string;
}

/** The value on its step that comes nearest to a wish. */
export interface Nearest {
  value: Decimal;
  change: Change;
  report: Answer;
}
