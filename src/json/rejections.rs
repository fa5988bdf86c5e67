//! Why a venue would not open a position, as problems beside the answer.

use crate::margin::{Rejection, Report};
use crate::quantity::{Money, Number, Overflow, Wide};
use crate::scenario::{MarginMode, PositionMargin};

use super::figure::written;
use super::path::Path;
use super::problem::{Code, Problems};
use super::request::Request;

/// Tells every rejection at the field to change.
pub(super) fn tell(
    request: &Request,
    report: &Report,
    problems: &mut Problems,
) -> Result<(), Overflow> {
    wallet(request, report, problems)?;
    let positions = Path::Scenario.key("positions");
    let stated = request.scenario.positions.iter().zip(&report.positions);
    for (index, (position, figures)) in stated.enumerate() {
        let path = positions.row(index);
        for rejection in &figures.rejections {
            let (key, message) = match rejection {
                Rejection::LeverageAboveTier { max_leverage } => {
                    let most = written(max_leverage.exact())?;
                    let tier = figures.entry_tier.number;
                    ("leverage", format!("tier {tier} at entry allows at most {most}x"))
                }
                Rejection::SizeAboveTable { cap } => {
                    let cap = written(cap)?;
                    let message = format!(
                        "the tier table ends at {cap}; the rate of its last tier is used beyond it"
                    );
                    ("quantity", message)
                }
                Rejection::MarginBelowMaintenance { maintenance_margin } => {
                    let kept = written(maintenance_margin.exact())?;
                    let margin = match figures.position_margin {
                        Some(margin) => written(margin.exact())?,
                        None => "what is put down".to_owned(),
                    };
                    let key = match position.margin {
                        PositionMargin::Assigned(_) => "isolated_margin",
                        PositionMargin::InitialPlus(added) if added.exact().is_zero() => "leverage",
                        PositionMargin::InitialPlus(_) => "added_margin",
                    };
                    let message = format!(
                        "the margin of {margin} is no more than the maintenance margin at entry, \
                         {kept}"
                    );
                    (key, message)
                }
            };
            problems.add(
                &path.key(key),
                Code::WouldBeRejected,
                format_args!("the venue would not open it: {message}"),
            );
        }
    }
    Ok(())
}

/// Tells a wallet that does not cover what is set aside for its positions: initial margin in cross
/// mode, the assigned margins in isolated mode.
fn wallet(request: &Request, report: &Report, problems: &mut Problems) -> Result<(), Overflow> {
    let (wallet, needed) = match &request.scenario.margin_mode {
        MarginMode::Cross { wallet_balance } => {
            (Some(wallet_balance), report.account.initial_margin)
        }
        MarginMode::Isolated { wallet_balance } => {
            let assigned = report.positions.iter().map(|position| position.position_margin);
            let sum = assigned
                .flatten()
                .try_fold(Wide::zero(), |sum, margin| sum.plus(&Wide::of(margin.exact())))?;
            (wallet_balance.as_ref(), Some(Money::from_exact(sum.figure()?)))
        }
    };
    let (Some(wallet), Some(needed), None) = (wallet, needed, &request.coins) else {
        return Ok(());
    };
    if wallet.exact().is_below(needed.exact())? {
        let needed = written(needed.exact())?;
        problems.add(
            &Path::Scenario.key("wallet_balance"),
            Code::WouldBeRejected,
            format_args!(
                "the venue would not open it: the wallet is below the margin of {needed} that its \
                 positions set aside"
            ),
        );
    }
    Ok(())
}
