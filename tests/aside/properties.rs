//! Properties over generated positions, exact to the last digit.

use margin_calculator::costs::{
    BreakEven, Fill, FundingStamp, Holding, average_entry, break_even, cost_to_open,
    cost_to_open_share, dated_mark, fair_basis_rate, funding_payment, margin_released, trade,
    trading_fee,
};
use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Side, Size};
use margin_calculator::takeover::{
    AccountTotals, Candidate, FeeTaker, FillableRule, OpenInterestCaps, Part, PartialRule, Ranking,
    Remainder, TakeoverRule, absorb, assign, bankruptcy_amount, deleverage, fillable_price, queue,
    scaled_initial_rate, settle, smallest_size,
};
use margin_calculator::venue::ContractKind;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// A decimal of up to this many units of its last place, above zero.
fn positive(most: i64, places: u32) -> impl Strategy<Value = Exact> {
    (1..=most).prop_map(move |units| Exact::from_decimal(Decimal::new(units, places)))
}

/// An amount of either sign.
fn signed(most: i64, places: u32) -> impl Strategy<Value = Money> {
    (-most..=most).prop_map(move |units| Money::from_decimal(Decimal::new(units, places)))
}

fn money(most: i64) -> impl Strategy<Value = Money> {
    (0..=most).prop_map(|units| Money::from_decimal(Decimal::new(units, 2)))
}

fn price() -> impl Strategy<Value = Price> {
    positive(9_999_999, 2).prop_map(Price::from_exact)
}

fn size() -> impl Strategy<Value = Size> {
    positive(99_999_999, 4).prop_map(Size::from_exact)
}

/// From zero to just below a tenth.
fn rate() -> impl Strategy<Value = Rate> {
    (0..100_000_i64).prop_map(|units| Rate::from_decimal(Decimal::new(units, 6)))
}

fn side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Long), Just(Side::Short)]
}

fn contract() -> impl Strategy<Value = ContractKind> {
    use ContractKind::{Inverse, Linear, Quanto};
    prop_oneof![Just(Linear), Just(Inverse), Just(Quanto)]
}

fn holding() -> impl Strategy<Value = Holding> {
    (contract(), side(), size(), price()).prop_map(|(contract, side, size, entry_price)| Holding {
        contract,
        side,
        size,
        entry_price,
    })
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (signed(9_999, 2), 1..9_999_i64, 1..9_999_i64, -50..9_999_i64);
    proptest::collection::vec(one, 0..8).prop_map(|all| {
        let money = |units| Money::from_decimal(Decimal::new(units, 2));
        let made =
            all.into_iter().zip(1..).map(|((unrealized_pnl, at_mark, at_entry, left), id)| {
                let (notional, entry_notional) = (money(at_mark), money(at_entry));
                Candidate {
                    id,
                    unrealized_pnl,
                    notional,
                    entry_notional,
                    margin_balance: money(left),
                }
            });
        made.collect()
    })
}

fn ranking() -> impl Strategy<Value = Ranking> {
    prop_oneof![
        Just(Ranking::ProfitOverBalance),
        Just(Ranking::ProfitTimesLeverage),
        Just(Ranking::ProfitShareTimesLeverage),
    ]
}

fn sum(amounts: impl IntoIterator<Item = Money>) -> Money {
    let zero = Money::from_exact(Exact::ZERO);
    amounts.into_iter().fold(zero, |sum, amount| sum.plus(&amount).unwrap())
}

