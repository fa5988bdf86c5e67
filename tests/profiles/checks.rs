//! What every profile must be, and what a file that is none is told.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use margin_calculator::quantity::{Exact, Rounding};
use margin_calculator::venue::{
    BeyondTable, LiquidationFee, PartialLiquidation, Profile, TableKind, TierBasis, TierKind,
    catalog, profile, profiles,
};
use rust_decimal::Decimal;

/// Tiers whose stated amount contradicts the edges: market and tier. Source: Binance FAQ
/// ceccfcfb4e3a45e3b48b0b1bb1a8ae46, whose calculator took 11.605 where the page prints 11.81.
const DISAGREE: [(&str, usize); 3] = [("BTCUSD_PERP", 4), ("BTCUSD_PERP", 5), ("BTCUSD_PERP", 7)];

fn exact(text: &str) -> Exact {
    Exact::from_decimal(Decimal::from_str_exact(text).unwrap())
}

/// The id without a date, and the date.
fn stem(id: &str) -> (&str, &str) {
    let at = id.char_indices().find(|(at, _)| {
        let rest = id.get(*at..).unwrap();
        rest.starts_with("-20") && rest.chars().skip(1).all(|c| c.is_ascii_digit() || c == '-')
    });
    at.map_or((id, ""), |(at, _)| (id.get(..at).unwrap(), id.get(at + 1..).unwrap()))
}

#[test]
fn every_file_is_a_profile_and_is_called_by_its_id() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/venue/profiles");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let ids: BTreeSet<String> =
        profiles().unwrap().iter().map(|profile| profile.id.to_owned()).collect();
    assert_eq!(files, ids);
    assert_eq!(ids.len(), profiles().unwrap().len(), "an id stands there twice");
    let names: BTreeSet<_> = profiles().unwrap().iter().map(|profile| profile.name).collect();
    assert_eq!(names.len(), ids.len(), "a name stands there twice");
    for id in &ids {
        assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        assert!(profile(id).is_some());
    }
    assert!(profile("Binance-USDM").is_none());
}

#[test]
fn an_id_without_a_date_is_the_newest() {
    for profile in profiles().unwrap() {
        let (name, date) = stem(profile.id);
        if date.is_empty() {
            continue;
        }
        assert!(profile.source.as_of.starts_with(date), "{}", profile.id);
        let newest = margin_calculator::venue::profile(name).unwrap();
        assert!(profile.source.as_of < newest.source.as_of, "{}", profile.id);
    }
}

#[test]
fn every_profile_states_its_source_its_date_and_what_it_leaves_out() {
    for profile in profiles().unwrap() {
        let Profile { id, source, not_modelled, note, .. } = profile;
        assert!(source.origin.len() > 10, "{id}");
        assert!(("2018".."2027").contains(&source.as_of.as_str()), "{id}: {}", source.as_of);
        assert!(!not_modelled.is_empty(), "{id}");
        for sentence in not_modelled.iter().chain(Some(note).filter(|note| !note.is_empty())) {
            assert!(sentence.ends_with('.') && !sentence.contains("  "), "{id}: {sentence}");
            let first = sentence.chars().next().unwrap();
            assert!(!first.is_lowercase() || sentence.starts_with("dYdX"), "{id}: {sentence}");
        }
        if profile.funding_in_maintenance {
            let told = not_modelled.iter().any(|it| it.starts_with("Funding that is due counts"));
            assert!(told, "{id}: the reader must know to state the funding rate");
        }
        if profile.markets().is_empty() {
            let told = not_modelled.iter().any(|it| it.contains("the tiers of your market"));
            assert!(told, "{id}: the reader must know to give the tiers");
        }
    }
}

#[test]
fn stated_amounts_are_the_derived_ones_but_for_those_listed() {
    let (mut tiers, mut tables, mut disagree) = (0, 0, Vec::new());
    for profile in profiles().unwrap() {
        for market in profile.markets() {
            tables += 1;
            for tier in market.rules.tiers.tiers() {
                tiers += 1;
                if tier.stated_amount.is_some() {
                    disagree.push((market.name, tier.number));
                }
            }
        }
    }
    println!("{tables} tables with {tiers} tiers in {} profiles", profiles().unwrap().len());
    assert_eq!(disagree, DISAGREE);
    let coin = profile("binance-coinm").unwrap().market("BTCUSD_PERP").unwrap();
    let amount = |number: usize| {
        let tier = coin.rules.tiers.tiers().get(number - 1).unwrap();
        tier.maintenance_amount.round(3, Rounding::HalfEven).unwrap().to_string()
    };
    assert_eq!([amount(4), amount(5), amount(7)], ["0.355", "1.605", "11.605"]);
}

