//! MathML for the working: real mathematics that a screen reader can walk.

/// A number as printed.
pub(crate) fn number(text: &str) -> String {
    format!("<mn>{text}</mn>")
}

/// The number that is the answer.
pub(crate) fn answer(text: &str) -> String {
    format!("<mn class=\"a\">{text}</mn>")
}

/// A variable.
pub(crate) fn name(letter: &str) -> String {
    format!("<mi>{letter}</mi>")
}

/// An operator, bracket or relation.
pub(crate) fn sign(operator: &str) -> String {
    format!("<mo>{operator}</mo>")
}

/// Parts one after the other.
pub(crate) fn row(parts: &[String]) -> String {
    format!("<mrow>{}</mrow>", parts.concat())
}

/// Parts in the colour of one of the two quantities: `h` for have, `n` for need.
pub(crate) fn tinted(class: &str, parts: &[String]) -> String {
    format!("<mrow class=\"{class}\">{}</mrow>", parts.concat())
}

/// A fraction.
pub(crate) fn fraction(above: &str, below: &str) -> String {
    format!("<mfrac>{above}{below}</mfrac>")
}

/// One formula; long ones are given in pieces so that a narrow page can break between them.
pub(crate) fn formula(parts: &[String]) -> String {
    format!("<math>{}</math>", parts.concat())
}

/// The relation between a formula and its printed value.
pub(crate) fn equals(exactly: bool) -> String {
    sign(if exactly { "=" } else { "\u{2248}" })
}
