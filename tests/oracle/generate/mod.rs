//! Random questions: mostly what a trader types, some at every edge of the accepted input.

mod edges;
mod table;

use margin_calculator::venue::ContractKind;
use rust_decimal::Decimal;

use super::number::Random;
use super::question::{Case, Fee, Kind, Left, MarketCase, PositionCase};

/// How far a question strays from what is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Prices, sizes and tables as markets have them, many of them round.
    Ordinary,
    /// Any number of digits that an input accepts.
    Wide,
    /// The smallest and largest numbers that an input accepts, and their neighbours.
    Extreme,
}

/// Digits before and after the point.
type Digits = (u32, u32);

const PRICE: Digits = (12, 12);
const MONEY: Digits = (15, 8);
const LEVERAGE: Digits = (3, 6);
const RATE: Digits = (0, 12);

/// The question of this number; the same number gives the same question.
pub(crate) fn case(number: u64) -> (Reach, Case) {
    let mut random = Random::new(number);
    let reach = match random.below(100) {
        0..72 => Reach::Ordinary,
        72..90 => Reach::Wide,
        _ => Reach::Extreme,
    };
    let mut maker = Maker { random, reach };
    let is_hedge = reach == Reach::Ordinary && maker.random.chance(6);
    let mut case = if is_hedge { maker.hedge() } else { maker.case(&[1, 1, 2, 2, 3, 4, 6]) };
    if reach == Reach::Ordinary {
        edges::settle(&mut maker.random, &mut case);
    }
    (reach, case)
}

/// A question of so many positions; the same number gives the same question.
pub(crate) fn large(number: u64, positions: u32) -> Case {
    let mut maker = Maker { random: Random::new(number), reach: Reach::Ordinary };
    let mut case = maker.case(&[positions]);
    edges::settle(&mut maker.random, &mut case);
    case
}

struct Maker {
    random: Random,
    reach: Reach,
}

impl Maker {
    fn case(&mut self, sizes: &[u32]) -> Case {
        let held = self.random.pick(sizes);
        let cross = self.random.chance(60);
        let mix = self.random.below(100);
        let count = self.random.pick(&[1, 1, 1, 1, 2, 2, 3, 4]);
        let mut markets = Vec::new();
        let mut usual = Vec::new();
        for _ in 0..count {
            let contract = match mix {
                0..38 => self.random.pick(&[ContractKind::Linear, ContractKind::Quanto]),
                38..72 => ContractKind::Inverse,
                _ => self.random.pick(&[
                    ContractKind::Linear,
                    ContractKind::Inverse,
                    ContractKind::Quanto,
                ]),
            };
            let (market, size) = self.market(contract);
            markets.push(market);
            usual.push(size);
        }
        let mut positions = Vec::new();
        for _ in 0..held {
            let market = self.random.below(count) as usize;
            let most = usual.get(market).copied().unwrap();
            positions.push(self.position(cross, market, markets.get(market).unwrap(), most));
        }
        if self.random.chance(35) && positions.len() < 6 {
            let held = positions.last().unwrap();
            let mut opposite = PositionCase { long: !held.long, ..held.clone() };
            if self.random.chance(50) {
                opposite.entry = self.near(opposite.entry);
            }
            if self.reach == Reach::Ordinary && self.random.chance(50) {
                let part = Decimal::new(self.random.pick(&[80, 90, 99, 101, 110]), 2);
                opposite.quantity = (opposite.quantity * part).max(Decimal::new(1, 6));
            }
            positions.push(opposite);
        }
        if cross && self.random.chance(1) {
            positions.clear();
        }
        let mut case = Case { cross, wallet: None, markets, positions };
        if cross || self.random.chance(50) {
            case.wallet = Some(self.wallet(&case));
        }
        case
    }