#[test]
fn every_market_is_ready_to_compute_with() {
    for profile in profiles().unwrap() {
        let names: BTreeSet<_> = profile.markets().iter().map(|market| market.name).collect();
        assert_eq!(names.len(), profile.markets().len(), "{}", profile.id);
        for market in profile.markets() {
            let rules = &market.rules;
            assert!(!market.settle.is_empty());
            assert_eq!(profile.market(market.name).map(|found| found.name), Some(market.name));
            assert_eq!(rules.beyond_table, BeyondTable::LastTier);
            assert_eq!(rules.source, profile.source);
            assert_eq!(rules.tiers.basis(), profile.table_basis);
            let template = profile.template(rules.tiers.clone());
            let (size, tick) = (rules.contract_size, rules.tick_size);
            let mut same = rules.clone();
            (same.contract_size, same.tick_size) = (template.contract_size, template.tick_size);
            assert_eq!(same, template, "a market differs in its size, its step and its table");
            assert!(size.exact().is_positive());
            assert!(tick.is_none_or(|tick| tick.exact().is_positive()));
            for tier in rules.tiers.tiers() {
                let rate = tier.maintenance_margin_rate.exact();
                if let Some(most) = tier.max_leverage {
                    let part = rate.times(most.exact()).unwrap();
                    assert!(part.is_below(&Exact::ONE).unwrap(), "{}: closed at once", market.name);
                }
            }
        }
    }
}

#[test]
fn the_pages_coins_are_not_written_twice() {
    let venue = profile("binance-usdm").unwrap();
    for listing in catalog().unwrap().listings() {
        let market = venue.market(listing.symbol).unwrap();
        let table = catalog().unwrap().table("binance-usdm", listing.coin).unwrap();
        assert_eq!(market.rules.tiers, *table);
        assert_eq!(market.rules.tick_size, Some(listing.tick_size));
        assert_eq!(market.settle, "USDT");
    }
    let more: Vec<_> = venue.markets().iter().skip(12).map(|it| (it.name, it.settle)).collect();
    assert_eq!(more, [("BTCUSDC", "USDC"), ("ETHUSDC", "USDC"), ("1000PEPEUSDT", "USDT")]);
}

/// A base and a step, as two venues state their flat tables. Sources: the mirror of BitMEX's risk
/// limits, MEXC's contract detail sample.
#[test]
fn base_and_step_make_the_rows() {
    for (id, name, base, maintenance, initial, first, step) in [
        ("bitmex-inverse", "XBTUSD", "0.0035", "0.0035", "0.01", "200", "100"),
        ("mexc", "BTC_USDT", "0.004", "0.004", "0.008", "10000", "200000"),
    ] {
        let market = profile(id).unwrap().market(name).unwrap();
        let (mut rate, mut initial, mut cap) = (exact(base), exact(initial), exact(first));
        for tier in market.rules.tiers.tiers() {
            assert_eq!(*tier.maintenance_margin_rate.exact(), rate, "{name} {}", tier.number);
            assert_eq!(tier.cap, Some(cap));
            let most = Exact::ONE.over(&initial).unwrap();
            assert_eq!(tier.max_leverage.map(|it| *it.exact()), Some(most));
            rate = rate.plus(&exact(maintenance)).unwrap();
            initial = initial.plus(&exact(maintenance)).unwrap();
            cap = cap.plus(&exact(step)).unwrap();
        }
    }
}

#[test]
fn values_of_their_own_kind_are_read() {
    let first =
        |id: &str, market: &str| profile(id).unwrap().market(market).unwrap().rules.tiers.clone();
    let slope = |market: &str| match first("deribit-linear", market).kind() {
        TierKind::Slope(slope) => slope,
        other => panic!("{other:?}"),
    };
    assert_eq!(slope("BTC_USDC"), exact("0.00005"));
    assert_eq!(slope("SOL_USDC"), exact("0.000005"));
    let eth = first("hyperliquid", "ETH");
    let third = Exact::ONE.over(&exact("30")).unwrap();
    assert_eq!(eth.tiers().get(1).map(|it| *it.maintenance_margin_rate.exact()), Some(third));
    assert_eq!(
        profile("hyperliquid").unwrap().partial_liquidation,
        PartialLiquidation::Fraction {
            share: margin_calculator::quantity::Rate::from_exact(exact("0.2")),
            above: margin_calculator::quantity::Money::from_exact(exact("100000")),
            pause_seconds: 30,
        }
    );
    let dydx = profile("dydx").unwrap().liquidation_fee;
    let most = margin_calculator::quantity::Rate::from_exact(exact("0.015"));
    assert_eq!(dydx, LiquidationFee::AtMost(most));
    assert_eq!(profile("htx").unwrap().table_kind, TableKind::FactorOverLeverage);
    assert_eq!(profile("okx-swap").unwrap().table_basis, TierBasis::Quantity);
}

