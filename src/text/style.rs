//! How numbers are written: which sign groups digits and which begins the decimals.

/// A number style. Links and files never use one: there, numbers are plain ASCII with a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberStyle {
    /// 26 000.00
    #[default]
    Space,
    /// 26,000.00
    Comma,
    /// 26.000,00
    Point,
    /// 26'000.00
    Apostrophe,
    /// 2,60,000.00
    Indian,
}

impl NumberStyle {
    /// Every style, in the order a reader is offered them.
    pub const ALL: [Self; 5] =
        [Self::Space, Self::Comma, Self::Point, Self::Apostrophe, Self::Indian];

    /// The name in links.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Space => "space",
            Self::Comma => "comma",
            Self::Point => "point",
            Self::Apostrophe => "apos",
            Self::Indian => "indian",
        }
    }

    /// The style of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.key() == key)
    }

    /// Between groups of digits; a narrow no-break space in the default style.
    pub const fn group(self) -> char {
        match self {
            Self::Space => '\u{202f}',
            Self::Comma | Self::Indian => ',',
            Self::Point => '.',
            Self::Apostrophe => '\u{2019}',
        }
    }

    /// Before the decimals.
    pub const fn decimal(self) -> char {
        match self {
            Self::Point => ',',
            _ => '.',
        }
    }
}
