//! Process rules as text: a strict reader, and the sets that are shipped.
//!
//! A file is blocks of `key: value` lines with an empty line between blocks; lines that begin with
//! `#` are for people. A rule without a line is not documented. Only `step` may occur more than once.

use core::fmt;
use core::num::NonZeroUsize;
use std::sync::OnceLock;

use crate::quantity::{Exact, Money, Rate, Ratio, read_digits};
use crate::takeover::{FeeTaker, Ranking, Remainder, StepDown};
use crate::venue::{LeftOver, LiquidationFee, PartialLiquidation, Profile, Source, profile};

use super::rules::{Cancels, Freed, HandedOver, Partial, ProcessRules, SweepLimit, Unfilled};

/// Why a file of rules cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesError {
    /// The line at fault, from 1; of a block without a needed key, its last.
    pub line: usize,
    /// The key at fault.
    pub key: String,
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {} is missing, repeated or not understood", self.line, self.key)
    }
}

impl core::error::Error for RulesError {}

/// The rule sets that are shipped, the article's first; read and checked once. An error would be a
/// mistake in the shipped file; a test reads it.
pub fn rule_sets() -> Result<&'static [ProcessRules], RulesError> {
    static SETS: OnceLock<Result<Vec<ProcessRules>, RulesError>> = OnceLock::new();
    SETS.get_or_init(|| read_rules(include_str!("rules.txt")))
        .as_ref()
        .map(Vec::as_slice)
        .map_err(Clone::clone)
}

/// One set, by its id.
pub fn rule_set(id: &str) -> Option<&'static ProcessRules> {
    rule_sets().ok()?.iter().find(|rules| rules.id == id)
}

/// Reads a file of rule sets.
pub fn read_rules(text: &str) -> Result<Vec<ProcessRules>, RulesError> {
    let mut sets: Vec<ProcessRules> = Vec::new();
    let mut block: Vec<(usize, &str, &str)> = Vec::new();
    for (index, line) in text.lines().chain([""]).enumerate() {
        let number = index.saturating_add(1);
        if line.starts_with('#') {
            continue;
        }
        if !line.is_empty() {
            let (key, value) = line.split_once(": ").ok_or_else(|| fault(number, line))?;
            if key != "step" && block.iter().any(|(_, known, _)| *known == key) {
                return Err(fault(number, key));
            }
            block.push((number, key, value));
        } else if !block.is_empty() {
            let rules = rules(&block, number.saturating_sub(1))?;
            if sets.iter().any(|known| known.id == rules.id) {
                return Err(fault(number.saturating_sub(1), "id"));
            }
            sets.push(rules);
            block.clear();
        }
    }
    Ok(sets)
}

fn fault(line: usize, key: &str) -> RulesError {
    RulesError { line, key: key.to_owned() }
}

fn rules(block: &[(usize, &str, &str)], end: usize) -> Result<ProcessRules, RulesError> {
    let find = |key: &str| block.iter().find(|(_, known, _)| *known == key);
    let stated = |key: &str| {
        find(key).map(|(_, _, value)| (*value).to_owned()).ok_or_else(|| fault(end, key))
    };
    let profile = match find("profile") {
        Some((line, key, id)) => Some(profile(id).ok_or_else(|| fault(*line, key))?),
        None => None,
    };
    let name = match profile {
        Some(profile) if find("name").is_none() => profile.name.to_owned(),
        _ => stated("name")?,
    };
    let source = Source { origin: stated("source")?, as_of: stated("as_of")? };
    let mut rules = ProcessRules::unknown(stated("id")?, name, source);
    if let Some(profile) = profile {
        rules.take(profile);
    }
    for (line, key, value) in block {
        rules.set(key, value).ok_or_else(|| fault(*line, key))?;
    }
    Ok(rules)
}

impl ProcessRules {
    /// What a profile knows of it.
    fn take(&mut self, profile: &Profile) {
        self.partial = match profile.partial_liquidation {
            PartialLiquidation::None => Some(Partial::All),
            PartialLiquidation::OneTier => tiers(1),
            PartialLiquidation::TwoTiers => tiers(2),
            PartialLiquidation::Fraction { share, above, pause_seconds } => {
                let pause_ms = u64::from(pause_seconds).saturating_mul(1000);
                Some(Partial::Share { share, above, pause_ms })
            }
            PartialLiquidation::SmallSteps => Some(Partial::SmallSteps { share: None }),
            PartialLiquidation::NotKnown => None,
        };
        self.fee_rate = match profile.liquidation_fee {
            LiquidationFee::NotKnown => None,
            LiquidationFee::None => Some(Rate::from_exact(Exact::ZERO)),
            LiquidationFee::Of(rate) | LiquidationFee::AtMost(rate) => Some(rate),
        };
        self.remainder = match profile.left_over {
            LeftOver::Holder => Some(Remainder::ToHolder),
            LeftOver::Fund => Some(Remainder::ToFund),
            LeftOver::NotKnown => None,
        };
    }

