//! What each claim's numbers give, made by the same calculation as the page.

use crate::changing::{closing_under, scaled};
use crate::margin::{amounts_at, compute_position};
use crate::quantity::{Exact, Leverage, Money, Price, Ratio, Rounding, Side};
use crate::scenario::{MarginMode, Position, PositionMargin, Scenario, open};
use crate::text::NumberStyle;
use crate::venue::{USUAL_TABLE, catalog};
use crate::words::{Answer, Pen, answer, month};

use super::counts::{documented, row};
use super::file::Claim;
use super::venues::{AtVenue, by_venue};

/// A claim's figure in words, with a row for each venue where they differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// What the numbers give.
    pub sentence: String,
    /// Who, what, and of which date.
    pub rows: Vec<[String; 3]>,
    /// What stands for names in braces in the claim's reason.
    pub named: Vec<(&'static str, String)>,
}

impl From<String> for Figure {
    fn from(sentence: String) -> Self {
        Self { sentence, ..Self::default() }
    }
}

/// The answer to a claim's numbers, written in a style. Absent if they cannot be answered, which a test
/// would have found.
pub fn answered(claim: &Claim, style: NumberStyle) -> Option<Answer> {
    asked(claim.numbers, style)
}

fn asked(query: &str, style: NumberStyle) -> Option<Answer> {
    let catalog = catalog().ok()?;
    let mut draft = open(query, catalog).draft;
    draft.restyle(style);
    answer(&draft, catalog).1.ok()
}

/// The figure of a claim.
pub fn figure(claim: &Claim, style: NumberStyle) -> Option<Figure> {
    let case = Case::new(answered(claim, style)?);
    Some(match claim.key {
        "a1" => case.lines_meet()?.into(),
        "a2" => case.past()?.into(),
        "a3" => case.set_aside().into(),
        "a4" => case.kept_by_venue(),
        "a5" => case.two_tables(style)?.into(),
        "b1" => case.odd_trade(claim)?.into(),
        "b2" => case.median(claim)?.into(),
        "b3" => case.with_a_minus()?.into(),
        "b4" => case.warned()?.into(),
        "b5" => case.in_time(claim)?.into(),
        "c1" => case.dip(claim)?.into(),
        "c2" => case.freed(claim)?.into(),
        "c3" => case.in_part(claim)?.into(),
        "c4" => case.left_over(claim)?.into(),
        "c5" => case.fee(claim)?,
        "d1" => case.room(style)?.into(),
        "d2" => case.closed_by_venue(style)?,
        "d3" => case.wallet(style)?.into(),
        "d4" => case.added()?.into(),
        "d5" => documented(&case.pen)?.into(),
        "e1" => case.other_rate()?.into(),
        "e2" => case.both_sides()?.into(),
        "e3" => case.still_there().into(),
        "e4" => case.recovered(claim)?.into(),
        _ => return None,
    })
}

/// An answer with its pen.
pub(super) struct Case {
    pub(super) answer: Answer,
    pub(super) pen: Pen,
}

impl Case {
    fn new(answer: Answer) -> Self {
        let pen = Pen::new(&answer);
        Self { answer, pen }
    }

    pub(super) fn closing(&self) -> Option<Price> {
        Some(self.answer.report.liquidation.crossing()?.price)
    }

    fn mark(&self) -> String {
        self.pen.price(&self.answer.market.mark_price)
    }

    fn have(&self) -> String {
        self.pen.available(&self.answer.report.margin_balance)
    }

    fn keep(&self) -> String {
        self.pen.required(&self.answer.report.maintenance_margin)
    }

    /// How far from entry it is closed, without its sign.
    fn distance(&self) -> Option<Ratio> {
        let closing = self.answer.report.liquidation.crossing()?.exact;
        closing.change_from(&self.answer.position.entry_price).ok()
    }

    pub(super) fn missing(&self) -> Option<Money> {
        let report = &self.answer.report;
        report.maintenance_margin.minus(&report.margin_balance).ok()
    }

    fn lines_meet(&self) -> Option<String> {
        let closing = self.answer.report.liquidation.crossing()?;
        let at = amounts_at(&self.answer.position, &self.answer.market, &closing.exact).ok()?;
        Some(format!(
            "The two meet at {}: what you have is {} there, and what you must keep is {}.",
            self.pen.price(&closing.price),
            self.pen.money(&at.0),
            self.pen.money(&at.1?)
        ))
    }

