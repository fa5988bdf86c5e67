//! One isolated position under the rules of a venue of the catalog.
//!
//! ```text
//! cargo run --no-default-features --example position
//! ```
//!
//! prints
//!
//! ```text
//! rules of Binance USDS-M, 2026-04
//! maintenance margin 118
//! margin ratio 0.118
//! closed at 57229, in tier 1
//! ```

use std::error::Error;

use margin_calculator::margin::{MarginRatio, Threshold, compute_any_width};
use margin_calculator::quantity::{Decimal, Leverage, Money, Price, Rounding, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::profile;

fn main() -> Result<(), Box<dyn Error>> {
    let number = Decimal::from_str_exact;
    let venue = profile("binance-usdm").ok_or("there is no such venue")?;
    let listed = venue.market("BTCUSDT").ok_or("the venue does not list that")?;
    let scenario = Scenario {
        margin_mode: MarginMode::Isolated { wallet_balance: None },
        markets: vec![Market {
            name: listed.name.to_owned(),
            rules: listed.rules.clone(),
            mark_price: Price::from_decimal(number("59000")?),
        }],
        positions: vec![Position {
            market: 0,
            side: Side::Long,
            quantity: Size::from_decimal(number("0.5")?),
            entry_price: Price::from_decimal(number("60000")?),
            leverage: Some(Leverage::from_decimal(number("20")?)),
            margin: PositionMargin::InitialPlus(Money::from_decimal(number("0")?)),
        }],
    };

    let (report, _) = compute_any_width(&scenario)?;
    let position = report.positions.first().ok_or("there is one position")?;
    println!("rules of {}, {}", venue.name, listed.rules.source.as_of);
    println!(
        "maintenance margin {}",
        position.maintenance_margin.round(8, Rounding::HalfEven)?.normalize()
    );
    match &position.margin_ratio {
        MarginRatio::Of(ratio) => {
            println!("margin ratio {}", ratio.round(6, Rounding::HalfEven)?.normalize())
        }
        MarginRatio::NothingLeft => println!("nothing is left"),
    }
    match &position.liquidation {
        // A long is closed below the mark. The price stands on the venue's step, toward the mark.
        Threshold::AtPrice { below, above } => {
            for crossing in [below, above].into_iter().flatten() {
                let price = crossing.price.round(8, Rounding::HalfEven)?.normalize();
                println!("closed at {price}, in tier {}", crossing.tier.number);
            }
        }
        Threshold::Never | Threshold::TableEnds => println!("no price closes it"),
        Threshold::Now { .. } => println!("closed as it stands"),
    }
    Ok(())
}
