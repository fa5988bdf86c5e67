//! Worked cases at the edges of each rule.

use core::num::NonZeroUsize;

use margin_calculator::costs::{
    BaseStep, BaseStepError, BreakEven, Fill, Holding, MOST_STEPS, average_entry,
    average_entry_any_width, base_step_rows, break_even, is_charged, price_in_whole_units, trade,
    value_at_bankruptcy,
};
use margin_calculator::quantity::{Exact, Leverage, Money, Overflow, Price, Rate, Side, Size};
use margin_calculator::takeover::{
    AccountTotals, Candidate, Part, Ranking, StepDown, ToClose, bankruptcy_amount, clamped_funding,
    margin_level, margin_ratio, pro_rata_price, queue, share_to_close, size_to_close,
};
use margin_calculator::venue::ContractKind;

use crate::after::table_of;
use crate::rows::evaluate;

fn money(text: &str) -> Money {
    Money::from_exact(evaluate(text))
}

fn rate(text: &str) -> Rate {
    Rate::from_exact(evaluate(text))
}

fn price(text: &str) -> Price {
    Price::from_exact(evaluate(text))
}

fn size(text: &str) -> Size {
    Size::from_exact(evaluate(text))
}

fn holding(contract: ContractKind, side: Side, quantity: &str, entry: &str) -> Holding {
    Holding { contract, side, size: size(quantity), entry_price: price(entry) }
}

#[test]
fn no_fills_have_no_average() {
    assert_eq!(average_entry(ContractKind::Linear, &[]), Ok(None));
    assert_eq!(average_entry(ContractKind::Inverse, &[]), Ok(None));
}

#[test]
fn many_inverse_fills_are_averaged_once_rounded() {
    // Prices without a common divisor: 256 bits do not hold the product of thirty of them.
    let fills: Vec<_> = (0..30)
        .map(|step| Fill { size: size("100"), price: price(&format!("60000.0{}", step * 2 + 11)) })
        .collect();
    assert_eq!(average_entry(ContractKind::Inverse, &fills), Err(Overflow));
    let average = average_entry_any_width(ContractKind::Inverse, &fills).unwrap().unwrap();
    // 30 over the sum of 1 / price, worked out with unbounded fractions.
    assert_eq!(average, price("60000.039999995005558885"));
    let few = fills.get(..3).unwrap();
    let exact = average_entry(ContractKind::Inverse, few);
    assert_eq!(average_entry_any_width(ContractKind::Inverse, few), exact);
}

#[test]
fn a_position_goes_through_zero() {
    // Long 2 at 100, sold 5 at 130: 2 x 30 realised, short 3 at 130.
    let long = holding(ContractKind::Linear, Side::Long, "2", "100");
    let sold = Fill { size: size("5"), price: price("130") };
    let traded = trade(&long, Side::Short, &sold).unwrap();
    assert_eq!(traded.realized_pnl, money("60"));
    assert_eq!(traded.closed, size("2"));
    let left = holding(ContractKind::Linear, Side::Short, "3", "130");
    assert_eq!(traded.position, Some(left));
    // Sold 2: nothing is left.
    let sold = Fill { size: size("2"), price: price("130") };
    assert_eq!(trade(&long, Side::Short, &sold).unwrap().position, None);
}

#[test]
fn a_reduction_keeps_the_entry() {
    // Inverse long of 1000 at 5000, 400 closed at 8000: 400 x (1/5000 - 1/8000) = 0.03.
    let long = holding(ContractKind::Inverse, Side::Long, "1000", "5000");
    let sold = Fill { size: size("400"), price: price("8000") };
    let traded = trade(&long, Side::Short, &sold).unwrap();
    assert_eq!(traded.realized_pnl, money("0.03"));
    let left = holding(ContractKind::Inverse, Side::Long, "600", "5000");
    assert_eq!(traded.position, Some(left));
}

