//! A question: a whole scenario, what is wished of one of its positions, and what is to be found.

use core::fmt;

use crate::margin::{Unknown, Wish};
use crate::quantity::{Exact, Money, Price, Rate};
use crate::scenario::{MarginMode, PositionMargin};

use super::fields::{Fields, Given};
use super::keys::{QUESTION_KEYS, UNKNOWNS, WISH_KEYS, word_for};
use super::node::{Node, Object};
use super::number::{self, LEVERAGE, MONEY, MONEY_ABOVE_ZERO, PRICE_OR_SIZE, RATE, Range};
use super::path::{Path, either, quoted};
use super::problem::{Code, Problems};
use super::request::{self, Request};
use super::version;

/// How many tier edges the positions of a cross account may have together in the market of the one
/// that is asked for, if that is not alone there: each is a place where the answer can turn, and at
/// each the whole market is walked again.
pub const MOST_TURNS: usize = 300;

/// The same where a quantity is to be found, which moves every one of these places.
pub const MOST_TURNS_OF_QUANTITY: usize = 80;

/// A question that can be answered.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) request: Request,
    /// The scenario's own text, which its report repeats.
    pub(super) id: Option<String>,
    /// What is told of the scenario beside its answer.
    pub(super) told: Problems,
    pub(super) place: Place,
    pub(super) wish: Wish,
    pub(super) step: Exact,
}

/// One key of one position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) position: usize,
    pub(super) unknown: Unknown,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "positions[{}].{}", self.position, word_for(&UNKNOWNS, &self.unknown))
    }
}

impl Place {
    /// Reads it as it is written: `positions[0].leverage`.
    fn read(text: &str) -> Option<Self> {
        let (row, key) = text.strip_prefix("positions[")?.split_once("].")?;
        let position: usize = row.parse().ok()?;
        let (_, unknown) = UNKNOWNS.iter().find(|(name, _)| *name == key)?;
        // Just one way to write a number: no sign, no zero before it.
        (position.to_string() == row).then_some(Self { position, unknown: *unknown })
    }

    /// What the step and the value may be.
    fn range(self) -> Range {
        match self.unknown {
            Unknown::Leverage => LEVERAGE,
            Unknown::Quantity | Unknown::EntryPrice => PRICE_OR_SIZE,
            Unknown::AddedMargin => MONEY_ABOVE_ZERO,
        }
    }

    /// The key of the scenario that a value changes, and what that key takes: added margin comes on
    /// top of what stands behind the position, wherever that is stated.
    pub(super) fn changed(self, request: &Request) -> (String, Range) {
        let position = request.scenario.positions.get(self.position);
        let own = |key| (format!("positions[{}].{key}", self.position), MONEY);
        let is_cross = matches!(request.scenario.margin_mode, MarginMode::Cross { .. });
        match (self.unknown, position.map(|position| position.margin)) {
            (Unknown::AddedMargin, _) if is_cross => ("wallet_balance".to_owned(), MONEY),
            (Unknown::AddedMargin, Some(PositionMargin::Assigned(_))) => own("isolated_margin"),
            (Unknown::AddedMargin, _) => own("added_margin"),
            _ => (self.to_string(), self.range()),
        }
    }
}

/// Reads a question. Where it yields nothing, there is a problem that stops it.
pub(super) fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Asked> {
    let root = Path::Scenario;
    if version::is_another(node, problems) {
        return None;
    }
    let fields = Fields::of(node, &root, "a question", &QUESTION_KEYS, problems)?;
    version::check(&fields, problems);
    fields.text("id", "a string, which the solution repeats", problems);
    let scenario = fields.node("scenario");
    let mut told = Problems::default();
    let request = match scenario {
        Some(node) => request::read(node, &mut told),
        None => {
            fields.miss("scenario", "", problems);
            None
        }
    };
    problems.absorb(&told, "scenario");
    let place = read_place(&fields, problems);
    let place = place.filter(|place| is_there(*place, scenario, &fields, problems));
    let wish = read_wish(&fields, problems);
    let range = place.map_or(PRICE_OR_SIZE, Place::range);
    let step = fields.number("step", &range, problems);
    let step = fields.needed("step", step, problems).map(Exact::from_decimal);
    let (request, place) = (request?, place?);
    bound(&request, place, problems);
    let id = scenario.and_then(request::id);
    Some(Asked { request, id, told, place, wish: wish?, step: step? })
}

fn read_place(fields: &Fields<'_, '_>, problems: &mut Problems) -> Option<Place> {
    const EXAMPLE: &str = "\"positions[0].leverage\"";
    let keys = UNKNOWNS.map(|(name, _)| name);
    let expected = format!("the path of what is to be found, such as {EXAMPLE}");
    let text = fields.text("unknown", &expected, problems);
    let text = fields.needed("unknown", text, problems)?;
    let place = Place::read(text);
    if place.is_none() {
        problems.add(
            &fields.path.key("unknown"),
            Code::UnknownWord,
            format_args!(
                "{} is not known here; write the path of a position's {}, such as {EXAMPLE}",
                quoted(text),
                either(&keys),
            ),
        );
    }
    place
}

