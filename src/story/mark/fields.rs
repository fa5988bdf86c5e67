//! The fields of the chapter.

use crate::story::typed::{Field, Slider, Steps};
use crate::text::Suffix;

const fn price_field(
    id: &'static str,
    say: &'static str,
    label: &'static str,
    name: &'static str,
) -> Field {
    Field {
        id,
        say,
        label,
        name,
        unit: "USDT",
        sign: Suffix::None,
        least: "0",
        least_included: false,
        most: None,
        decimals: 12,
        slider: None,
        steps: Steps::Price,
    }
}

/// Index, last trade, middle of the book, funding rate, time left, interval, half-life.
pub(super) static FIELDS: [Field; 7] = [
    price_field("mark-index", "mark-index-say", "Index price", "index price"),
    price_field("mark-last", "mark-last-say", "Last trade", "last trade"),
    price_field("mark-mid", "mark-mid-say", "Middle of the book", "middle of the book"),
    Field {
        id: "mark-rate",
        say: "mark-rate-say",
        label: "Funding rate",
        name: "funding rate",
        unit: "%",
        sign: Suffix::Percent,
        least: "-10",
        least_included: true,
        most: Some("10"),
        decimals: 10,
        slider: Some(Slider { id: "mark-rate-slider", least: "-0.3", most: "0.3", step: "0.005" }),
        steps: Steps::By(["0.001", "0.01", "0.05"]),
    },
    Field {
        id: "mark-left",
        say: "mark-left-say",
        label: "Time to next funding",
        name: "time to funding",
        unit: "h",
        sign: Suffix::None,
        least: "0",
        least_included: true,
        most: Some("24"),
        decimals: 6,
        slider: Some(Slider { id: "mark-left-slider", least: "0", most: "8", step: "0.25" }),
        steps: Steps::By(["0.05", "0.25", "1"]),
    },
    Field {
        id: "mark-interval",
        say: "mark-interval-say",
        label: "From one funding to the next",
        name: "funding interval",
        unit: "h",
        sign: Suffix::None,
        least: "0",
        least_included: false,
        most: Some("24"),
        decimals: 6,
        slider: None,
        steps: Steps::By(["0.5", "1", "4"]),
    },
    Field {
        id: "mark-half",
        say: "mark-half-say",
        label: "Half-life of the basis",
        name: "half-life",
        unit: "s",
        sign: Suffix::None,
        least: "0",
        least_included: false,
        most: Some("3600"),
        decimals: 3,
        slider: Some(Slider { id: "mark-half-slider", least: "1", most: "300", step: "1" }),
        steps: Steps::By(["0.1", "1", "10"]),
    },
];
