//! Every shipped table is contiguous, rising and continuous; a table that is not is refused in words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use margin_calculator::quantity::{Exact, Money, Rate, Rounding};
use margin_calculator::venue::{TableFile, TierBasis, TierKind, TierRow, TierTable, catalog};
use rust_decimal::{Decimal, RoundingStrategy};

const BINANCE: &str = include_str!("../src/venue/tables/binance-usdm.csv");
const ARTICLE: &str = include_str!("../src/venue/tables/article.csv");
const MARKETS: &str = include_str!("../src/venue/tables/markets.csv");
const BTC_2021: &str = include_str!("vectors/tables/btc-2021-03.csv");

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// The rows of a file as its text has them, without the reader under test.
fn cells(text: &str) -> Vec<Vec<&str>> {
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|line| line.split(',').collect()).collect()
}

#[test]
fn the_catalog_reads_all_its_files() {
    let catalog = catalog().unwrap();
    let coins: Vec<_> = catalog.listings().iter().map(|listing| listing.coin).collect();
    let expected =
        ["BTC", "ETH", "XRP", "BNB", "SOL", "TRX", "DOGE", "ADA", "HYPE", "BCH", "LINK", "ZEC"];
    assert_eq!(coins, expected);
    let ids: Vec<_> = catalog.tables().iter().map(|info| info.id).collect();
    assert_eq!(ids, ["binance-usdm", "article"]);
    for info in catalog.tables() {
        assert!(!info.name.is_empty() && !info.note.is_empty(), "{}", info.id);
        assert!(!info.source.origin.is_empty(), "{}", info.id);
        assert!(info.source.as_of.starts_with("2026-"), "{}", info.id);
    }
    for listing in catalog.listings() {
        assert!(catalog.table("binance-usdm", listing.coin).is_some(), "{}", listing.coin);
        assert_eq!(catalog.table("article", listing.coin).is_some(), listing.coin == "BTC");
    }
    assert!(catalog.table("binance-usdm", "LEO").is_none());
    assert!(catalog.table("elsewhere", "BTC").is_none());
    assert!(catalog.listing("btc").is_none());
    assert_eq!(catalog.snapshot_source().as_of, "2026-01-31");
}

#[test]
fn binance_tiers_are_contiguous_rising_and_continuous_as_stated() {
    let (mut tiers, mut steps) = (0, 0);
    for text in [BINANCE, BTC_2021] {
        let rows = cells(text);
        let pairs = rows.iter().zip(rows.iter().skip(1));
        for row in &rows {
            let [_, _, _, rate, amount, leverage] = row.as_slice() else { panic!("{row:?}") };
            assert!(!amount.is_empty(), "every amount is stated: {row:?}");
            assert!(decimal(leverage) * decimal(rate) < Decimal::ONE, "closed at once: {row:?}");
            tiers += 1;
        }
        for (lower, upper) in pairs {
            let [market, _, cap, rate, amount, leverage] = lower.as_slice() else { panic!() };
            let [next, floor, _, next_rate, next_amount, next_leverage] = upper.as_slice() else {
                panic!()
            };
            if market != next {
                assert_eq!(decimal(floor), Decimal::ZERO, "{upper:?}");
                assert_eq!(decimal(next_amount), Decimal::ZERO, "{upper:?}");
                continue;
            }
            let floor = decimal(floor);
            assert_eq!(decimal(cap), floor, "contiguous: {upper:?}");
            assert!(decimal(rate) < decimal(next_rate), "rising: {upper:?}");
            assert!(decimal(leverage) > decimal(next_leverage), "falling leverage: {upper:?}");
            let before = floor * decimal(rate) - decimal(amount);
            let after = floor * decimal(next_rate) - decimal(next_amount);
            assert_eq!(before, after, "continuous: {upper:?}");
            steps += 1;
        }
    }
    println!("{tiers} tiers, {steps} steps between them, all continuous");
}

