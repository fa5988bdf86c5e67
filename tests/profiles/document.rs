//! The tables of MODEL.md, made from the profiles.
//!
//! `UPDATE_MODEL=1 cargo test --no-default-features --test profiles` writes them anew.

use core::fmt::Write as _;

use margin_calculator::quantity::{Exact, Rounding};
use margin_calculator::venue::{
    BankruptcyFee, ContractKind, InitialFee, LeftOver, LiquidationFee, MaintenanceFee, MarginBasis,
    PartialLiquidation, Profile, RatioConvention, TableKind, TierBasis, profiles,
};

/// The generated part begins with this heading and ends before the next chapter.
const FIRST: &str = "### What each venue asks\n";

const ASKS: &str = "\n| profile | as of | contract | initial margin at | maintenance margin at | \
    fee rate | tiers | markets |\n|---|---|---|---|---|---|---|---|\n";

const DOES: &str = "\n### What a liquidation does there\n\n| profile | bankruptcy | fee | \
    the rest goes to | closed at a time | its margin ratio |\n|---|---|---|---|---|---|\n";

/// A number without zeros at its end.
fn plain(value: &Exact) -> String {
    let places = value.decimals(18).unwrap();
    value.round(places, Rounding::HalfEven).unwrap().normalize().to_string()
}

fn percent(value: &Exact) -> String {
    format!("{} %", plain(&value.times(&Exact::from_integer(100)).unwrap()))
}

fn basis(basis: MarginBasis) -> &'static str {
    match basis {
        MarginBasis::Entry => "entry",
        MarginBasis::Mark => "mark",
    }
}

fn initial(profile: &Profile) -> String {
    let fee = match profile.initial_fee {
        InitialFee::None => "",
        InitialFee::CloseAtBankruptcy(_) => ", fee to close",
        InitialFee::EntryRoundTrip(_) => ", fee both ways",
    };
    format!("{}{fee}", basis(profile.initial_margin_basis))
}

fn maintenance(profile: &Profile) -> String {
    let fee = match profile.maintenance_fee {
        MaintenanceFee::None => "",
        MaintenanceFee::CloseAtMark(_) => ", fee at mark",
        MaintenanceFee::CloseAtBankruptcy(_) => ", fee to close",
        MaintenanceFee::EntryRoundTrip(_) => ", fee both ways",
    };
    let funding = if profile.funding_in_maintenance { ", funding due" } else { "" };
    format!("{}{fee}{funding}", basis(profile.maintenance_basis))
}

fn tiers(profile: &Profile) -> String {
    let kind = match profile.table_kind {
        TableKind::Marginal => "each slice",
        TableKind::Flat => "whole position",
        TableKind::Slope => "slope",
        TableKind::Fixed => "money a contract",
        TableKind::FactorOverLeverage => "factor / leverage",
    };
    let by = match (profile.table_basis, profile.maintenance_basis) {
        (TierBasis::Quantity, _) => "quantity",
        (TierBasis::EntryNotional, _) | (TierBasis::Notional, MarginBasis::Entry) => {
            "value at entry"
        }
        (TierBasis::Notional, MarginBasis::Mark) => "value at mark",
    };
    format!("{kind}, by {by}")
}

fn markets(profile: &Profile) -> String {
    let names: Vec<_> = profile.markets().iter().map(|market| market.name).collect();
    if names.is_empty() { "none: give the tiers".to_owned() } else { names.join(", ") }
}

fn liquidation_fee(profile: &Profile) -> String {
    match &profile.liquidation_fee {
        LiquidationFee::NotKnown => "not known".to_owned(),
        LiquidationFee::None => "none".to_owned(),
        LiquidationFee::Of(rate) => percent(rate.exact()),
        LiquidationFee::AtMost(rate) => {
            format!("{}, at most what is left", percent(rate.exact()))
        }
    }
}

