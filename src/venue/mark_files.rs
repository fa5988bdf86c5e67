//! The files of the mark price formulas, in the order to list them: the one place in code that names them.

/// Each file as text; its header states its id.
pub(super) const FILES: [&str; 7] = [
    include_str!("marks/binance.csv"),
    include_str!("marks/bybit.csv"),
    include_str!("marks/okx.csv"),
    include_str!("marks/bitmex.csv"),
    include_str!("marks/deribit.csv"),
    include_str!("marks/hyperliquid.csv"),
    include_str!("marks/binance-coinm-2025.csv"),
];
