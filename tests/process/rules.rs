//! The shipped rules, and what a file of rules must not say.

use core::num::NonZeroUsize;

use margin_calculator::process::{
    Cancels, Freed, HandedOver, Partial, Setup, Stage, SweepLimit, Unfilled, read_rules, rule_set,
    rule_sets,
};
use margin_calculator::quantity::Ratio;
use margin_calculator::takeover::{Ranking, Remainder, StepDown};
use margin_calculator::venue::profile;

use crate::world::{exact, money, rate, run, seconds, world};

#[test]
fn every_shipped_set_is_read_and_states_its_source_and_date() {
    let sets = rule_sets().unwrap();
    assert_eq!(sets.first().unwrap().id, "article");
    assert!(sets.len() >= 15);
    for rules in sets {
        assert!(rules.source.origin.len() > 10, "{}", rules.id);
        let parts: Vec<_> = rules.source.as_of.split('-').map(str::parse::<u16>).collect();
        assert!((1..=3).contains(&parts.len()) && parts.iter().all(Result::is_ok), "{}", rules.id);
        // Only the article has a waiting time.
        assert_eq!(rules.dwell_ms(), if rules.id == "article" { 1000 } else { 0 }, "{}", rules.id);
        assert!(rules.id == "article" || profile(&rules.id).is_some(), "{}", rules.id);
        assert!(rules.steps.len() > 1, "{}", rules.id);
        assert_eq!(rule_set(&rules.id), Some(rules));
        // Each of them closes a position on a falling path, and pays everything out.
        let path = ["95", "90.4", "90.35", "90.3", "90.2", "90.1", "90", "89", "85", "84", "83"];
        let setup = Setup { rules: rules.clone(), ..world() };
        let mut marks = path.to_vec();
        marks.extend(["80"; 40]);
        let run = run(&setup, seconds(&marks));
        assert!(matches!(run.end().stage, Stage::Closed { .. }), "{}", rules.id);
    }
    assert_eq!(rule_set("nobody"), None);
}

#[test]
fn profiles_fill_in_what_they_know() {
    let tiers = |count| Some(Partial::Tiers(StepDown::By(NonZeroUsize::new(count).unwrap())));
    let binance = rule_set("binance-usdm").unwrap();
    assert_eq!(binance.fee_rate, Some(rate("0.0125")));
    assert_eq!(binance.partial, tiers(1));
    assert_eq!(binance.remainder, None);
    assert_eq!(binance.cancels, Some(Cancels::OfAccount));
    assert_eq!(binance.limit, None);
    let okx = rule_set("okx-swap").unwrap();
    assert_eq!(okx.partial, tiers(2));
    assert_eq!(okx.remainder, Some(Remainder::ToFund));
    // The profile does not know of it; the file of rules does.
    let tier = NonZeroUsize::new(2).unwrap();
    assert_eq!(okx.handed_over, Some(HandedOver::Lowest { tier, or_below_first: true }));
    assert!(okx.deleverages && okx.ranking.is_none());
    let hyperliquid = rule_set("hyperliquid").unwrap();
    let pause_ms = 30_000;
    let share = Partial::Share { share: rate("0.2"), above: money("100000"), pause_ms };
    assert_eq!(hyperliquid.partial, Some(share));
    assert_eq!(hyperliquid.fee_rate, Some(rate("0")));
    let below = Ratio::from_exact(exact("2/3"));
    assert_eq!(hyperliquid.unfilled, Some(Unfilled::Backstop { below }));
    assert_eq!(rule_set("kucoin").unwrap().partial, None);
    assert_eq!(rule_set("kraken-linear").unwrap().fee_rate, None);
}