fn left_over(profile: &Profile) -> &'static str {
    match profile.left_over {
        LeftOver::Holder => "the holder",
        LeftOver::Fund => "the insurance fund",
        LeftOver::NotKnown => "not known",
    }
}

fn at_a_time(profile: &Profile) -> String {
    match &profile.partial_liquidation {
        PartialLiquidation::None => "all".to_owned(),
        PartialLiquidation::OneTier => "one tier".to_owned(),
        PartialLiquidation::TwoTiers => "two tiers".to_owned(),
        PartialLiquidation::Fraction { share, above, pause_seconds } => format!(
            "{} above {}, the rest after {pause_seconds} s",
            percent(share.exact()),
            plain(above.exact())
        ),
        PartialLiquidation::SmallSteps => "small steps".to_owned(),
        PartialLiquidation::NotKnown => "not known".to_owned(),
    }
}

fn ratio(profile: &Profile) -> &'static str {
    match profile.ratio_convention {
        RatioConvention::MaintenanceOverBalance => "maintenance / balance",
        RatioConvention::BalanceOverMaintenance => "balance / maintenance",
        RatioConvention::BalanceOverNotional => "balance / value",
        RatioConvention::BalanceOverUsedLessFactor => "balance / margin used - factor",
        RatioConvention::NotKnown => "not known",
    }
}

fn generated() -> String {
    let mut text = format!("{FIRST}{ASKS}");
    for profile in profiles().unwrap() {
        let contract = match profile.contract {
            ContractKind::Linear => "linear",
            ContractKind::Inverse => "inverse",
            ContractKind::Quanto => "quanto",
        };
        let (initial, maintenance) = (initial(profile), maintenance(profile));
        let fee = profile.fee_rate.map_or("not used".to_owned(), |rate| percent(rate.exact()));
        let (id, as_of) = (profile.id, &profile.source.as_of);
        let (tiers, markets) = (tiers(profile), markets(profile));
        writeln!(
            text,
            "| `{id}` | {as_of} | {contract} | {initial} | {maintenance} | {fee} | {tiers} | {markets} |"
        )
        .unwrap();
    }
    text.push_str(DOES);
    for profile in profiles().unwrap() {
        let bankruptcy = match profile.bankruptcy_fee {
            BankruptcyFee::None => "nothing left",
            BankruptcyFee::CloseThere(_) => "the fee to close left",
            BankruptcyFee::SetAside => "the fee set aside left",
        };
        let (id, fee, rest) = (profile.id, liquidation_fee(profile), left_over(profile));
        let (at_a_time, ratio) = (at_a_time(profile), ratio(profile));
        writeln!(text, "| `{id}` | {bankruptcy} | {fee} | {rest} | {at_a_time} | {ratio} |")
            .unwrap();
    }
    text.push_str("\n### Sources, and what is not modelled\n");
    for profile in profiles().unwrap() {
        write!(text, "\n**`{}`: {}.**\n", profile.id, profile.name).unwrap();
        writeln!(text, "Source: {}.", profile.source.origin).unwrap();
        if !profile.note.is_empty() {
            writeln!(text, "{}", profile.note).unwrap();
        }
        text.push('\n');
        for sentence in &profile.not_modelled {
            writeln!(text, "- {sentence}").unwrap();
        }
    }
    text
}

#[test]
fn the_tables_of_the_model_document_are_the_profiles() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/MODEL.md");
    let file = std::fs::read_to_string(path).unwrap();
    let (before, rest) = file.split_once(FIRST).unwrap();
    let at = rest.find("\n## ").unwrap();
    let expected = format!("{before}{}{}", generated(), rest.get(at..).unwrap());
    if std::env::var_os("UPDATE_MODEL").is_some() {
        std::fs::write(path, &expected).unwrap();
    } else {
        assert!(
            expected == file,
            "MODEL.md is out of date: UPDATE_MODEL=1 cargo test --no-default-features --test profiles"
        );
    }
}
