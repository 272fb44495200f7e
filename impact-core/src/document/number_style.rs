//! Numbers as people write them, and how they are written here.
//!
//! One rule: what a comma means is said only where it cannot mean anything else: `0,5` is a half, `1,000,000` a million,
//! and `1,000` either.

use super::DocumentError;
use super::words::shortened;
use rust_decimal::Decimal;

/// What is wrong with a number that is written for the eye: `0,5`, `1 000 000`, `1.000,50`, `1,000.50`, `40 %`.
pub(super) fn style_fault(written: &str) -> Option<DocumentError> {
    let written = written.trim();
    if let Some(hundredths) = written.strip_suffix('%') {
        return percentage(written, hundredths.trim());
    }
    let (sign, unsigned) = match written.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", written.strip_prefix('+').unwrap_or(written)),
    };
    let text = || shortened(written);
    let plain = |whole: &str, fraction: &str| {
        let point = if fraction.is_empty() { "" } else { "." };
        shortened(&format!("{sign}{whole}{point}{fraction}"))
    };
    if let Some((whole, fraction)) =
        unsigned.split_once(',').filter(|(whole, fraction)| digits(whole) && digits(fraction))
    {
        let point = plain(whole, fraction);
        let either = fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
        return Some(if either {
            DocumentError::AmbiguousComma { text: text(), point, whole: plain(&format!("{whole}{fraction}"), "") }
        } else {
            DocumentError::DecimalComma { text: text(), point }
        });
    }
    if let Some((whole, fraction)) = parted_once(unsigned) {
        let (point, whole) = (plain(whole, fraction), plain(&format!("{whole}{fraction}"), ""));
        return Some(DocumentError::AmbiguousPoint { text: text(), point, whole });
    }
    let spaces = [' ', '\u{a0}', '\u{202f}', '\''];
    [(&[','][..], '.'), (&['.'][..], ','), (&spaces[..], ','), (&spaces[..], '.')].into_iter().find_map(
        |(marks, point)| {
            let (whole, fraction) = unsigned.split_once(point).unwrap_or((unsigned, ""));
            let whole = thousands(whole, marks)?;
            (fraction.is_empty() || digits(fraction))
                .then(|| DocumentError::PartedThousands { text: text(), plain: plain(&whole, fraction) })
        },
    )
}

/// The digits before and after the one point of a number that may part its thousands: `1.850`, and not `0.850`.
fn parted_once(text: &str) -> Option<(&str, &str)> {
    let (whole, thousand) = text.split_once('.')?;
    let either =
        digits(whole) && whole.len() <= 3 && !whole.starts_with('0') && digits(thousand) && thousand.len() == 3;
    either.then_some((whole, thousand))
}

/// Whether a text is a number whose point may as well part its thousands.
///
/// # Examples
/// ```
/// use impact_core::document::is_point_ambiguous;
/// assert!(is_point_ambiguous("1.850"));
/// assert!(!is_point_ambiguous("0.850") && !is_point_ambiguous("1.85"));
/// ```
pub fn is_point_ambiguous(written: &str) -> bool {
    let written = written.trim();
    parted_once(written.strip_prefix(['-', '+']).unwrap_or(written)).is_some()
}

/// What is wrong with a share that is written in hundredths.
fn percentage(written: &str, hundredths: &str) -> Option<DocumentError> {
    let plain = hundredths.replacen(',', ".", 1);
    plain.starts_with(|first: char| first.is_ascii_digit() || first == '-').then_some(())?;
    let share = Decimal::from_str_exact(&plain).ok()?.checked_div(Decimal::ONE_HUNDRED)?;
    Some(DocumentError::Percentage { text: shortened(written), share: share.normalize().to_string() })
}

/// The digits of a whole number whose thousands are parted by marks; `0.850` is none, as nobody parts a zero off.
fn thousands(text: &str, marks: &[char]) -> Option<String> {
    let groups: Vec<&str> = text.split(marks).collect();
    let (first, others) = groups.split_first()?;
    let parted = !others.is_empty() && others.iter().all(|group| group.len() == 3 && digits(group));
    (parted && digits(first) && first.len() <= 3 && !first.starts_with('0')).then(|| groups.concat())
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_told_apart() {
        let said = |text: &str| style_fault(text).map(|fault| fault.to_string());
        for (text, wanted) in [
            ("0,5", "`0,5` is written with a decimal comma: write 0.5"),
            ("-12,25", "`-12,25` is written with a decimal comma: write -12.25"),
            ("0,125", "`0,125` is written with a decimal comma: write 0.125"),
            (
                "1,000",
                "`1,000` is written with a comma: write 1.000 if it is a decimal comma, 1000 if it parts thousands",
            ),
            ("1,000,000", "`1,000,000` is written with parted thousands: write 1000000"),
            ("1,000.50", "`1,000.50` is written with parted thousands: write 1000.50"),
            ("1.000,50", "`1.000,50` is written with parted thousands: write 1000.50"),
            ("1.000.000", "`1.000.000` is written with parted thousands: write 1000000"),
            (
                "1.850",
                "`1.850` is written as a text: write the number 1.850 if it is a decimal point, 1850 if it parts thousands",
            ),
            ("1 000 000", "`1 000 000` is written with parted thousands: write 1000000"),
            ("40 %", "`40 %` is written as a percentage: write 0.4"),
            ("-12,5%", "`-12,5%` is written as a percentage: write -0.125"),
            ("-1\u{a0}234,5", "`-1\u{a0}234,5` is written with parted thousands: write -1234.5"),
        ] {
            assert_eq!(said(text).as_deref(), Some(wanted));
        }
        for text in [
            "",
            "1",
            "1.5",
            "1,2,3",
            "1,,2",
            ",5",
            "5,",
            "a,b",
            "1 00",
            "12:30",
            "1,000,00",
            "%",
            "a %",
            "1,2,3 %",
            ".5%",
            "0.850",
            "-0.850",
            "+0.099",
            "0 850",
            "0'850",
            "0.850.000",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