#[test]
fn stated_amounts_are_the_derived_ones() {
    for text in [BINANCE, BTC_2021] {
        let file = TableFile::parse(text).unwrap();
        let mut rows = cells(text).into_iter();
        for (market, table) in &file.markets {
            assert_eq!((table.kind(), table.basis()), (TierKind::Marginal, TierBasis::Notional));
            for tier in table.tiers() {
                assert_eq!(tier.stated_amount, None, "{market} {}", tier.number);
                let row = rows.next().unwrap();
                let amount = Money::from_decimal(decimal(row.get(4).unwrap()));
                assert_eq!(tier.maintenance_amount, amount, "{market} {}", tier.number);
            }
        }
        assert!(rows.next().is_none());
    }
}

/// Binance's COIN-M help page prints amounts that its own edges contradict; its calculator used
/// 11.605. Source: dev.binance.vision thread 6292.
#[test]
fn an_amount_that_the_edges_contradict_is_kept_beside_the_derived_one() {
    let text = "# source: FAQ ceccfcfb4e3a45e3b48b0b1bb1a8ae46\n# as_of: 2021\n\
        market,floor,cap,maintenance_margin_rate,maintenance_amount,max_leverage\n\
        BTCUSD,0,5,0.004,0,125\nBTCUSD,5,10,0.005,0.005,100\nBTCUSD,10,20,0.01,0.055,50\n\
        BTCUSD,20,50,0.025,0.56,20\nBTCUSD,50,100,0.05,1.81,10\nBTCUSD,100,200,0.1,,5\n\
        BTCUSD,200,400,0.125,11.81,4\n";
    let file = TableFile::parse(text).unwrap();
    let tiers = file.table("BTCUSD").unwrap().tiers();
    let seen: Vec<_> =
        tiers.iter().map(|tier| (tier.maintenance_amount, tier.stated_amount)).collect();
    let money = |text| Money::from_decimal(decimal(text));
    assert_eq!(
        seen,
        [
            (money("0"), None),
            (money("0.005"), None),
            (money("0.055"), None),
            (money("0.355"), Some(money("0.56"))),
            (money("1.605"), Some(money("1.81"))),
            (money("6.605"), None),
            (money("11.605"), Some(money("11.81"))),
        ]
    );
}

#[test]
fn the_article_table_is_flat_by_quantity() {
    let file = TableFile::parse(ARTICLE).unwrap();
    let table = file.table("BTCUSDT").unwrap();
    assert_eq!((table.kind(), table.basis()), (TierKind::Flat, TierBasis::Quantity));
    let rates: Vec<_> = table
        .tiers()
        .iter()
        .map(|tier| tier.maintenance_margin_rate.round(3, Rounding::HalfEven).unwrap().to_string())
        .collect();
    assert_eq!(rates, ["0.005", "0.010", "0.015"]);
    assert_eq!(table.max_leverage(), None);
    assert_eq!(table.end(), None);
    assert!(file.note.contains("assumed") && file.note.contains("differ"), "{}", file.note);
}

#[test]
fn snapshot_prices_are_the_pages_rounded_to_the_tick() {
    let catalog = catalog().unwrap();
    let rows = cells(MARKETS);
    assert_eq!(rows.len(), catalog.listings().len());
    for (listing, row) in catalog.listings().iter().zip(&rows) {
        let [coin, _, symbol, tick, step, page, snapshot] = row.as_slice() else {
            panic!("{row:?}")
        };
        assert_eq!((listing.coin, listing.symbol), (*coin, *symbol));
        assert_eq!(listing.snapshot_text, *snapshot);
        assert_eq!(listing.tick_places, decimal(tick).scale());
        assert_eq!(listing.quantity_places, decimal(step).scale());
        let rounded = decimal(page)
            .round_dp_with_strategy(listing.tick_places, RoundingStrategy::MidpointNearestEven);
        assert_eq!(rounded.to_string(), *snapshot, "{coin}");
        assert_eq!(*listing.snapshot_price.exact(), Exact::from_decimal(rounded));
        let on_tick = listing
            .snapshot_price
            .exact()
            .to_step(listing.tick_size.exact(), Rounding::Floor)
            .unwrap();
        assert_eq!(on_tick, *listing.snapshot_price.exact(), "{coin}");
    }
    let text = |coin| catalog.listing(coin).unwrap().snapshot_text;
    assert_eq!((text("BTC"), text("ZEC")), ("87959.9", "521.48"));
}

