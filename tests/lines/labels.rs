//! Texts of a drawing as rectangles.

/// A text of a drawing, and the room it takes at the least.
pub(crate) struct Label {
    pub(crate) text: String,
    left: f64,
    pub(crate) right: f64,
    baseline: f64,
}

/// An attribute of the first element in a text that has it.
pub(crate) fn attribute<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!(" {name}=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

/// Every text with its place; 13 px, a character about half as wide.
pub(crate) fn texts(svg: &str) -> Vec<Label> {
    let elements = svg.split("<text ").skip(1);
    elements
        .map(|element| {
            let text = element.split_once('>').unwrap().1.split_once('<').unwrap().0.to_owned();
            let element = format!(" {element}");
            let number = |name| attribute(&element, name).parse::<f64>().unwrap();
            let width = 13.0 * 0.54 * f64::from(u32::try_from(text.chars().count()).unwrap());
            let left = match attribute(&element, "text-anchor") {
                "start" => number("x"),
                "middle" => number("x") - width / 2.0,
                _ => number("x") - width,
            };
            Label { text, left, right: left + width, baseline: number("y") }
        })
        .collect()
}

/// The texts that overlap another or leave the drawing, in words.
pub(crate) fn touching(svg: &str) -> Vec<String> {
    let size: Vec<f64> =
        attribute(svg, "viewBox").split(' ').map(|it| it.parse().unwrap()).collect();
    let labels = texts(svg);
    let mut found = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let is_inside = label.left >= -0.5
            && label.right <= size.get(2).unwrap() + 0.5
            && label.baseline >= 9.0
            && label.baseline + 3.0 <= *size.get(3).unwrap();
        if !is_inside {
            found.push(format!("{} is cut off", label.text));
        }
        for other in labels.iter().skip(index + 1) {
            let across = label.left < other.right && other.left < label.right;
            // Nine pixels above the baseline and three below it.
            let down = (label.baseline - other.baseline).abs() < 12.5;
            if across && down {
                found.push(format!("{} touches {}", label.text, other.text));
            }
        }
    }
    found
}
