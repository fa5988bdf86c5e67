//! A reader of the mathematics on the page: MathML to exact fractions, sharing no code with what
//! wrote it.

use margin_calculator::text::NumberStyle;
use rust_decimal::Decimal;

use super::number::{Fraction, of_decimal, whole};

/// A part of a formula.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Number(String),
    Name(String),
    Sign(String),
    Row(Vec<Node>),
    Over(Vec<Node>),
}

/// Reads MathML up to the end of the element it is in.
pub(crate) fn nodes(rest: &mut &str) -> Vec<Node> {
    let mut list = Vec::new();
    while let Some(after) = rest.strip_prefix('<') {
        let (tag, after) = after.split_once('>').expect("a tag ends");
        *rest = after;
        if tag.starts_with('/') {
            return list;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        if let "mn" | "mi" | "mo" = name {
            let (text, after) = rest.split_once('<').expect("text ends");
            let closing = format!("/{name}>");
            *rest = after.strip_prefix(closing.as_str()).expect("it is closed");
            list.push(match name {
                "mn" => Node::Number(text.to_owned()),
                "mi" => Node::Name(text.to_owned()),
                _ => Node::Sign(text.to_owned()),
            });
        } else {
            let inside = nodes(rest);
            match name {
                // Formulas that follow each other are one line of mathematics.
                "math" => list.extend(inside),
                "mrow" => list.push(Node::Row(inside)),
                "mfrac" => list.push(Node::Over(inside)),
                _ => panic!("<{tag}> is not expected"),
            }
        }
    }
    assert!(rest.is_empty(), "text outside of an element: {rest}");
    list
}

/// The answer's figures for the letters of the working, and its number style.
pub(crate) struct Reader {
    pub(crate) style: NumberStyle,
    pub(crate) price: Option<Fraction>,
    pub(crate) rate: Option<Fraction>,
    pub(crate) deduction: Option<Fraction>,
}

impl Reader {
    /// A printed number, and how many decimals are printed.
    pub(crate) fn number(&self, text: &str) -> (Fraction, u32) {
        let digits = text.replace(self.style.group(), "").replace(self.style.decimal(), ".");
        let plain = digits.replace('\u{2212}', "-");
        let value = Decimal::from_str_exact(&plain).unwrap_or_else(|_| panic!("number {text:?}"));
        (of_decimal(value), value.scale())
    }

    pub(crate) fn value(&self, list: &[Node]) -> Fraction {
        let (mut sum, mut product) = (whole(0), None::<Fraction>);
        let mut negative = false;
        let mut open: Vec<(Fraction, Option<Fraction>, bool)> = Vec::new();
        let multiply = |product: &mut Option<Fraction>, factor: Fraction| {
            *product = Some(product.take().map_or(factor.clone(), |before| before * factor));
        };
        let close = |sum: &mut Fraction, product: &mut Option<Fraction>, negative: bool| {
            let term = product.take().expect("a term before an operator");
            *sum = if negative { sum.clone() - term } else { sum.clone() + term };
        };
        for node in list {
            match node {
                Node::Number(text) => multiply(&mut product, self.number(text).0),
                Node::Row(inside) => multiply(&mut product, self.value(inside)),
                Node::Over(parts) => {
                    let [above, below] = parts.as_slice() else {
                        panic!("a fraction of {} parts", parts.len());
                    };
                    let [above, below] =
                        [above, below].map(|it| self.value(std::slice::from_ref(it)));
                    multiply(&mut product, above / below);
                }
                Node::Name(letter) => {
                    let known = match letter.as_str() {
                        "P" => &self.price,
                        "r" => &self.rate,
                        "d" => &self.deduction,
                        _ => panic!("letter {letter}"),
                    };
                    multiply(&mut product, known.clone().expect("a price closes it"));
                }
                Node::Sign(sign) => match sign.as_str() {
                    "\u{d7}" => assert!(product.is_some(), "nothing before a times sign"),
                    "+" | "\u{2212}" => {
                        close(&mut sum, &mut product, negative);
                        negative = sign != "+";
                    }
                    "(" => {
                        open.push((
                            std::mem::replace(&mut sum, whole(0)),
                            product.take(),
                            negative,
                        ));
                        negative = false;
                    }
                    ")" => {
                        close(&mut sum, &mut product, negative);
                        let inside = std::mem::replace(&mut sum, whole(0));
                        (sum, product, negative) = open.pop().expect("an open bracket");
                        multiply(&mut product, inside);
                    }
                    _ => panic!("sign {sign}"),
                },
            }
        }
        assert!(open.is_empty(), "a bracket stays open");
        close(&mut sum, &mut product, negative);
        sum
    }
}

fn is_relation(node: &Node) -> Option<&str> {
    match node {
        Node::Sign(sign) if matches!(sign.as_str(), "=" | "\u{2248}" | "\u{2192}") => Some(sign),
        _ => None,
    }
}

/// The parts of a line of mathematics, each with the relation before it.
pub(crate) fn parts(list: &[Node]) -> Vec<(String, Vec<Node>)> {
    let mut found = vec![(String::new(), Vec::new())];
    for node in list {
        match is_relation(node) {
            Some(sign) => found.push((sign.to_owned(), Vec::new())),
            None => found.last_mut().unwrap().1.push(node.clone()),
        }
    }
    found
}