const HEAD: &str = "# source: a test\n# as_of: 2026\n";
const NAMES: &str = "market,floor,cap,maintenance_margin_rate,maintenance_amount,max_leverage\n";

#[track_caller]
fn refused(text: &str, sentence: &str) {
    let error = TableFile::parse(text).unwrap_err();
    assert_eq!(error.to_string(), sentence);
}

#[track_caller]
fn rows_refused(rows: &str, sentence: &str) {
    refused(&format!("{HEAD}{NAMES}{rows}"), sentence);
}

#[test]
fn a_file_must_say_where_it_comes_from() {
    let row = "BTC,0,,0.01,,\n";
    refused(
        &format!("# as_of: 2026\n{NAMES}{row}"),
        "line 3: the table does not state its source; add a line \"# source: …\"",
    );
    refused(
        &format!("# source: a test\n{NAMES}{row}"),
        "line 3: the table does not state its as_of; add a line \"# as_of: …\"",
    );
    refused("", "line 1: the table does not state its source; add a line \"# source: …\"");
    let unknown = "line 1: this is not a header the table can have; expected \"# key: value\"";
    refused(&format!("# sauce: x\n{HEAD}{NAMES}{row}"), unknown);
    refused(&format!("# name:  \n{HEAD}{NAMES}{row}"), unknown);
    refused(&format!("# source: x\n{HEAD}{NAMES}{row}"), "line 2: source is stated twice");
    let kind = format!("{HEAD}# kind: steep\n{NAMES}{row}");
    refused(&kind, "line 3: kind must be one of marginal, flat");
    let basis = format!("{HEAD}# basis: weight\n{NAMES}{row}");
    refused(&basis, "line 3: basis must be one of notional, quantity");
    let both = format!("{HEAD}# kind: marginal\n# basis: quantity\n{NAMES}{row}");
    let sentence = "line 4: basis must be one of notional (quantity needs kind: flat)";
    refused(&both, sentence);
    let columns = "the columns must be named market,floor,cap,maintenance_margin_rate,\
        maintenance_amount,max_leverage";
    refused(&format!("{HEAD}{row}"), &format!("line 3: {columns}"));
    refused(HEAD, &format!("line 2: {columns}"));
    refused(&format!("#source: x\n{HEAD}{NAMES}{row}"), &format!("line 1: {columns}"));
}

#[test]
fn a_row_must_be_plain_numbers() {
    rows_refused("", "line 3: the table has no rows");
    rows_refused("BTC,0,,0.01,\n", "line 4: the row has 5 cells where 6 are needed");
    rows_refused("BTC,0,,0.01,,,\n", "line 4: the row has 7 cells where 6 are needed");
    rows_refused("\n", "line 4: the row has 1 cells where 6 are needed");
    rows_refused(",0,,0.01,,\n", "line 4: market is empty");
    rows_refused("BTC,,,0.01,,\n", "line 4: floor is empty");
    rows_refused("BTC,0,,,,\n", "line 4: maintenance_margin_rate is empty");
    rows_refused("BTC,0,,0.01,,0\n", "line 4: max_leverage must be above 0");
    for odd in [
        "O.01",
        "1e-2",
        "-0.01",
        "+0.01",
        ".01",
        "1.",
        "0.0.1",
        " 0.01",
        "0.01 ",
        "1_0",
        "0x1",
        "∞",
        "NaN",
        "1٫5",
        "٣",
        "1'000",
        "1%",
        "99999999999999999999999999999",
        "0.00000000000000000000000000001",
    ] {
        let sentence = format!(
            "line 4: maintenance_margin_rate is \"{odd}\"; only digits with one point are read"
        );
        rows_refused(&format!("BTC,0,,{odd},,\n"), &sentence);
    }
    rows_refused(
        "BTC,0,5 k,0.01,,\n",
        "line 4: cap is \"5 k\"; only digits with one point are read",
    );
}

