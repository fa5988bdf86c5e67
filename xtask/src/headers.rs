//! The rules of a `_headers` file, as some web hosts read them: an address, and the headers it gets.

/// What is sent where no rule speaks of caching.
const UNCACHED: &str = "Cache-Control: no-store";

/// The rules in their order.
#[derive(Debug)]
pub struct Rules<'a> {
    rows: Vec<(&'a str, &'a str)>,
}

impl<'a> Rules<'a> {
    /// Reads the text of the file; what is no rule is passed over, as hosts do.
    pub fn read(text: &'a str) -> Self {
        let mut rows = Vec::new();
        let mut address = "";
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            match line.strip_prefix([' ', '\t']) {
                Some(header) if header.contains(':') => rows.push((address, header.trim())),
                Some(_) => {}
                None => address = line.trim(),
            }
        }
        Self { rows }
    }

    /// The header lines for a path below the site, each with its line end.
    pub fn lines_for(&self, path: &str) -> String {
        let path = format!("/{path}");
        let fits = |address: &str| match address.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == address,
        };
        let mut lines: Vec<&str> =
            self.rows.iter().filter(|(address, _)| fits(address)).map(|(_, line)| *line).collect();
        if !lines.iter().any(|line| line.starts_with("Cache-Control:")) {
            lines.push(UNCACHED);
        }
        lines.iter().map(|line| format!("{line}\r\n")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[test]
    fn each_address_gets_its_headers() {
        let rules = "# A: note\n/*\n  X-One: 1\n  no header\n/a.js\n  Cache-Control: no-cache\n";
        let rules = Rules::read(rules);
        assert_eq!(rules.lines_for("a.js"), "X-One: 1\r\nCache-Control: no-cache\r\n");
        assert_eq!(rules.lines_for("b/a.js"), "X-One: 1\r\nCache-Control: no-store\r\n");
        assert_eq!(Rules::read("").lines_for(""), "Cache-Control: no-store\r\n");
    }
}