    /// Sets a rule; nothing where the key or the value is not understood.
    fn set(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "id" | "profile" | "name" | "source" | "as_of" => {}
            "note" => value.clone_into(&mut self.note),
            "step" => self.steps.push(value.to_owned()),
            "warning_ratio" => self.warning_ratio = Some(Ratio::from_exact(above_zero(value)?)),
            "dwell_ms" => self.dwell_ms = Some(value.parse().ok()?),
            "check_ms" => self.check_ms = Some(value.parse().ok()?),
            "cancels" => {
                self.cancels = Some(match value {
                    "nothing" => Cancels::Nothing,
                    "position" => Cancels::OfPosition,
                    "account" => Cancels::OfAccount,
                    _ => return None,
                });
            }
            "freed" => {
                self.freed = Some(match value {
                    "wallet" => Freed::ToWallet,
                    "position" => Freed::ToPosition,
                    _ => return None,
                });
            }
            "partial" => self.partial = Some(partial(value)?),
            "handed_over" => self.handed_over = Some(handed_over(value)?),
            "deleverages" => self.deleverages = (value == "yes").then_some(true)?,
            "fee_rate" => self.fee_rate = Some(Rate::from_exact(number(value)?)),
            "fee_taker" => {
                self.fee_taker = Some(match value {
                    "venue" => FeeTaker::Venue,
                    "fund" => FeeTaker::Fund,
                    _ => return None,
                });
            }
            "remainder" => {
                self.remainder = Some(match value {
                    "holder" => Remainder::ToHolder,
                    "fund" => Remainder::ToFund,
                    _ => return None,
                });
            }
            "unfilled" => {
                self.unfilled = Some(match value.split_once(' ') {
                    None if value == "fund" => Unfilled::Fund,
                    Some(("backstop", below)) => {
                        Unfilled::Backstop { below: Ratio::from_exact(above_zero(below)?) }
                    }
                    _ => return None,
                });
            }
            "limit" => {
                self.limit = Some(match value {
                    "bankruptcy" => SweepLimit::Bankruptcy,
                    "market" => SweepLimit::Market,
                    _ => return None,
                });
            }
            "ranking" => {
                self.ranking = Some(match value {
                    "profit_over_balance" => Ranking::ProfitOverBalance,
                    "profit_times_leverage" => Ranking::ProfitTimesLeverage,
                    "profit_share_times_leverage" => Ranking::ProfitShareTimesLeverage,
                    _ => return None,
                });
            }
            _ => return None,
        }
        Some(())
    }
}

/// `all`, `tiers 2`, `to_first_from 3`, `share 0.2 above 100000 pause 30000`, `small_steps` and
/// `small_steps 0.05`.
fn partial(value: &str) -> Option<Partial> {
    let words: Vec<&str> = value.split(' ').collect();
    Some(match words.as_slice() {
        ["all"] => Partial::All,
        ["tiers", count] => tiers(count.parse().ok()?)?,
        ["to_first_from", tier] => {
            Partial::Tiers(StepDown::ToFirstFrom(NonZeroUsize::new(tier.parse().ok()?)?))
        }
        ["share", share, "above", above, "pause", pause] => Partial::Share {
            share: Rate::from_exact(above_zero(share)?),
            above: Money::from_exact(number(above)?),
            pause_ms: pause.parse().ok()?,
        },
        ["small_steps"] => Partial::SmallSteps { share: None },
        ["small_steps", share] => {
            Partial::SmallSteps { share: Some(Rate::from_exact(above_zero(share)?)) }
        }
        _ => return None,
    })
}

/// `lowest 1`, `lowest 2 or_below_first` and `excess`.
fn handed_over(value: &str) -> Option<HandedOver> {
    let words: Vec<&str> = value.split(' ').collect();
    let (tier, or_below_first) = match words.as_slice() {
        ["excess"] => return Some(HandedOver::Excess),
        ["lowest", tier] => (tier, false),
        ["lowest", tier, "or_below_first"] => (tier, true),
        _ => return None,
    };
    Some(HandedOver::Lowest { tier: tier.parse().ok()?, or_below_first })
}

fn tiers(count: usize) -> Option<Partial> {
    Some(Partial::Tiers(StepDown::By(NonZeroUsize::new(count)?)))
}

/// Plain digits with at most one point, or two such numbers as a fraction.
fn number(text: &str) -> Option<Exact> {
    let one = |text: &str| {
        let is_plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
        is_plain.then(|| read_digits(text)).flatten().map(Exact::from_decimal)
    };
    match text.split_once('/') {
        Some((part, whole)) => one(part)?.over(&one(whole)?).ok(),
        None => one(text),
    }
}

fn above_zero(text: &str) -> Option<Exact> {
    number(text).filter(Exact::is_positive)
}
