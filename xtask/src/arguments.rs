//! The words after a command, taken out one by one until none may be left.

use crate::Fallible;

/// The words that no one has asked for yet.
pub struct Arguments {
    words: Vec<String>,
}

impl Arguments {
    /// The words after the command's own name.
    pub fn new(words: impl Iterator<Item = String>) -> Self {
        Self { words: words.collect() }
    }

    /// Whether the flag stands there.
    pub fn flag(&mut self, name: &str) -> bool {
        let found = self.words.iter().position(|word| word == name);
        found.map(|at| self.words.remove(at)).is_some()
    }

    /// The word after `name`, or the rest of `name=word`.
    pub fn value(&mut self, name: &str) -> Fallible<Option<String>> {
        if let Some(at) = self.words.iter().position(|word| word == name) {
            self.words.remove(at);
            if at == self.words.len() {
                return Err(format!("{name} needs a value after it."));
            }
            return Ok(Some(self.words.remove(at)));
        }
        let prefix = format!("{name}=");
        let found = self.words.iter().position(|word| word.starts_with(&prefix));
        Ok(found.map(|at| self.words.remove(at)[prefix.len()..].to_owned()))
    }

    /// The port to serve on, if one is asked for.
    pub fn port(&mut self) -> Fallible<Option<u16>> {
        let Some(text) = self.value("--port")? else {
            return Ok(None);
        };
        match text.parse() {
            Ok(port) => Ok(Some(port)),
            Err(_) => Err(format!("--port needs a number from 1 to 65535, not `{text}`.")),
        }
    }

    /// The next word that is not an option.
    pub fn word(&mut self) -> Option<String> {
        let found = self.words.iter().position(|word| !word.starts_with('-'));
        found.map(|at| self.words.remove(at))
    }

    /// Refuses whatever nobody asked for: a misspelt option must not be ignored silently.
    pub fn finish(self) -> Fallible<()> {
        match self.words.first() {
            None => Ok(()),
            Some(word) => Err(format!("`{word}` is not understood; see `cargo xtask help`.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_found_in_any_order() {
        let mut given = arguments("tiers --only=core --long --port 9000");
        assert_eq!(given.port(), Ok(Some(9000)));
        assert!(given.flag("--long"));
        assert_eq!(given.value("--only"), Ok(Some("core".to_owned())));
        assert_eq!(given.word(), Some("tiers".to_owned()));
        assert_eq!(given.finish(), Ok(()));
    }

    #[test]
    fn faults_are_told() {
        assert!(arguments("--port").port().is_err());
        assert!(arguments("--port 70000").port().is_err());
        assert!(arguments("--lnog").finish().is_err());
    }
}