const PLAIN: &str = "# id: a\n# name: A\n# source: a test\n# as_of: 2026\n# contract: linear\n\
    # settle: USDT\n# initial_margin_basis: entry\n# initial_fee: none\n# maintenance_basis: mark\n\
    # maintenance_fee: none\n# funding_in_maintenance: false\n# bankruptcy_fee: none\n\
    # liquidation_fee_rate: none\n# left_over: holder\n# partial_liquidation: none\n\
    # warning_ratio: 0.8\n# ratio_convention: not_known\n# kind: flat\n# basis: notional\n\
    # market: X, tick_size 1\n# not_modelled: Nothing.\n\
    market,floor,cap,maintenance_margin_rate,maintenance_amount,max_leverage\nX,0,,1/30,,1/0.03\n";

#[track_caller]
fn refused(from: &str, to: &str, sentence: &str) {
    assert!(PLAIN.contains(from), "{from}");
    let text = PLAIN.replacen(from, to, 1);
    let error = Profile::parse(Box::leak(text.into_boxed_str())).unwrap_err();
    assert_eq!(error.to_string(), sentence);
}

#[test]
fn what_is_not_understood_is_refused_in_words() {
    assert!(Profile::parse(PLAIN).is_ok());
    let missing = |key: &str| {
        let last = PLAIN.lines().count() - 1;
        format!("line {last}: the table does not state its {key}; add a line \"# {key}: …\"")
    };
    refused("# id: a\n", "", &missing("id"));
    refused("# kind: flat\n", "", &missing("kind"));
    refused("# settle: USDT\n", "", &missing("settle"));
    refused("# not_modelled: Nothing.\n", "", &missing("not_modelled"));
    let twice = "line 2: id is stated twice";
    refused("# id: a\n", "# id: a\n# id: b\n", twice);
    let none = "line 5: contract must be one of linear, inverse, quanto";
    refused("linear", "square", none);
    let fees = "line 23: the table does not state its fee_rate; add a line \"# fee_rate: …\"";
    refused("initial_fee: none", "initial_fee: close_at_bankruptcy", fees);
    refused("maintenance_fee: none", "maintenance_fee: close_at_mark", fees);
    refused("bankruptcy_fee: none", "bankruptcy_fee: fee_rate", fees);
    let share = "line 16: warning_ratio must be one of the fractions from 0 to below 1";
    refused("0.8", "1", share);
    let plain = "line 16: warning_ratio is \"80%\"; only digits with one point are read";
    refused("0.8", "80%", plain);
    refused(
        "fee_rate: none",
        "fee_rate: low",
        "line 13: liquidation_fee_rate is \"low\"; \
        only digits with one point are read",
    );
    let parts = "line 15: partial_liquidation must be one of none, one_tier, two_tiers, \
        small_steps, not_known, fraction 0.2 above 100000 pause 30 (with its own numbers)";
    refused("partial_liquidation: none", "partial_liquidation: half", parts);
    refused("partial_liquidation: none", "partial_liquidation: fraction 1 above 2 pause 3", parts);
    refused("partial_liquidation: none", "partial_liquidation: fraction 0 above 2 pause 3", parts);
}

#[test]
fn market_lines_and_rows_must_fit() {
    let market = "line 20: market must be one of NAME, settle COIN, contract_size 1, \
        tick_size 0.5, slope 0.1";
    refused("tick_size 1", "step 1", market);
    refused("tick_size 1", "tick_size 0", "line 20: tick_size must be above 0");
    refused("tick_size 1", "tick_size 1, tick_size 2", "line 20: tick_size 2 is stated twice");
    refused("# market: X,", "# market: Y,", "line 20: Y: the tier table has no rows");
    refused("# not_mod", "# market: X\n# not_mod", "line 21: X is stated twice");
    let slope = "line 20: market must be one of NAME, slope 0.1 (a slope table needs one)";
    refused("kind: flat", "kind: slope", slope);
    let rate = "maintenance_margin_rate";
    refused("1/30", "1/0", &format!("line 23: {rate} must be above 0"));
    refused("1/30", "1/", &format!("line 23: {rate} is empty"));
    let odd = format!("line 23: {rate} is \"1/3\"; only digits with one point are read");
    refused("1/30", "1/1/3", &odd);
    refused("1/30", "30", "line 23: X: row 1: the rate must be from 0 to below 1");
    refused("1/0.03", "0/0.03", "line 23: max_leverage must be above 0");
    refused(
        "X,0,,1/30",
        "X,0,5,0.01,,\nY,0,,0.01,,\nX,5,,1/30",
        "line 25: the rows of X do not stand together",
    );
    let from = "line 20: tiers_from must be one of the page's tables";
    refused("# market", "# tiers_from: nowhere\n# market", from);
}