#[test]
fn break_even_says_when_there_is_no_price() {
    let (open, close) = (rate("0.001"), rate("0.001"));
    let at = |contract, side, funding| {
        let held = holding(contract, side, "10", "100");
        break_even(&held, &open, &close, &money(funding)).unwrap()
    };
    // Value 1000, opening fee 1: an inverse position of 10 at 100 is worth 0.1, fee 0.0001.
    assert_eq!(at(ContractKind::Linear, Side::Long, "1001"), BreakEven::AtAnyPrice);
    assert_eq!(at(ContractKind::Linear, Side::Short, "-999"), BreakEven::AtNoPrice);
    assert_eq!(at(ContractKind::Inverse, Side::Long, "-0.0999"), BreakEven::AtNoPrice);
    assert_eq!(at(ContractKind::Inverse, Side::Short, "0.1001"), BreakEven::AtAnyPrice);
    // (1000 - 1 - 99) / (10 x 1.001)
    let expected = BreakEven::At(price("900 / 10.01"));
    assert_eq!(at(ContractKind::Linear, Side::Short, "-99"), expected);
    // 10 x 1.001 / (0.1 - 0.0001)
    let expected = BreakEven::At(price("10.01 / 0.0999"));
    assert_eq!(at(ContractKind::Inverse, Side::Long, "0"), expected);
}

#[test]
fn a_leverage_of_one_has_nothing_left_to_fall() {
    let one = Leverage::from_exact(Exact::ONE);
    let long = holding(ContractKind::Linear, Side::Long, "1", "100");
    assert_eq!(value_at_bankruptcy(&long, &one), Ok(money("0")));
    let short = holding(ContractKind::Inverse, Side::Short, "1000", "100");
    assert_eq!(value_at_bankruptcy(&short, &one), Ok(money("0")));
}

#[test]
fn funding_is_charged_from_the_stamp_on() {
    assert!(is_charged(0, 0, 10, 0));
    assert!(!is_charged(0, 1, 10, 0));
    assert!(is_charged(0, 14, 20, 15));
    assert!(!is_charged(0, 15, 20, 15));
    assert!(!is_charged(11, 0, 10, 15));
    assert!(!is_charged(i64::MIN, i64::MAX, i64::MAX, 15));
}

#[test]
fn no_unit_of_value_has_no_price() {
    let unit = money("0.00000001");
    assert_eq!(price_in_whole_units(&size("100"), &money("0"), &unit), Ok(None));
    let price = price_in_whole_units(&size("100"), &money("0.0000005"), &unit).unwrap();
    assert_eq!(price, Some(self::price("100000000")));
}

#[test]
fn a_base_and_a_step_say_what_is_wrong() {
    let fine = BaseStep {
        base_limit: evaluate("200"),
        step: evaluate("100"),
        last_limit: evaluate("450"),
        base_maintenance_rate: rate("0.0035"),
        base_initial_rate: rate("0.01"),
        rate_step: rate("0.0035"),
    };
    let rows = base_step_rows(&fine).unwrap();
    let ends: Vec<_> = rows.iter().map(|row| row.cap.unwrap()).collect();
    assert_eq!(ends, ["200", "300", "400", "500"].map(evaluate));
    let last = rows.last().unwrap();
    assert_eq!(last.maintenance_margin_rate, rate("0.014"));
    assert_eq!(last.max_leverage, Some(Leverage::from_exact(evaluate("1 / 0.0205"))));

    let zero = Exact::ZERO;
    let none = rate("0");
    let wrong = [
        (BaseStep { base_limit: zero, ..fine }, BaseStepError::BaseLimit),
        (BaseStep { step: zero, ..fine }, BaseStepError::Step),
        (BaseStep { last_limit: evaluate("199"), ..fine }, BaseStepError::LastLimit),
        (BaseStep { base_initial_rate: none, ..fine }, BaseStepError::InitialRate),
        (BaseStep { rate_step: rate("-0.001"), ..fine }, BaseStepError::RateStep),
        (BaseStep { step: evaluate("0.0001"), ..fine }, BaseStepError::TooMany),
    ];
    for (rule, error) in wrong {
        assert_eq!(base_step_rows(&rule), Err(error));
        assert!(error.to_string().contains("must be") || error == BaseStepError::TooMany);
    }
    assert!(BaseStepError::TooMany.to_string().contains(&MOST_STEPS.to_string()));
    assert_eq!(BaseStepError::from(Overflow), BaseStepError::Overflow);
}

