//! What an embedded page shows and locks, as a link says it.

/// A number or choice that an embed can give a row of its own, or lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Control {
    /// The size.
    Size = 1,
    /// The entry price.
    Entry = 2,
    /// The leverage.
    Leverage = 4,
    /// The mark price.
    Mark = 8,
    /// Long or short.
    Side = 16,
}

impl Control {
    /// Every control.
    pub const ALL: [Self; 5] = [Self::Size, Self::Entry, Self::Leverage, Self::Mark, Self::Side];

    /// The name in links.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Entry => "entry",
            Self::Leverage => "lev",
            Self::Mark => "mark",
            Self::Side => "side",
        }
    }
}

/// Some of the controls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Controls(u8);

impl Controls {
    /// These and no others.
    pub fn of(controls: &[Control]) -> Self {
        Self(controls.iter().fold(0, |bits, control| bits | *control as u8))
    }

    /// The controls that a list such as `size,lev` names; absent if it names anything else.
    pub fn from_keys(list: &str) -> Option<Self> {
        let mut bits = 0;
        for key in list.split(',').filter(|key| !key.is_empty()) {
            bits |= Control::ALL.into_iter().find(|control| control.key() == key)? as u8;
        }
        Some(Self(bits))
    }

    /// Whether a control is one of them.
    pub const fn has(self, control: Control) -> bool {
        self.0 & control as u8 != 0
    }
}

/// How an embedded page stands apart from its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What has a row of its own under the picture.
    pub shown: Controls,
    /// What the reader sees and cannot change.
    pub locked: Controls,
}

impl Default for Frame {
    fn default() -> Self {
        Self { shown: Controls(Control::Leverage as u8), locked: Controls(0) }
    }
}