#[test]
fn tiers_must_fit_together() {
    rows_refused("BTC,1,,0.01,,\n", "line 4: BTC: row 1 must begin at 0");
    rows_refused(
        "BTC,0,10,0.01,,\nBTC,20,,0.02,,\n",
        "line 5: BTC: row 2 does not begin where the row before it ends",
    );
    rows_refused(
        "BTC,0,10,0.01,,\nBTC,5,,0.02,,\n",
        "line 5: BTC: row 2 does not begin where the row before it ends",
    );
    rows_refused(
        "BTC,0,10,0.02,,\nBTC,10,,0.01,,\n",
        "line 5: BTC: row 2 has a lower rate than the row before it",
    );
    rows_refused("BTC,0,0,0.01,,\n", "line 4: BTC: row 1 ends at or below its beginning");
    rows_refused(
        "BTC,0,,0.01,,\nBTC,10,,0.02,,\n",
        "line 4: BTC: row 1 has no end but is not the last",
    );
    rows_refused("BTC,0,,1,,\n", "line 4: BTC: row 1: the rate must be from 0 to below 1");
    rows_refused(
        "BTC,0,10,0.01,,20\nBTC,10,,0.02,,50\n",
        "line 5: BTC: row 2 allows more leverage than the row before it",
    );
    rows_refused(
        "BTC,0,10,0.01,,\nETH,0,,0.01,,\nBTC,10,,0.02,,\n",
        "line 6: the rows of BTC do not stand together",
    );
    rows_refused(
        "ETH,0,,0.01,,\nBTC,0,10,0.01,,\nBTC,20,,0.02,,\n",
        "line 6: BTC: row 2 does not begin where the row before it ends",
    );
    // The hole of a public test fixture: tier 5 ends at 1,000,000, tier 6 begins at 10,000,000.
    // Source: github.com/freqtrade/freqtrade@c9ae5e1e tests/conftest.py, 2024-10-24.
    rows_refused(
        "AAVE,0,5000,0.01,0,50\nAAVE,5000,25000,0.02,75,25\nAAVE,25000,100000,0.05,700,10\n\
         AAVE,100000,250000,0.1,5700,5\nAAVE,250000,1000000,0.125,11950,2\n\
         AAVE,10000000,50000000,0.5,386950,1\n",
        "line 9: AAVE: row 6 does not begin where the row before it ends",
    );
}

#[test]
fn line_ends_of_any_system_and_several_markets_are_read() {
    let rows = "BTC,0,10,0.01,,\nBTC,10,,0.02,,\nETH,0,,0.03,,7\n";
    let text = format!("{HEAD}{NAMES}{rows}").replace('\n', "\r\n");
    let file = TableFile::parse(&text).unwrap();
    let shape: Vec<_> =
        file.markets.iter().map(|(name, table)| (*name, table.tiers().len())).collect();
    assert_eq!(shape, [("BTC", 2), ("ETH", 1)]);
    assert_eq!((file.name, file.note), ("", ""));
    assert_eq!(file.source.origin, "a test");
    assert!(file.table("XRP").is_none());
}

#[test]
fn a_marginal_table_by_quantity_needs_its_amounts() {
    let row = |floor: i64, cap: Option<i64>, amount: Option<i64>| TierRow {
        floor: Exact::from_integer(floor),
        cap: cap.map(Exact::from_integer),
        maintenance_margin_rate: Rate::from_exact(Exact::ZERO),
        maintenance_amount: amount.map(|amount| Money::from_exact(Exact::from_integer(amount))),
        max_leverage: None,
    };
    let table = |amount| {
        let rows = [row(0, Some(1), None), row(1, None, amount)];
        TierTable::try_new(TierKind::Marginal, TierBasis::Quantity, &rows)
    };
    let amounts: Vec<Exact> =
        table(Some(60)).unwrap().tiers().iter().map(|it| *it.maintenance_amount.exact()).collect();
    assert_eq!(amounts, [Exact::ZERO, Exact::from_integer(60)]);
    assert_eq!(
        table(None).map_err(|error| error.to_string()),
        Err("a marginal table by quantity must state the maintenance amount of every row after the \
             first: its edges are no money"
            .to_owned())
    );
}