#[test]
fn a_position_steps_down_to_a_cap() {
    let table = table_of(&["1000", "5000", "20000"].map(evaluate));
    let two = StepDown::By(NonZeroUsize::new(2).unwrap());
    let one = StepDown::By(NonZeroUsize::MIN);
    let close = |quantity, step| size_to_close(&table, &size(quantity), step).unwrap();
    // Tier 4 to the cap of tier 2; tier 3 to tier 1; at a cap the lower tier holds.
    assert_eq!(close("25000", two), ToClose::Part(size("20000")));
    assert_eq!(close("20000", two), ToClose::Part(size("19000")));
    assert_eq!(close("5001", one), ToClose::Part(size("1")));
    assert_eq!(close("5000", two), ToClose::All);
    assert_eq!(close("1000", one), ToClose::All);
    let first = |from| StepDown::ToFirstFrom(NonZeroUsize::new(from).unwrap());
    assert_eq!(close("5000", first(3)), ToClose::All);
    assert_eq!(close("5000", first(2)), ToClose::Part(size("4000")));
    assert_eq!(close("1000", first(1)), ToClose::All);
}

#[test]
fn a_share_is_closed_only_above_the_value() {
    let close = |value, share| {
        share_to_close(&size("10"), &money(value), &money("100000"), &rate(share)).unwrap()
    };
    assert_eq!(close("100000.01", "0.2"), ToClose::Part(size("2")));
    assert_eq!(close("100000", "0.2"), ToClose::All);
    assert_eq!(close("200000", "1"), ToClose::All);
}

#[test]
fn funding_is_held_within_its_cap() {
    let clamp = |value| clamped_funding(&rate(value), &rate("0.18")).unwrap();
    assert_eq!(clamp("0.2"), rate("0.18"));
    assert_eq!(clamp("-0.2"), rate("-0.18"));
    assert_eq!(clamp("-0.1"), rate("-0.1"));
}

#[test]
fn ratios_of_nothing_are_absent() {
    assert_eq!(margin_ratio(&money("0"), &money("5")), Ok(None));
    assert_eq!(margin_ratio(&money("-1"), &money("5")), Ok(None));
    assert_eq!(margin_level(&money("5"), &money("0"), &money("0")), Ok(None));
    let level = margin_level(&money("-5"), &money("4"), &money("1")).unwrap().unwrap();
    assert_eq!(level.exact(), &evaluate("-1"));
    let nothing = AccountTotals { margin_balance: money("5"), maintenance_margin: money("0") };
    let part = Part::at_rate(Side::Long, size("1"), &price("5"), &rate("0")).unwrap();
    assert_eq!(bankruptcy_amount(&nothing, &part), Ok(None));
}

#[test]
fn those_without_a_balance_stand_at_the_end() {
    let candidate = |id, profit, balance| Candidate {
        id,
        unrealized_pnl: money(profit),
        notional: money("100"),
        entry_notional: money("80"),
        margin_balance: money(balance),
    };
    let all = [
        candidate(4, "900", "0"),
        candidate(3, "-10", "10"),
        candidate(2, "-10", "50"),
        candidate(1, "5", "50"),
        candidate(5, "5", "50"),
    ];
    let order =
        |ranking| -> Vec<u64> { queue(&all, ranking).unwrap().iter().map(|one| one.id).collect() };
    // Scores 0.1 twice, -0.2, -1; the equal ones by number.
    assert_eq!(order(Ranking::ProfitOverBalance), [1, 5, 2, 3, 4]);
    // Losses are divided: -0.125 / 2 for account 2, -0.125 / 10 for account 3.
    assert_eq!(order(Ranking::ProfitShareTimesLeverage), [1, 5, 3, 2, 4]);
}

#[test]
fn a_pro_rata_price_is_turned_over_for_inverse_contracts() {
    // Margin of a tenth of the value, nothing kept: bankruptcy of a 10x long, entered at mark.
    let long = holding(ContractKind::Inverse, Side::Long, "1000", "110");
    let tenth = margin_calculator::quantity::Ratio::from_exact(evaluate("0.1"));
    let at = |held: &Holding, share| {
        pro_rata_price(held, &price("110"), share, &rate("0"), &rate("0")).unwrap()
    };
    assert_eq!(at(&long, &tenth), Some(price("100")));
    let whole = margin_calculator::quantity::Ratio::from_exact(Exact::ONE);
    let short = Holding { side: Side::Short, ..long };
    assert_eq!(at(&short, &whole), None);
}
