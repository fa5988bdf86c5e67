//! Draft to query string and back: pure text, plain numbers with a point.

use crate::quantity::Side;
use crate::text::{NumberStyle, grouped, plain, read_plain};
use crate::venue::Catalog;

use super::draft::{Draft, RuleChoice};
use super::field::FieldId;
use super::frame::{Controls, Frame};
use super::parse::read;
use super::preset::Preset;

/// The link format this version writes.
const VERSION: &str = "1";
/// Longer links are not read: nothing this page writes comes near it.
const MAX_LINK: usize = 4096;
/// Keys that say how the page looks, and nothing about the numbers.
const PAGE_KEYS: [&str; 9] =
    ["v", "num", "theme", "view", "lang", "show", "lock", "claim", "story"];
/// What precedes the percent of a single-rate rule.
const SINGLE_RATE: &str = "flat:";

/// What a link asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The draft it describes, on top of the one before.
    pub draft: Draft,
    /// What it shows and locks in an embed.
    pub frame: Frame,
    /// The example it begins with.
    pub example: Preset,
    /// Parts that were left out because they are unknown or cannot be used, as `key=value`.
    pub left_out: Vec<String>,
    /// Whether the link says anything about the numbers.
    pub carries_numbers: bool,
}

impl From<Preset> for Opened {
    fn from(example: Preset) -> Self {
        Self {
            draft: example.draft(),
            frame: Frame::default(),
            example,
            left_out: Vec::new(),
            carries_numbers: false,
        }
    }
}

/// The query string that restores a draft; absent while a field cannot be read.
pub fn write(draft: &Draft, catalog: &Catalog) -> Option<String> {
    let reading = read(draft, catalog);
    reading.scenario.as_ref()?;
    let standard = Preset::SteepTiers.draft();
    // Every part is a plain number or a name of ours: nothing that a query would escape.
    let mut query = format!("v={VERSION}&coin={}&side={}", draft.coin, draft.side.name());
    let mut add = |key: &str, value: &str| {
        for part in ["&", key, "=", value] {
            query.push_str(part);
        }
    };
    for field in FieldId::ALL {
        let optional = matches!(field, FieldId::CloseFee | FieldId::WarningRatio);
        if let Some(read) = reading.value(field)
            && field != FieldId::FlatRate
            && !(optional && draft.text(field) == standard.text(field))
        {
            add(field.key(), &plain(read.value));
        }
    }
    match draft.rules {
        RuleChoice::Table(id) if draft.rules != standard.rules => add("tiers", id),
        RuleChoice::Table(_) => {}
        RuleChoice::SingleRate => {
            let percent = plain(reading.value(FieldId::FlatRate)?.value);
            add("tiers", &format!("{SINGLE_RATE}{percent}"));
        }
    }
    if draft.numbers != NumberStyle::default() {
        add("num", draft.numbers.key());
    }
    Some(query)
}

/// Reads a query string on top of the page's opening example.
pub fn open(query: &str, catalog: &Catalog) -> Opened {
    open_onto(Opened::from(Preset::SteepTiers), query, catalog)
}

/// Reads a query string, with or without its question mark, on top of what stands. Every part either
/// holds as it stands or is left out and named; nothing is obeyed halfway.
pub fn open_onto(before: Opened, query: &str, catalog: &Catalog) -> Opened {
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut opened = before;
    if query.len() > MAX_LINK {
        opened.left_out.push(shown("the whole link", "too long"));
        return opened;
    }
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    // An example sets everything, a coin the prices, a style how text is written: in this order,
    // whatever the order in the link.
    for stage in 0..=2 {
        for (key, value) in pairs.iter().filter(|(key, _)| stage_of(key) == stage) {
            let twice = pairs.iter().filter(|(other, _)| other == key).count() > 1;
            let before = opened.draft.clone();
            if twice || !apply(&mut opened, key, value, catalog) {
                opened.draft = before;
                opened.left_out.push(shown(key, value));
            } else {
                opened.carries_numbers |= !PAGE_KEYS.contains(&key.as_str());
            }
        }
    }
    opened
}

fn stage_of(key: &str) -> u8 {
    match key {
        "preset" => 0,
        "num" | "coin" => 1,
        _ => 2,
    }
}

/// Applies one part; false when it is unknown or cannot be used, and then the draft is not to be used
/// either.
fn apply(opened: &mut Opened, key: &str, value: &str, catalog: &Catalog) -> bool {
    let draft = &mut opened.draft;
    match key {
        "v" => value == VERSION,
        // The page's own script reads these two before it paints.
        "view" => value == "full" || value == "embed",
        "theme" => ["auto", "light", "dark"].contains(&value),
        // There is one language so far.
        "lang" => true,
        // What is set in a chapter, the chapter reads.
        "story" => true,
        // A frame's own script shows the card; a letter for the part of the article, then a number.
        "claim" => matches!(value.as_bytes(), [b'a'..=b'd', b'1'..=b'5'] | [b'e', b'1'..=b'4']),
        "show" => controls(&mut opened.frame.shown, value),
        "lock" => controls(&mut opened.frame.locked, value),
        "preset" => {
            let Some(preset) = Preset::from_key(value) else {
                return false;
            };
            let numbers = draft.numbers;
            *draft = preset.draft();
            draft.restyle(numbers);
            opened.example = preset;
            true
        }
        "num" => {
            let Some(style) = NumberStyle::from_key(value) else {
                return false;
            };
            draft.restyle(style);
            true
        }
        "coin" => {
            let Some(listing) = catalog.listing(value) else {
                return false;
            };
            draft.choose_coin(listing, catalog);
            true
        }
        "side" => {
            draft.side = match value {
                "long" => Side::Long,
                "short" => Side::Short,
                _ => return false,
            };
            true
        }
        "mode" => value == "isolated",
        "tiers" => apply_rules(draft, value, catalog),
        _ => {
            let field = FieldId::ALL
                .into_iter()
                .find(|field| field.key() == key && *field != FieldId::FlatRate);
            field.is_some_and(|field| apply_number(draft, field, value, catalog))
        }
    }
}

fn controls(held: &mut Controls, value: &str) -> bool {
    let named = Controls::from_keys(value);
    *held = named.unwrap_or(*held);
    named.is_some()
}

fn apply_rules(draft: &mut Draft, value: &str, catalog: &Catalog) -> bool {
    if let Some(percent) = value.strip_prefix(SINGLE_RATE) {
        draft.rules = RuleChoice::SingleRate;
        return apply_number(draft, FieldId::FlatRate, percent, catalog);
    }
    let Some(info) = catalog.table_info(value) else {
        return false;
    };
    draft.rules = RuleChoice::Table(info.id);
    catalog.table(info.id, draft.coin).is_some()
}

/// Links write plain decimals only, so nothing in one can be read two ways.
fn apply_number(draft: &mut Draft, field: FieldId, value: &str, catalog: &Catalog) -> bool {
    let Some(number) = read_plain(value) else {
        return false;
    };
    draft.set(field, grouped(number, draft.numbers));
    read(draft, catalog).fault(field).is_none()
}

/// A part as it is named to the reader: short, and without characters that change the line.
fn shown(key: &str, value: &str) -> String {
    let clean = |text: &str, most: usize| {
        let mut kept: String = text.chars().filter(|c| !c.is_control()).take(most).collect();
        if text.chars().count() > most {
            kept.push('\u{2026}');
        }
        kept
    };
    if value.is_empty() {
        clean(key, 24)
    } else {
        format!("{}={}", clean(key, 24), clean(value, 24))
    }
}
