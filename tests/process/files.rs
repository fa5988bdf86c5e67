//! Paths as files: what is read, what is told, and what is refused with which sentence.

use margin_calculator::process::{MOST_MOMENTS, Moment, PathFile, PathNote, read_path};
use margin_calculator::text::NumberStyle;

use crate::world::price;

fn read(text: &str) -> PathFile {
    read_path(text, NumberStyle::Space).unwrap()
}

fn moment(at: u64, index: &str, last: &str, mid: &str) -> Moment {
    Moment { at, index: price(index), last: price(last), mid: price(mid) }
}

#[test]
fn plain_rows_are_read_with_and_without_names() {
    let expected = [moment(0, "97.5", "97.5", "97.5"), moment(1000, "96", "96", "96")];
    for text in [
        "0,97.5\n1,96\n",
        "time,price\n0,97.5\n1,96",
        "\u{feff}Time , Price\r\n100, 97.5\r\n\r\n101, 96\r\n",
        "price;time\n97.5;5\n96;6\n",
        "time_ms\tprice\n1700000000000\t97.5\n1700000001000\t96\n",
        "\"time\",\"index\"\n\"0\",\"97.5\"\n\"1.000\",\"96\"\n",
    ] {
        let file = read(text);
        assert_eq!(file.moments, expected, "{text:?}");
        assert_eq!(file.notes, [], "{text:?}");
    }
}

#[test]
fn all_four_columns_are_read() {
    let file = read("0,97,96,98\n0.25,97.1,96.1,98.1\n");
    assert_eq!(file.moments, [moment(0, "97", "96", "98"), moment(250, "97.1", "96.1", "98.1")]);
    let file = read("0,97,96\n");
    assert_eq!(file.moments, [moment(0, "97", "96", "97")]);
    assert_eq!(file.notes, [PathNote::NoMid]);
    let file = read("mid,time,index\n98,0,97\n");
    assert_eq!(file.moments, [moment(0, "97", "97", "98")]);
    assert_eq!(file.notes, [PathNote::NoLast]);
    for note in file.notes {
        assert_eq!(note.to_string(), "No last trade in the file: the index stands for it.");
    }
}

#[test]
fn numbers_are_read_in_the_readers_style_where_commas_do_not_separate() {
    let cases = [
        (NumberStyle::Point, "0;26.000,50\n1;25.999,25\n"),
        (NumberStyle::Comma, "0;26,000.50\n1;25,999.25\n"),
        (NumberStyle::Space, "0\t26\u{202f}000.50\n1\t25 999.25\n"),
        (NumberStyle::Apostrophe, "0;26'000.50\n1;25\u{2019}999.25\n"),
        (NumberStyle::Indian, "0;26,000.50\n1;25,999.25\n"),
    ];
    for (style, text) in cases {
        let file = read_path(text, style).unwrap();
        assert_eq!(file.moments[0].index, price("26000.5"), "{text:?}");
        assert_eq!(file.moments[1].index, price("25999.25"), "{text:?}");
    }
    // A decimal comma, and one that could be a group.
    let file = read_path("0;97,5\n0,5;97,125\n", NumberStyle::Point).unwrap();
    assert_eq!(
        file.moments,
        [moment(0, "97.5", "97.5", "97.5"), moment(500, "97.125", "97.125", "97.125")]
    );
    // Where commas separate, the point begins the decimals in every style.
    let file = read_path("0,97.125\n", NumberStyle::Point).unwrap();
    assert_eq!(file.moments[0].index, price("97.125"));
}

#[test]
fn long_gaps_are_told_and_longer_ones_refused() {
    let file = read("0,97\n60,97\n121,97\n421,97\n");
    assert_eq!(file.notes, [PathNote::Gaps { count: 2, first_line: 3, longest_ms: 300_000 }]);
    assert_eq!(
        file.notes[0].to_string(),
        "Rows lie more than a minute apart several times, first before line 3, at most 300 seconds: \
         the last price holds until the next row."
    );
    assert_eq!(read("0,97\n604800,97\n").moments.len(), 2);
    let refused = read_path("0,97\n604800.001,97\n", NumberStyle::Space).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Line 2: more than seven days after the row before; that is not one path."
    );
}

