//! The leverage that puts a liquidation price where it is wanted, and why there may be none.
//!
//! ```text
//! cargo run --no-default-features --example backwards
//! ```
//!
//! prints
//!
//! ```text
//! closed at 55000 or below: 11.4x
//! it is closed at 54956.7
//! not at 61000: GainingSide
//! nearest is 48.5x
//! ```

use std::error::Error;

use margin_calculator::margin::{Solution, Unknown, Wish, compute_any_width, solve, with_unknown};
use margin_calculator::quantity::{
    Decimal, Exact, Leverage, Money, Price, Rate, Rounding, Side, Size,
};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    ContractKind, Source, TierBasis, TierKind, TierRow, TierTable, VenueRules,
};

fn main() -> Result<(), Box<dyn Error>> {
    let scenario = scenario()?;
    let step = exact("0.1")?;
    for wanted in ["55000", "61000"] {
        let wish = Wish::LiquidationAt(Price::from_exact(exact(wanted)?));
        match solve(&scenario, 0, &wish, Unknown::Leverage, &step)? {
            Solution::Found { rounded, .. } => {
                let leverage = rounded.value.round(1, Rounding::HalfEven)?;
                println!("closed at {wanted} or below: {leverage}x");
                // Forwards again, with that leverage put in.
                let changed = with_unknown(&scenario, 0, Unknown::Leverage, &rounded.value)?;
                let (report, _) = compute_any_width(&changed)?;
                let position = report.positions.first().ok_or("there is one position")?;
                let closing = position.liquidation.crossing().ok_or("a price closes it")?;
                println!("it is closed at {}", closing.price.round(1, Rounding::HalfEven)?);
            }
            Solution::Unreachable { reason, nearest } => {
                println!("not at {wanted}: {reason:?}");
                if let Some(nearest) = nearest {
                    println!("nearest is {}x", nearest.value.round(1, Rounding::HalfEven)?);
                }
            }
        }
    }
    Ok(())
}

/// Half a coin at 60 000 under a table of two tiers.
fn scenario() -> Result<Scenario, Box<dyn Error>> {
    let tier = |floor: &str, cap: Option<&str>, rate: &str, most: &str| {
        Ok::<_, Box<dyn Error>>(TierRow {
            floor: exact(floor)?,
            cap: cap.map(exact).transpose()?,
            maintenance_margin_rate: Rate::from_exact(exact(rate)?),
            maintenance_amount: None,
            max_leverage: Some(Leverage::from_exact(exact(most)?)),
        })
    };
    let rows = [tier("0", Some("50000"), "0.004", "125")?, tier("50000", None, "0.005", "100")?];
    let tiers = TierTable::try_new(TierKind::Marginal, TierBasis::Notional, &rows)?;
    let source = Source { origin: "an example".to_owned(), as_of: "2026-04".to_owned() };
    let mut rules = VenueRules::plain(ContractKind::Linear, tiers, source);
    rules.tick_size = Some(Price::from_exact(exact("0.1")?));
    let mark_price = Price::from_exact(exact("59000")?);
    Ok(Scenario {
        margin_mode: MarginMode::Isolated { wallet_balance: None },
        markets: vec![Market { name: "MY-PERP".to_owned(), rules, mark_price }],
        positions: vec![Position {
            market: 0,
            side: Side::Long,
            quantity: Size::from_exact(exact("0.5")?),
            entry_price: Price::from_exact(exact("60000")?),
            leverage: None,
            margin: PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
        }],
    })
}

fn exact(text: &str) -> Result<Exact, Box<dyn Error>> {
    Ok(Exact::from_decimal(Decimal::from_str_exact(text)?))
}
