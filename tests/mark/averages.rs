//! Averages of the basis: halved by definition, and against averages that remember every sample.

use std::cmp::Ordering;
use std::num::NonZeroU16;

use margin_calculator::mark::{Average, Decayed, MarkError, basis_price, exponential, halving};
use margin_calculator::quantity::{Exact, PriceGap};
use margin_calculator::venue::{Averaging, BasisRule};

use crate::number::{Fraction, Random, compare, minus, of_exact, over, plus, times, whole};
use crate::{exact, price, whole_number};

fn within(off: &Fraction, most: &Fraction) -> bool {
    let negative = minus(&whole(0), most);
    compare(off, most) != Ordering::Greater && compare(&negative, off) != Ordering::Greater
}

/// Every weight written out, nothing remembered.
fn naive(samples: &[Exact], decay: &Fraction) -> Fraction {
    let (mut sum, mut weights) = (whole(0), whole(0));
    for sample in samples {
        sum = plus(&times(&sum, decay), &of_exact(sample));
        weights = plus(&times(&weights, decay), &whole(1));
    }
    over(&sum, &weights)
}

#[test]
fn a_half_life_halves() {
    for (time, half_life, left) in
        [(1, 1, "0.5"), (2, 1, "0.25"), (10, 1, "0.0009765625"), (7, 7, "0.5")]
    {
        let found = halving(&whole_number(time), &whole_number(half_life)).unwrap();
        assert_eq!(found, exact(left));
    }
    // 2^(-1/2) squared is a half, within what its 18 decimals allow.
    let root = halving(&whole_number(1), &whole_number(2)).unwrap();
    let off = root.times(&root).unwrap().minus(&exact("0.5")).unwrap().magnitude();
    assert!(off.is_at_most(&exact("0.000000000000000001")).unwrap());
    // 1/e = 0.367879441171442321595523770161..., exp(-1/50) = 0.980198673306755302...
    let e = exponential(&whole_number(1), &whole_number(1)).unwrap();
    assert_eq!(e, exact("0.367879441171442322"));
    let third = exponential(&whole_number(3), &whole_number(150)).unwrap();
    assert_eq!(third, exact("0.980198673306755302"));
    // Too small for its decimals is nothing.
    assert!(halving(&whole_number(70), &whole_number(1)).unwrap().is_zero());
    for (time, half_life) in [(1, 0), (0, 1), (1, -1), (-1, 1)] {
        let found = halving(&whole_number(time), &whole_number(half_life));
        assert_eq!(found, Err(MarkError::NoTime));
    }
}

#[test]
fn a_decay_times_itself_over_a_half_life_is_a_half() {
    // d^h = 1/2 for every whole half-life h: the definition, without any function of the core.
    for half_life in 1..=300 {
        let decay = of_exact(&halving(&Exact::ONE, &whole_number(half_life)).unwrap());
        let power = (0..half_life).fold(whole(1), |power, _| times(&power, &decay));
        let off = minus(&power, &over(&whole(1), &whole(2)));
        // n x 10^-18 relatively, as the module says, and d >= 1/2.
        let most = over(&whole(half_life), &times(&whole(1_000_000_000), &whole(1_000_000_000)));
        assert!(within(&off, &most), "{half_life}");
    }
}

#[test]
fn a_decaying_average_is_the_exact_one_within_its_bound() {
    let mut random = Random::new(11);
    for decay in ["0", "0.5", "0.980198673306755302", "0.999"] {
        let mut average = Average::Decayed(Decayed::new(exact(decay)).unwrap());
        assert_eq!(average.value().unwrap(), None);
        let mut taken = Vec::new();
        let mut largest = whole(0);
        for step in 0..120 {
            let sample = Exact::from_decimal(random.decimal(4, 9));
            let sample = if random.chance(50) { sample.negated() } else { sample };
            average.take(&sample).unwrap();
            taken.push(sample);
            if compare(&of_exact(&sample.magnitude()), &largest) == Ordering::Greater {
                largest = of_exact(&sample.magnitude());
            }
            if step % 17 == 0 {
                let found = of_exact(&average.value().unwrap().unwrap());
                let off = minus(&found, &naive(&taken, &of_exact(&exact(decay))));
                let grain = of_exact(&exact("0.000000000000000001"));
                let most = times(&grain, &plus(&whole(1), &largest));
                assert!(within(&off, &most), "{decay} after {step}");
            }
        }
    }
    assert!(Decayed::new(Exact::ONE).is_err() && Decayed::new(exact("-0.1")).is_err());
}

#[test]
fn a_window_is_the_plain_mean_of_what_it_holds() {
    let mut random = Random::new(13);
    let mut average = Average::mean(30);
    let mut taken: Vec<Exact> = Vec::new();
    for _ in 0..500 {
        let sample = Exact::from_decimal(random.decimal(5, 8));
        average.take(&sample).unwrap();
        taken.push(sample);
        let held = &taken[taken.len().saturating_sub(30)..];
        let sum = held.iter().fold(whole(0), |sum, it| plus(&sum, &of_exact(it)));
        let expected = over(&sum, &whole(i64::try_from(held.len()).unwrap()));
        let found = of_exact(&average.value().unwrap().unwrap());
        assert_eq!(compare(&found, &expected), Ordering::Equal);
    }
}

#[test]
fn what_has_long_stood_is_the_average() {
    let count = NonZeroU16::new(30).unwrap();
    for averaging in [
        Averaging::Mean(count),
        Averaging::Span(count),
        Averaging::Constant(count),
        Averaging::HalfLife(count),
    ] {
        let rule = BasisRule { averaging, every: NonZeroU16::MIN };
        let mut average = Average::new(&rule).unwrap();
        let value = exact("-12.375");
        average.settle(&value).unwrap();
        assert_eq!(average.value().unwrap(), Some(value), "{averaging:?}");
        for _ in 0..100 {
            average.take(&value).unwrap();
        }
        let off = average.value().unwrap().unwrap().minus(&value).unwrap().magnitude();
        assert!(off.is_at_most(&exact("0.00000000000000002")).unwrap(), "{averaging:?}");
    }
}

#[test]
fn price_2_is_the_index_with_the_mean_distance_of_the_book() {
    // A window of 30: 29 samples at a distance of 0, then one of 3: mean 0.1.
    let mut average = Average::mean(30);
    for _ in 0..29 {
        average.take(&Exact::ZERO).unwrap();
    }
    average.take(&whole_number(3)).unwrap();
    let mean = average.value().unwrap().unwrap();
    assert_eq!(mean, exact("0.1"));
    let found = basis_price(&price("100"), &PriceGap::from_exact(mean)).unwrap();
    assert_eq!(found, price("100.1"));
    // The 3 stays for 29 more samples, and is gone with the next.
    for _ in 0..29 {
        average.take(&Exact::ZERO).unwrap();
        assert_eq!(average.value().unwrap().unwrap(), exact("0.1"));
    }
    average.take(&Exact::ZERO).unwrap();
    assert!(average.value().unwrap().unwrap().is_zero());
}