#[test]
fn what_is_no_path_is_refused_with_its_line_and_a_sentence() {
    let empty =
        "The file has no row. Expected lines of time and price, or of time, index, last and mid.";
    let columns =
        "Line 1: the columns need time or time_ms, and price or index, each at most once.";
    let time = "Line 1: time must be 0 or more, in seconds with at most three decimals or in whole \
                milliseconds.";
    let cases = [
        ("", empty),
        ("\n \r\n", empty),
        ("time,price\n", empty),
        (
            "<!doctype html>\n<p>0,97",
            "This is a web page, not a table. Save the prices as CSV and open that file.",
        ),
        (" <html>", "This is a web page, not a table. Save the prices as CSV and open that file."),
        (
            "time,price,volume\n0,97,1",
            "Line 1: \"volume\" is not a column of a path. Known are time, time_ms, price, index, last and mid.",
        ),
        ("time,last\n0,97", columns),
        ("time,time_ms,price\n0,0,97", columns),
        ("time,price,index\n0,97,97", columns),
        ("97\n98", "Line 1: 1 cells where 2 are expected."),
        ("0,1,2,3,4", "Line 1: 5 cells where 4 are expected."),
        ("0,97\n\n1", "Line 3: 1 cells where 2 are expected."),
        ("0,97\n1,97,98", "Line 2: 3 cells where 2 are expected."),
        ("0,97\n1,n/a", "Line 2: price is \"n/a\", which is not a number."),
        ("0,97\n1,", "Line 2: price is \"\", which is not a number."),
        ("0,97\n1,5%", "Line 2: price is \"5%\", which is not a number."),
        (
            "0,97\n12:30,97",
            "Line 2: time is \"12:30\", which is not a number. Times are counted in seconds, as 0, 1.5 or 90.",
        ),
        ("0,97,NaN", "Line 1: last is \"NaN\", which is not a number."),
        ("0,97\n1,0", "Line 2: price must be above 0."),
        ("0,97\n1,-3", "Line 2: price must be above 0."),
        ("0,97,96,-1", "Line 1: mid must be above 0."),
        ("0,1000000000000", "Line 1: price has more than 12 digits before the point or after it."),
        (
            "0,1.0000000000001",
            "Line 1: price has more than 12 digits before the point or after it.",
        ),
        ("-1,97", time),
        ("0.0001,97", time),
        (
            "time_ms,price\n0,97\n0.5,97",
            "Line 3: time must be 0 or more, in seconds with at most three decimals or in whole milliseconds.",
        ),
        ("0,97\n0,98", "Line 2: time must be later than in the row before."),
        ("5,97\n6,97\n5.5,98", "Line 3: time must be later than in the row before."),
        ("5,97\n4,98", "Line 2: time must be later than in the row before."),
    ];
    for (text, sentence) in cases {
        let error = read_path(text, NumberStyle::Space).expect_err(text);
        assert_eq!(error.to_string(), sentence, "{text:?}");
    }
}

#[test]
fn too_many_rows_are_refused_before_they_are_read() {
    let rows = |count: usize| (0..count).map(|row| format!("{row},97\n")).collect::<String>();
    assert_eq!(read(&rows(MOST_MOMENTS)).moments.len(), MOST_MOMENTS);
    // What comes after the last row that fits is not looked at.
    let text = format!("{}nonsense", rows(MOST_MOMENTS));
    let error = read_path(&text, NumberStyle::Space).unwrap_err();
    assert_eq!(error.line, MOST_MOMENTS + 1);
    assert_eq!(
        error.to_string(),
        "The file has more than 100000 rows. Nothing of it is used; leave out rows, or cut the file."
    );
}