/// Whether the scenario has that position, and states what must stand still while its key changes.
fn is_there(
    place: Place,
    scenario: Option<&Node<'_>>,
    fields: &Fields<'_, '_>,
    problems: &mut Problems,
) -> bool {
    let Some(Node::Object(scenario)) = scenario else {
        return true;
    };
    let Some(Node::List(rows)) = scenario.get("positions") else {
        return true;
    };
    let Some(row) = rows.get(place.position) else {
        let count = rows.len();
        problems.add(
            &fields.path.key("unknown"),
            Code::OutOfRange,
            format_args!("there is no {place}; the scenario's positions are {count}, from 0"),
        );
        return false;
    };
    let states_mark = |row: &Object<'_>| row.get("mark_price").is_some();
    let is_moving = place.unknown == Unknown::EntryPrice;
    if let (true, Node::Object(row)) = (is_moving, row)
        && !states_mark(row)
    {
        let path = fields.path.key("scenario");
        problems.add(
            &path.key("positions").row(place.position).key("mark_price"),
            Code::Missing,
            format_args!(
                "the mark price needs to be stated where the entry price is to be found: for want \
                 of one it would move along"
            ),
        );
    }
    true
}

fn read_wish(fields: &Fields<'_, '_>, problems: &mut Problems) -> Option<Wish> {
    let path = fields.path.key("wish");
    let Some(node) = fields.node("wish") else {
        fields.miss("wish", "", problems);
        return None;
    };
    let fields = Fields::of(node, &path, "a wish", &WISH_KEYS, problems)?;
    let price = fields.number("liquidation_price", &PRICE_OR_SIZE, problems);
    let stop = fields.number("stop_price", &PRICE_OR_SIZE, problems);
    let buffer = fields.number("stop_buffer", &RATE, problems);
    let loss = fields.number("largest_loss", &MONEY_ABOVE_ZERO, problems);
    if !buffer.is_absent() && stop.is_absent() {
        problems.add(
            &path.key("stop_buffer"),
            Code::NotApplicable,
            format_args!("there is no stop to keep away from; write stop_price, or leave it out"),
        );
    }
    let buffer = buffer.or(rust_decimal::Decimal::ZERO);
    let wishes = [
        ("liquidation_price", price.map(|at| Wish::LiquidationAt(Price::from_decimal(at)))),
        (
            "stop_price",
            stop.map(|stop| Wish::StopWithBuffer {
                stop: Price::from_decimal(stop),
                buffer: Rate::from_decimal(buffer.unwrap_or_default()),
            }),
        ),
        ("largest_loss", loss.map(|loss| Wish::LargestLoss(Money::from_decimal(loss)))),
    ];
    let names = wishes.map(|(name, _)| name);
    let mut stated = wishes.into_iter().filter(|(_, wish)| !wish.is_absent());
    let Some((_, wish)) = stated.next() else {
        problems.add(&path, Code::Missing, format_args!("a wish needs one of {}", either(&names)));
        return None;
    };
    if let Some((other, _)) = stated.next() {
        problems.add(
            &path.key(other),
            Code::Conflict,
            format_args!("a wish is one of {}; leave the others out", either(&names)),
        );
    }
    match (wish, buffer) {
        (Given::Value(wish), Some(_)) => Some(wish),
        _ => None,
    }
}

/// Keeps the work on one question within bounds.
fn bound(request: &Request, place: Place, problems: &mut Problems) {
    let scenario = &request.scenario;
    let Some(asked) = scenario.positions.get(place.position) else {
        return;
    };
    let Some(market) = scenario.markets.get(asked.market) else {
        return;
    };
    let is_cross = matches!(scenario.margin_mode, MarginMode::Cross { .. });
    let beside = scenario.positions.iter().filter(|other| other.market == asked.market).count();
    if !is_cross || beside < 2 || !request::is_walked(&market.rules) {
        return;
    }
    let edges = market.rules.tiers.tiers().len().saturating_sub(1);
    let turns = beside.saturating_mul(edges);
    let most = match place.unknown {
        Unknown::Quantity => MOST_TURNS_OF_QUANTITY,
        Unknown::Leverage | Unknown::AddedMargin | Unknown::EntryPrice => MOST_TURNS,
    };
    if most < turns {
        problems.add(
            &Path::Scenario.key("scenario").key("positions"),
            Code::TooMany,
            format_args!(
                "the account is too large to be worked backwards exactly: {beside} positions share \
                 this market and its {edges} tier edges, which makes {turns}; accepted are {most}"
            ),
        );
    }
}

/// Whether a key of a scenario takes a number.
pub(super) fn takes(range: &Range, text: &str) -> bool {
    number::read(text, range).is_ok()
}