/// What a holder has made once everything is paid at a price.
fn net_at(held: &Holding, price: &Price, open: &Rate, close: &Rate, funding: &Money) -> Money {
    let fees = trading_fee(held, &held.entry_price, open).unwrap();
    let fees = fees.plus(&trading_fee(held, price, close).unwrap()).unwrap();
    held.profit_at(price).unwrap().minus(&fees).unwrap().plus(funding).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn a_fill_moves_no_profit(held in holding(), on in side(), size in size(), at in price(), seen in price()) {
        let fill = Holding { side: on, size, entry_price: at, ..held };
        let before = held.profit_at(&seen).unwrap().plus(&fill.profit_at(&seen).unwrap()).unwrap();
        let traded = trade(&held, on, &Fill { size, price: at }).unwrap();
        let stands = traded.position.map(|position| position.profit_at(&seen).unwrap());
        prop_assert_eq!(sum([traded.realized_pnl].into_iter().chain(stands)), before);
        if let Some(position) = traded.position.filter(|position| position.side == held.side) {
            let reduced = on != held.side;
            prop_assert_eq!(reduced, position.entry_price == held.entry_price || at == held.entry_price);
        }
    }

    #[test]
    fn the_average_entry_leaves_profit_unchanged(held in holding(), more in proptest::collection::vec((size(), price()), 0..4), seen in price()) {
        let first = Fill { size: held.size, price: held.entry_price };
        let fills: Vec<_> = [first].into_iter().chain(more.into_iter().map(|(size, price)| Fill { size, price })).collect();
        let each = fills.iter().map(|fill| Holding { size: fill.size, entry_price: fill.price, ..held }.profit_at(&seen).unwrap());
        let whole = fills.iter().fold(Exact::ZERO, |sum, fill| sum.plus(fill.size.exact()).unwrap());
        let entry_price = average_entry(held.contract, &fills).unwrap().unwrap();
        let together = Holding { size: Size::from_exact(whole), entry_price, ..held };
        prop_assert_eq!(together.profit_at(&seen).unwrap(), sum(each));
    }

    #[test]
    fn breaking_even_yields_nothing(held in holding(), open in rate(), close in rate(), share in -2_000_i64..=2_000, seen in price()) {
        let value = held.value_at(&held.entry_price).unwrap();
        let funding = value.times(&Rate::from_decimal(Decimal::new(share, 3))).unwrap();
        let net = |price: &Price| *net_at(&held, price, &open, &close, &funding).exact();
        match break_even(&held, &open, &close, &funding).unwrap() {
            BreakEven::At(price) => {
                prop_assert!(price.exact().is_positive());
                prop_assert!(net(&price).is_zero());
                let gained = seen.exact().minus(price.exact()).unwrap().times(&held.side.sign()).unwrap();
                prop_assert_eq!(net(&seen).is_positive(), gained.is_positive());
            }
            BreakEven::AtAnyPrice => prop_assert!(net(&seen).is_positive()),
            BreakEven::AtNoPrice => prop_assert!(net(&seen).is_negative()),
        }
    }

    #[test]
    fn what_one_side_pays_the_other_receives(held in holding(), mark_price in price(), rate in -9_999_i64..=9_999) {
        let stamp = FundingStamp { mark_price, funding_rate: Rate::from_decimal(Decimal::new(rate, 6)) };
        let other = Holding { side: held.side.opposite(), ..held };
        let both = [held, other].map(|side| funding_payment(&side, &stamp).unwrap());
        prop_assert!(sum(both).exact().is_zero());
        let long_pays = both[usize::from(held.side == Side::Short)].exact().is_negative();
        prop_assert_eq!(long_pays, 0 < rate);
    }

    #[test]
    fn the_share_to_open_is_the_cost_to_open(held in holding(), leverage in positive(10_000, 2), fee in rate()) {
        let leverage = Leverage::from_exact(leverage);
        let cost = cost_to_open(&held, &leverage, &fee).unwrap().total().unwrap();
        let share = cost_to_open_share(held.contract, held.side, &leverage, &fee).unwrap();
        prop_assert_eq!(held.value_at(&held.entry_price).unwrap().times(&share).unwrap(), cost);
    }

    #[test]
    fn released_margin_adds_up(margin in money(9_999_999), one in size(), other in size()) {
        let held = Size::from_exact(one.exact().plus(other.exact()).unwrap());
        let parts = [one, other].map(|part| margin_released(&margin, &part, &held).unwrap());
        prop_assert_eq!(sum(parts), margin);
    }

    #[test]
    fn a_dated_mark_is_the_mid_it_was_made_of(mid in price(), index in price(), days in positive(9_999, 1)) {
        let basis = fair_basis_rate(&mid, &index, &days).unwrap();
        prop_assert_eq!(dated_mark(&index, &basis, &days).unwrap(), mid);
        prop_assert_eq!(dated_mark(&index, &basis, &Exact::ZERO).unwrap(), index);
    }

    #[test]
    fn what_was_left_is_all_shared_out(filled in signed(9_999_999, 2), bankruptcy in signed(9_999_999, 2), fee in rate(), to_fund in any::<bool>(), rest_to_fund in any::<bool>()) {
        let rule = TakeoverRule {
            liquidation_fee_rate: fee,
            fee_taker: if to_fund { FeeTaker::Fund } else { FeeTaker::Venue },
            remainder: if rest_to_fund { Remainder::ToFund } else { Remainder::ToHolder },
        };
        let split = settle(&filled, &bankruptcy, &rule).unwrap();
        let left = filled.minus(&bankruptcy).unwrap();
        prop_assert_eq!(sum([split.fee, split.fund, split.holder]), left);
        prop_assert!(!split.fee.exact().is_negative() && !split.holder.exact().is_negative());
        prop_assert_eq!(split.fund.exact().is_negative(), left.exact().is_negative());
    }

    #[test]
    fn a_fund_pays_as_far_as_it_goes(fund in money(99_999), deficit in money(99_999)) {
        let paid = absorb(&fund, &deficit).unwrap();
        prop_assert_eq!(sum([paid.by_fund, paid.unpaid]), deficit);
        prop_assert_eq!(sum([paid.by_fund, paid.fund_after]), fund);
        prop_assert!(paid.unpaid.exact().is_zero() || paid.fund_after.exact().is_zero());
    }

    #[test]
    fn deleveraging_makes_no_money(all in candidates(), ranking in ranking(), deficit in money(99_999)) {
        let outcome = deleverage(&all, ranking, &deficit).unwrap();
        let forgone = outcome.closeouts.iter().map(|one| one.forgone);
        prop_assert_eq!(sum(forgone.chain([outcome.unpaid])), deficit);
        for one in &outcome.closeouts {
            let owner = all.iter().find(|candidate| candidate.id == one.id).unwrap();
            prop_assert_eq!(sum([one.forgone, one.kept]), owner.unrealized_pnl);
            prop_assert!(!one.kept.exact().is_negative());
        }
    }

    #[test]
    fn the_queue_does_not_depend_on_the_order_given(all in candidates(), ranking in ranking()) {
        let mut turned = all.clone();
        turned.reverse();
        prop_assert_eq!(queue(&all, ranking).unwrap(), queue(&turned, ranking).unwrap());
        prop_assert_eq!(queue(&all, ranking).unwrap().len(), all.len());
    }

    #[test]
    fn an_assigned_size_adds_up(wanted in size(), held in proptest::collection::vec(size(), 0..6)) {
        let held: Vec<_> = (1..).zip(held).collect();
        let (assigned, left) = assign(&wanted, &held).unwrap();
        let closed = assigned.iter().fold(*left.exact(), |sum, one| sum.plus(one.closed.exact()).unwrap());
        prop_assert_eq!(&closed, wanted.exact());
        prop_assert!(left.exact().is_zero() || assigned.len() == held.len());
        for (one, (id, size)) in assigned.iter().zip(&held) {
            prop_assert_eq!(one.id, *id);
            prop_assert_eq!(&one.closed.exact().plus(one.remaining.exact()).unwrap(), size.exact());
        }
    }

    #[test]
    fn closing_all_at_bankruptcy_leaves_an_account_of_nothing(quote in signed(99_999_999, 2), legs in proptest::collection::vec((side(), positive(9_999, 4), price(), rate()), 1..4)) {
        let parts: Vec<_> = legs.iter().map(|(side, size, price, rate)| Part::at_rate(*side, Size::from_exact(*size), price, rate).unwrap()).collect();
        let worth = parts.iter().map(|part| Money::from_exact(part.value.exact().times(&part.side.sign()).unwrap()));
        let account = AccountTotals {
            margin_balance: sum(worth.chain([quote])),
            maintenance_margin: sum(parts.iter().map(|part| part.maintenance_released)),
        };
        let amounts: Option<Vec<_>> = parts.iter().map(|part| bankruptcy_amount(&account, part).unwrap()).collect();
        match amounts {
            Some(amounts) => prop_assert!(sum(amounts.into_iter().chain([quote])).exact().is_zero()),
            None => prop_assert!(account.maintenance_margin.exact().is_zero()),
        }
    }

    #[test]
    fn a_fillable_price_stays_within_the_widest_spread(balance in signed(9_999_999, 2), side in side(), size in size(), at in price(), kept in 1_i64..99_999) {
        let whole = Part::at_rate(side, size, &at, &Rate::from_decimal(Decimal::new(kept, 6))).unwrap();
        let account = AccountTotals { margin_balance: balance, maintenance_margin: whole.maintenance_released };
        let one = margin_calculator::quantity::Ratio::from_exact(Exact::ONE);
        let rule = FillableRule { bankruptcy_adjustment: one, spread_to_maintenance: one };
        let price = fillable_price(&account, &whole, &rule).unwrap().unwrap();
        // By how much worse than the current price, over the whole size.
        let worse = at.exact().minus(price.exact()).unwrap().times(&side.sign()).unwrap().times(size.exact()).unwrap();
        prop_assert!(!worse.is_negative());
        prop_assert!(worse.is_at_most(whole.maintenance_released.exact()).unwrap());
        let healthy = whole.maintenance_released.exact().is_at_most(balance.exact()).unwrap();
        prop_assert_eq!(healthy, worse.is_zero());
    }

    #[test]
    fn open_interest_never_lowers_the_rate(base in rate(), lower in money(9_999), room in positive(9_999, 2), one in money(29_999), other in money(29_999)) {
        let caps = OpenInterestCaps { lower, upper: lower.plus(&Money::from_exact(room)).unwrap() };
        let at = |interest: &Money| *scaled_initial_rate(&base, Some(&caps), interest).unwrap().exact();
        let (less, more) = if one.exact().is_below(other.exact()).unwrap() { (one, other) } else { (other, one) };
        prop_assert!(at(&less).is_at_most(&at(&more)).unwrap());
        prop_assert!(base.exact().is_at_most(&at(&less)).unwrap() && at(&more).is_at_most(&Exact::ONE).unwrap());
        prop_assert_eq!(at(&caps.lower), *base.exact());
        prop_assert_eq!(at(&caps.upper), Exact::ONE);
    }

    #[test]
    fn the_smallest_size_covers_just_the_shortage(shortage in money(9_999_999), at in price(), quote_price in price(), margin_rate in rate(), liquidator_fee_rate in rate(), fund_fee_rate in rate()) {
        let rule = PartialRule { margin_rate, liquidator_fee_rate, fund_fee_rate };
        let relief = margin_rate.exact().minus(liquidator_fee_rate.exact()).unwrap().minus(fund_fee_rate.exact()).unwrap();
        match smallest_size(&shortage, &at, &quote_price, &rule).unwrap() {
            Some(size) => {
                let value = size.exact().times(at.exact()).unwrap().times(quote_price.exact()).unwrap();
                prop_assert_eq!(&value.times(&relief).unwrap(), shortage.exact());
            }
            None => prop_assert!(!relief.is_positive()),
        }
    }
}