    fn past(&self) -> Option<String> {
        Some(format!(
            "At a mark of {} you have {} and must keep {}: already past the line at {}.",
            self.mark(),
            self.have(),
            self.keep(),
            self.pen.price(&self.closing()?)
        ))
    }

    fn set_aside(&self) -> String {
        format!(
            "Set aside to open: {}. Watched, and set aside nowhere: {}.",
            self.pen.required(&self.answer.initial_margin),
            self.keep()
        )
    }

    fn kept_by_venue(&self) -> Figure {
        let rows = self
            .venues(&self.answer.leverage)
            .into_iter()
            .map(|at| row(at.profile, self.pen.required(&at.report.maintenance_margin)));
        Figure {
            sentence: format!("What 0.1 BTC at {} must keep:", self.mark()),
            rows: rows.collect(),
            ..Figure::default()
        }
    }

    fn venues(&self, leverage: &Leverage) -> Vec<AtVenue> {
        by_venue(&self.answer.position.quantity, &self.answer.position.entry_price, leverage)
    }

    fn two_tables(&self, style: NumberStyle) -> Option<String> {
        let usual = Self::new(asked("preset=btc&lev=100", style)?);
        let table = catalog().ok()?.table_info(USUAL_TABLE)?;
        let tiers = &usual.answer.market.rules.tiers;
        let (first, last) = (tiers.tiers().first()?, tiers.tiers().last()?);
        Some(format!(
            "At 100\u{d7} the article\u{2019}s tiers close at {}, {} of {} at {}. Those begin with {} \
             up to {} USDT and end with {}.",
            self.pen.price(&self.closing()?),
            table.name,
            month(&table.source.as_of),
            usual.pen.price(&usual.closing()?),
            self.pen.rate(first.maintenance_margin_rate.exact()),
            self.pen.short(first.cap.as_ref()?, 2),
            self.pen.rate(last.maintenance_margin_rate.exact()),
        ))
    }

    fn with_a_minus(&self) -> Option<String> {
        let answer = &self.answer;
        let loss = Money::from_exact(answer.report.unrealized_pnl.exact().negated());
        let wrong = answer.position_margin.plus(&loss).ok()?;
        Some(format!(
            "{} put down, {} lost at {}: you have {}. With a minus it would be {}, more than at the \
             start.",
            self.pen.money(&answer.position_margin),
            self.pen.money(&loss),
            self.mark(),
            self.pen.money(&answer.report.margin_balance),
            self.pen.money(&wrong)
        ))
    }

    fn warned(&self) -> Option<String> {
        let call = self.answer.report.margin_call.crossing()?.price;
        let closing = self.closing()?;
        Some(format!(
            "A warning at {}, closed at {}: {} between the two.",
            self.pen.price(&call),
            self.pen.price(&closing),
            self.pen.gap(&call.gap_from(&closing).ok()?)
        ))
    }

    /// Where it would be closed with so much more margin.
    pub(super) fn with_added(&self, added: &Exact) -> Option<Price> {
        let position = Position {
            margin: PositionMargin::InitialPlus(Money::from_exact(*added)),
            ..self.answer.position
        };
        let report = compute_position(&position, &self.answer.market).ok()?;
        Some(report.liquidation.crossing()?.price)
    }

    fn room(&self, style: NumberStyle) -> Option<String> {
        let mut words = Vec::new();
        for leverage in ["5", "10", "50", "100"] {
            let case = Self::new(asked(&format!("preset=btc&lev={leverage}"), style)?);
            words.push(format!("{leverage}\u{d7}: {}", case.pen.distance(&case.distance()?)));
        }
        Some(format!("Closed this far from entry, at {}.", words.join(", ")))
    }

    fn closed_by_venue(&self, style: NumberStyle) -> Option<Figure> {
        let article = Self::new(asked("preset=article", style)?).distance()?.exact().magnitude();
        let (mut lowest, mut highest) = (article, article);
        let mut rows = Vec::new();
        for at in self.venues(&self.answer.leverage) {
            let distance = *at.distance?.exact();
            lowest = lowest.smaller(distance).ok()?;
            highest = highest.larger(distance).ok()?;
            rows.push(row(at.profile, self.percent(&distance)));
        }
        let named = vec![("lowest", self.percent(&lowest)), ("highest", self.percent(&highest))];
        let sentence = format!(
            "0.1 BTC at 100\u{d7} is closed by a move of {} under the article\u{2019}s own tiers, and by:",
            self.percent(&article)
        );
        Some(Figure { sentence, rows, named })
    }