    /// Two legs that nearly cancel, under a table that steepens near the mark: an account that a
    /// price on either side can close.
    fn hedge(&mut self) -> Case {
        let contract = self.random.pick(&[ContractKind::Linear, ContractKind::Inverse]);
        let (mut market, size) = self.market(contract);
        self.steep(&mut market, size);
        let mut positions: Vec<PositionCase> =
            (0..2).map(|_| self.position(true, 0, &market, size)).collect();
        let long = self.random.chance(50);
        let part = Decimal::new(self.random.pick(&[800, 900, 950, 990, 999]), 3);
        for (position, (long, part)) in
            positions.iter_mut().zip([(long, Decimal::ONE), (!long, part)])
        {
            position.long = long;
            position.quantity = (size * part).max(Decimal::new(1, 6));
        }
        let mut case = Case { cross: true, wallet: None, markets: vec![market], positions };
        case.wallet = Some(self.wallet(&case));
        edges::back(&mut self.random, &mut case);
        case
    }

    /// A number of an input, above zero.
    fn number(&mut self, (digits, places): Digits) -> Decimal {
        if self.reach == Reach::Extreme && self.random.chance(70) {
            return self.random.extreme(digits, places);
        }
        let places = self.random.below(places + 1).max(u32::from(digits == 0));
        let digits = self.random.below(digits + 1);
        self.random.decimal(digits, places)
    }

    /// One to so many digits, from a millionth on; every third a round number.
    fn usual(&mut self, digits: u32) -> Decimal {
        let mantissa = if self.random.chance(33) {
            let first = self.random.pick(&[1, 2, 4, 5, 8, 10, 16, 25, 50, 64, 75]);
            first * 10_u32.pow(self.random.below(digits - 1))
        } else {
            1 + self.random.below(10_u32.pow(digits) - 1)
        };
        Decimal::new(mantissa.into(), self.random.below(7))
    }

    fn price(&mut self) -> Decimal {
        if self.reach == Reach::Ordinary { self.usual(6) } else { self.number(PRICE) }
    }

    /// A price within some per cent of another.
    fn near(&mut self, price: Decimal) -> Decimal {
        if self.reach != Reach::Ordinary {
            return self.price();
        }
        let (spread, round) = self.random.pick(&[(1, 8), (5, 4), (20, 2), (60, 1)]);
        let change = Decimal::new(i64::from(self.random.below(2 * spread + 1)), 2);
        let factor = Decimal::ONE + change - Decimal::new(spread.into(), 2);
        (price * factor).round_dp(round).max(Decimal::new(1, 8))
    }

    fn rate(&mut self, most: u32) -> Decimal {
        if self.reach == Reach::Ordinary {
            Decimal::new(self.random.below(most).into(), 5)
        } else {
            self.number(RATE)
        }
    }

    fn fee(&mut self, chance: u32, for_maintenance: bool) -> Fee {
        if !self.random.chance(chance) {
            return Fee::None;
        }
        let rate = self.rate(200);
        match self.random.below(3) {
            0 if for_maintenance => Fee::CloseAtMark(rate),
            1 => Fee::CloseAtBankruptcy(rate),
            _ => Fee::EntryRoundTrip(rate),
        }
    }

    /// A market, and a size that is usual there.
    fn market(&mut self, contract: ContractKind) -> (MarketCase, Decimal) {
        let mark = self.price();
        let ordinary = self.reach == Reach::Ordinary;
        let (contract_size, size) = match (ordinary, contract) {
            (false, _) => (self.number(PRICE), self.number(PRICE)),
            (true, ContractKind::Inverse) => (
                Decimal::from(self.random.pick(&[1, 10, 100])),
                Decimal::from(1 + self.random.below(100_000)),
            ),
            (true, _) => {
                let places = self.random.pick(&[0, 0, 0, 2, 3, 6]);
                (Decimal::new(self.random.pick(&[1, 1, 10]), places), self.usual(3))
            }
        };
        let fixed_and_slope = self.random.chance(20);
        let mut market = MarketCase {
            contract,
            contract_size,
            tick: self.random.chance(75).then(|| match ordinary {
                true => Decimal::new(self.random.pick(&[1, 5, 25]), self.random.below(7)),
                false => self.number((2, 12)),
            }),
            mark,
            initial_on_mark: self.random.chance(20),
            initial_fee: self.fee(25, false),
            maintenance_on_entry: self.random.chance(20),
            maintenance_fee: self.fee(40, true),
            funding: match self.random.below(10) {
                0 => self.rate(300),
                1 => -self.rate(300),
                _ => Decimal::ZERO,
            },
            bankruptcy: match self.random.below(10) {
                0 | 1 => Left::CloseThere(self.rate(200)),
                2 => Left::SetAside,
                _ => Left::Nothing,
            },
            warning: self.random.pick(&[
                Decimal::new(8, 1),
                Decimal::new(8, 1),
                Decimal::new(5, 1),
                Decimal::new(95, 2),
                Decimal::ONE,
                Decimal::new(333_333, 6),
            ]),
            kind: Kind::Marginal,
            basis: margin_calculator::venue::TierBasis::Notional,
            last_tier_goes_on: self.random.chance(50),
            tiers: Vec::new(),
        };
        if fixed_and_slope {
            self.single_row(&mut market, size);
        } else {
            self.table(&mut market, size);
        }
        (market, size)
    }