#[test]
fn every_key_and_value_is_understood() {
    let head = "id: a\nname: A\nsource: s\nas_of: 2026\n";
    let with = |lines: &str| read_rules(&format!("{head}{lines}")).unwrap().remove(0);
    assert_eq!(with("partial: all").partial, Some(Partial::All));
    assert_eq!(
        with("partial: to_first_from 3").partial,
        Some(Partial::Tiers(StepDown::ToFirstFrom(NonZeroUsize::new(3).unwrap())))
    );
    let share = Partial::Share { share: rate("0.2"), above: money("5"), pause_ms: 7 };
    assert_eq!(with("partial: share 0.2 above 5 pause 7").partial, Some(share));
    assert_eq!(
        with("partial: small_steps 0.1").partial,
        Some(Partial::SmallSteps { share: Some(rate("0.1")) })
    );
    assert_eq!(with("partial: small_steps").partial, Some(Partial::SmallSteps { share: None }));
    assert_eq!(with("cancels: nothing\nfreed: wallet").freed, Some(Freed::ToWallet));
    assert_eq!(with("limit: bankruptcy").limit, Some(SweepLimit::Bankruptcy));
    assert_eq!(with("ranking: profit_over_balance").ranking, Some(Ranking::ProfitOverBalance));
    assert_eq!(with("warning_ratio: 2/3").warning_ratio, Some(Ratio::from_exact(exact("2/3"))));
    let lowest = |tier, or_below_first| {
        Some(HandedOver::Lowest { tier: NonZeroUsize::new(tier).unwrap(), or_below_first })
    };
    assert_eq!(with("handed_over: lowest 1").handed_over, lowest(1, false));
    assert_eq!(with("handed_over: lowest 2 or_below_first").handed_over, lowest(2, true));
    assert_eq!(with("handed_over: excess").handed_over, Some(HandedOver::Excess));
    assert_eq!((with("deleverages: yes").deleverages, with("note: n").deleverages), (true, false));
    assert_eq!(with("# for people\nnote: n").note, "n");
    assert_eq!(with("step: one\nstep: two").steps, ["one", "two"]);
    assert_eq!(with("profile: binance-usdm").name, "A", "a name of its own is shorter");
}

#[test]
fn what_is_not_understood_is_refused_with_its_line() {
    let head = "id: a\nname: A\nsource: s\nas_of: 2026\n";
    for (line, key) in [
        ("colour: red", "colour"),
        ("partial: some", "partial"),
        ("partial: tiers 0", "partial"),
        ("partial: small_steps 0", "partial"),
        ("dwell_ms: 1.5", "dwell_ms"),
        ("dwell_ms: -1", "dwell_ms"),
        ("fee_rate: -0.1", "fee_rate"),
        ("fee_rate: 1/0", "fee_rate"),
        ("warning_ratio: 0", "warning_ratio"),
        ("unfilled: backstop 0", "unfilled"),
        ("unfilled: nobody", "unfilled"),
        ("handed_over: lowest 0", "handed_over"),
        ("handed_over: lowest 2 or", "handed_over"),
        ("handed_over: all", "handed_over"),
        ("deleverages: no", "deleverages"),
        ("profile: nowhere", "profile"),
        ("id: b", "id"),
        ("nonsense", "nonsense"),
    ] {
        let error = read_rules(&format!("{head}{line}\n")).unwrap_err();
        assert_eq!((error.line, error.key.as_str()), (5, key), "{line}");
    }
    for (text, key) in [
        ("name: A\nsource: s\nas_of: 2026\n", "id"),
        ("id: a\nsource: s\nas_of: 2026\n", "name"),
        ("id: a\nname: A\nas_of: 2026\n", "source"),
        ("id: a\nname: A\nsource: s\n", "as_of"),
    ] {
        assert_eq!(read_rules(text).unwrap_err().key, key);
    }
    let twice = read_rules(&format!("{head}\n{head}")).unwrap_err();
    assert_eq!(twice.key, "id");
    assert_eq!(twice.to_string(), "line 9: id is missing, repeated or not understood");
    assert_eq!(read_rules(""), Ok(Vec::new()));
}
