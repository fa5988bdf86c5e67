//! The files of the processes, in the order to list them: the one place in code that names them.

/// Each file as text; its header states its id.
pub(super) const FILES: [&str; 13] = [
    include_str!("processes/article.csv"),
    include_str!("processes/binance-usdm.csv"),
    include_str!("processes/bybit-linear.csv"),
    include_str!("processes/okx-swap.csv"),
    include_str!("processes/bitmex.csv"),
    include_str!("processes/deribit-linear.csv"),
    include_str!("processes/gate.csv"),
    include_str!("processes/kraken-linear.csv"),
    include_str!("processes/kucoin.csv"),
    include_str!("processes/hyperliquid.csv"),
    include_str!("processes/dydx.csv"),
    include_str!("processes/mexc.csv"),
    include_str!("processes/htx.csv"),
];