    fn leverage(&mut self) -> Decimal {
        if self.reach != Reach::Ordinary {
            let thousand = self.random.chance(15);
            return if thousand { 1000.into() } else { self.number(LEVERAGE) };
        }
        match self.random.below(5) {
            0 | 1 => self.random.pick(&[1, 2, 3, 5, 10, 20, 25, 50, 75, 100, 125, 150]).into(),
            2 => self.random.decimal(2, 1),
            3 => self.random.decimal(3, 2),
            _ => Decimal::from(1 + self.random.below(150)),
        }
    }

    fn position(
        &mut self,
        cross: bool,
        market: usize,
        rules: &MarketCase,
        most: Decimal,
    ) -> PositionCase {
        let entry = match self.random.below(10) {
            0..3 => rules.mark,
            _ => self.near(rules.mark),
        };
        let quantity = match (self.reach, self.random.below(3)) {
            (_, 0) => most,
            (Reach::Ordinary, 1) => self.round_part(most),
            (Reach::Ordinary, _) => (most * self.random.decimal(0, 3)).round_dp(6),
            _ => self.number(PRICE),
        };
        let quantity = quantity.max(Decimal::new(1, 6));
        let assigned = self.random.chance(20);
        let is_needed = rules.goes_by_leverage() || (!cross && !assigned);
        let skipped = self.random.chance(if is_needed { 1 } else { 20 });
        let leverage = (!skipped).then(|| self.leverage());
        let margin = if self.reach == Reach::Ordinary {
            let value = self.value(rules, quantity) / leverage.unwrap_or(Decimal::TEN);
            let part = value * Decimal::new(self.random.below(300).into(), 2);
            match self.random.below(10) {
                0..5 if !assigned => Decimal::ZERO,
                5..7 if !assigned => -part / Decimal::from(4),
                _ => part,
            }
            .round_dp(8)
        } else if self.random.chance(50) {
            self.number(MONEY)
        } else {
            -self.number(MONEY)
        };
        PositionCase {
            market,
            long: self.random.chance(50),
            quantity,
            entry,
            leverage,
            assigned,
            margin,
        }
    }

    /// A half, a quarter, twice: sizes whose tier edges fall together.
    fn round_part(&mut self, size: Decimal) -> Decimal {
        let part = self.random.pick(&[(5, 1), (25, 2), (1, 0), (2, 0), (1, 1), (4, 0)]);
        (size * Decimal::new(part.0, part.1)).round_dp(6)
    }

    /// What an ordinary position is worth at the mark, roughly.
    fn value(&self, market: &MarketCase, quantity: Decimal) -> Decimal {
        let size = quantity * market.contract_size;
        if market.is_inverse() { size / market.mark } else { size * market.mark }
    }

    fn wallet(&mut self, case: &Case) -> Decimal {
        if self.reach != Reach::Ordinary {
            let money = self.number(MONEY);
            return if self.random.chance(75) { money } else { -money };
        }
        let values = case
            .positions
            .iter()
            .map(|held| self.value(case.market_of(held), held.quantity).round_dp(8));
        let all: Decimal = values.sum();
        let share = match self.random.below(10) {
            0 => 0,
            1 => -i64::from(self.random.below(20)),
            2..7 => i64::from(self.random.below(30)),
            _ => i64::from(self.random.below(150)),
        };
        let places = self.random.pick(&[0, 2, 8]);
        (all * Decimal::new(share, 2)).round_dp(places)
    }
}
