//! Plain digits to a decimal, every digit of them.

use rust_decimal::Decimal;

/// The decimal that ASCII digits write, with at most one point and at most one minus sign in front;
/// absent for anything else and for more digits than a decimal holds.
///
/// Like `Decimal::from_str_exact`, which never rounds either, but without its readers for signs,
/// underscores and rounding: they are a hundredth of what the page weighs.
pub fn read_digits(text: &str) -> Option<Decimal> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let mut mantissa = 0_i128;
    let mut scale = None;
    let mut has_digit = false;
    for byte in digits.bytes() {
        match byte {
            b'.' if scale.is_none() => scale = Some(0_u32),
            b'0'..=b'9' => {
                has_digit = true;
                let digit = i128::from(byte.wrapping_sub(b'0'));
                mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
                scale = scale.map(|places| places.saturating_add(1));
            }
            _ => return None,
        }
    }
    let signed = if is_negative { mantissa.checked_neg()? } else { mantissa };
    let value = Decimal::try_from_i128_with_scale(signed, scale.unwrap_or(0)).ok()?;
    has_digit.then_some(value)
}