    /// Down, so that no room is promised that is not there.
    fn percent(&self, ratio: &Exact) -> String {
        self.pen.percent(ratio, 2, Rounding::Floor)
    }

    /// The page has one position; the calculation has accounts.
    fn wallet(&self, style: NumberStyle) -> Option<String> {
        let ether = asked("coin=ETH&side=short&size=3&lev=10", style)?;
        let wallet = self.answer.initial_margin.plus(&ether.initial_margin).ok()?;
        let closing = |ether_falls: bool| -> Option<Price> {
            let mut second = ether.market.clone();
            if ether_falls {
                // A tenth down, which the short gains.
                let fallen = second.mark_price.exact().times(&Exact::from_integer(9)).ok()?;
                second.mark_price = Price::from_exact(fallen.over(&Exact::from_integer(10)).ok()?);
            }
            let scenario = Scenario {
                margin_mode: MarginMode::Cross { wallet_balance: wallet },
                markets: vec![self.answer.market.clone(), second],
                positions: vec![self.answer.position, Position { market: 1, ..ether.position }],
            };
            let report = crate::margin::compute(&scenario).ok()?;
            Some(report.positions.first()?.liquidation.crossing()?.price)
        };
        Some(format!(
            "One wallet of {} behind 0.1 BTC long and 3 ETH short: BTC is closed at {}, and at {} once \
             ETH has fallen by a tenth. Isolated, at {} in either case. The page itself shows isolated \
             margin.",
            self.pen.money(&wallet),
            self.pen.price(&closing(false)?),
            self.pen.price(&closing(true)?),
            self.pen.price(&self.closing()?)
        ))
    }

    fn added(&self) -> Option<String> {
        let hundred = Exact::from_integer(100);
        Some(format!(
            "Closed at {}; with 100 added at {}, with 100 taken away at {}.",
            self.pen.price(&self.closing()?),
            self.pen.price(&self.with_added(&hundred)?),
            self.pen.price(&self.with_added(&hundred.negated())?)
        ))
    }

    /// Under a table of twice the rates, put in place while it is open.
    fn other_rate(&self) -> Option<String> {
        let Answer { position, market, .. } = &self.answer;
        let table = scaled(&market.rules.tiers, &Ratio::from_exact(Exact::from_integer(2))).ok()?;
        let rate = table.tiers().first()?.maintenance_margin_rate;
        let after = closing_under(position, market, table).ok()?;
        Some(format!(
            "At {}\u{d7}, opened under a rate of {}, it is closed at {}. With {} from now on, at {}.",
            self.pen.leverage(&self.answer.leverage),
            self.pen.rate(self.answer.report.tier.maintenance_margin_rate.exact()),
            self.pen.price(&self.closing()?),
            self.pen.rate(rate.exact()),
            self.pen.price(&after.crossing()?.price)
        ))
    }

    fn both_sides(&self) -> Option<String> {
        let other = Position { side: self.answer.position.side.opposite(), ..self.answer.position };
        let report = compute_position(&other, &self.answer.market).ok()?;
        let change = report.liquidation.crossing()?.exact;
        let change = change.change_from(&other.entry_price).ok()?;
        let (long, short) = match other.side {
            Side::Long => (change, self.distance()?),
            Side::Short => (self.distance()?, change),
        };
        Some(format!(
            "At {} a long and a short of 0.1 BTC must both keep {} and {}. The long is closed by {}, \
             the short by {}.",
            self.mark(),
            self.pen.required(&report.maintenance_margin),
            self.keep(),
            self.pen.distance(&long),
            self.pen.distance(&short)
        ))
    }

    fn still_there(&self) -> String {
        format!(
            "{} put down and {} to be kept: right after opening you have all {}.",
            self.pen.money(&self.answer.initial_margin),
            self.keep(),
            self.pen.money(&self.answer.report.margin_balance)
        )
    }
}
