//! Why no value of the unknown meets a wish: a code and one sentence for each reason.

use crate::margin::{Reason, Rejection, Unknown, Wish};
use crate::quantity::Overflow;

use super::figure::written;
use super::question::Asked;

/// The codes of all reasons.
pub const REASONS: [&str; 11] = [
    "gaining_side",
    "already_lost",
    "margin_to_spare",
    "no_effect",
    "always_worse",
    "always_better",
    "would_be_rejected",
    "closed_at_once",
    "inside_jump",
    "table_ends",
    "step_too_coarse",
];

/// The code of a reason.
pub(super) const fn code(reason: &Reason) -> &'static str {
    match reason {
        Reason::GainingSide => "gaining_side",
        Reason::AlreadyLost => "already_lost",
        Reason::MarginToSpare(_) => "margin_to_spare",
        Reason::NoEffect => "no_effect",
        Reason::AlwaysWorse => "always_worse",
        Reason::AlwaysBetter => "always_better",
        Reason::Refused(_) => "would_be_rejected",
        Reason::ClosedAtOnce => "closed_at_once",
        Reason::InsideJump => "inside_jump",
        Reason::TableEnds => "table_ends",
        Reason::StepTooCoarse => "step_too_coarse",
    }
}

/// The whole sentence.
pub(super) fn sentence(asked: &Asked, reason: &Reason) -> Result<String, Overflow> {
    let unknown = match asked.place.unknown {
        Unknown::Leverage => "leverage",
        Unknown::Quantity => "quantity",
        Unknown::AddedMargin => "added margin",
        Unknown::EntryPrice => "entry price",
    };
    Ok(format!("no {unknown} gives {}: {}", wished(&asked.wish)?, why(asked, unknown, reason)?))
}

/// The wish, so that it can follow "gives".
fn wished(wish: &Wish) -> Result<String, Overflow> {
    Ok(match wish {
        Wish::LiquidationAt(price) => {
            format!("a liquidation price of {}", written(price.exact())?)
        }
        Wish::StopWithBuffer { stop, buffer } => format!(
            "a liquidation price beyond the stop at {} by {} of it",
            written(stop.exact())?,
            written(buffer.exact())?,
        ),
        Wish::LargestLoss(loss) => format!("a loss of {} at liquidation", written(loss.exact())?),
    })
}

fn why(asked: &Asked, unknown: &str, reason: &Reason) -> Result<String, Overflow> {
    let is_loss = matches!(asked.wish, Wish::LargestLoss(_));
    Ok(match reason {
        Reason::GainingSide => {
            "that is at the mark price, or on the side of it on which the position gains".to_owned()
        }
        Reason::AlreadyLost => {
            "the position has lost that much at the mark price already".to_owned()
        }
        Reason::MarginToSpare(spare) => format!(
            "margin of {} would have to be taken out, and none added",
            written(spare.exact())?
        ),
        Reason::NoEffect => format!("{unknown} does not move it here"),
        Reason::AlwaysWorse if is_loss => {
            format!("the position loses more before it is closed, whatever its {unknown}")
        }
        Reason::AlwaysWorse => {
            format!("the position is closed nearer to the mark price, whatever its {unknown}")
        }
        Reason::AlwaysBetter if is_loss => {
            format!("the position is closed with less lost, whatever its {unknown}")
        }
        Reason::AlwaysBetter => format!(
            "the position is closed further from the mark price or never, whatever its {unknown}"
        ),
        Reason::Refused(rejection) => {
            format!("the venue would not open the position so: {}", refusal(rejection)?)
        }
        Reason::ClosedAtOnce => {
            format!("the margin is used up at the mark price already, whatever the {unknown}")
        }
        Reason::InsideJump => {
            "what must be kept jumps at the edge of a tier, and the jump skips it".to_owned()
        }
        Reason::TableEnds => {
            "the tier table ends before, and no rate is known beyond it".to_owned()
        }
        Reason::StepTooCoarse => format!(
            "a value between two steps of {} does, and neither step does as well",
            written(&asked.step)?
        ),
    })
}

fn refusal(rejection: &Rejection) -> Result<String, Overflow> {
    Ok(match rejection {
        Rejection::LeverageAboveTier { max_leverage } => {
            format!("its tier at entry allows at most {}x", written(max_leverage.exact())?)
        }
        Rejection::SizeAboveTable { cap } => format!("the tier table ends at {}", written(cap)?),
        Rejection::MarginBelowMaintenance { maintenance_margin } => format!(
            "its margin is no more than the maintenance margin at entry, {}",
            written(maintenance_margin.exact())?
        ),
    })
}
