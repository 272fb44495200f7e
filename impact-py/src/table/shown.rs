//! Tables as readers see them: one name of a thing, and numbers rounded as reports round them.
//!
//! One rule: what is shown is rounded and nothing else is: columns, Arrow and JSON keep every digit.

use std::borrow::Cow;

/// From which size on a number is shown without decimals, and from which with two.
const WHOLE_FROM: f64 = 1_000.0;
const HUNDREDTHS_FROM: f64 = 1.0;
/// Decimals of a number below one: shares and factors.
const SMALL: usize = 4;
/// A number that would be shown as nothing is shown with its first digits instead.
const LEAST: f64 = 0.000_05;
/// A number from here on is shown as it is written.
const MOST: f64 = 1e15;

/// What a column is called, and whether it is shown: of a name in two languages, the English one, without its ending.
pub fn heading<'n>(name: &'n str, all: &[&str]) -> Option<&'n str> {
    let other = |ending: &str, stem: &str| all.iter().any(|one| one.strip_suffix(ending) == Some(stem));
    if let Some(stem) = name.strip_suffix("_nb") {
        return if other("_en", stem) { None } else { Some(name) };
    }
    match name.strip_suffix("_en") {
        Some(stem) if other("_nb", stem) && !all.contains(&stem) => Some(stem),
        _ => Some(name),
    }
}

/// A number as a reader sees it, from its digits: thousands apart from 1,000 on, hundredths from one on, four decimals below it.
pub fn rounded(text: &str) -> Cow<'_, str> {
    let Ok(value) = text.parse::<f64>() else { return text.into() };
    let size = value.abs();
    if size == 0.0 {
        return "0".into();
    }
    if value.is_nan() || size >= MOST {
        return text.into();
    }
    if size < LEAST {
        return format!("{value:.2e}").into();
    }
    let decimals = match size {
        _ if size >= WHOLE_FROM => 0,
        _ if size >= HUNDREDTHS_FROM => 2,
        _ => SMALL,
    };
    let shown = with_decimals(text, value, decimals);
    // A chance of 0.99996 is no certainty.
    if size < HUNDREDTHS_FROM && matches!(shown.as_str(), "1" | "-1" | "0" | "-0") {
        text.into()
    } else {
        grouped(&shown).into()
    }
}

/// A number with so many decimals, without the zeros that only fill them.
fn with_decimals(text: &str, value: f64, decimals: usize) -> String {
    let has = text.split_once('.').map_or(0, |(_, after)| after.len());
    let rounded = format!("{value:.*}", decimals.min(has));
    if rounded.contains('.') { rounded.trim_end_matches('0').trim_end_matches('.').to_owned() } else { rounded }
}

/// Commas between thousands.
fn grouped(text: &str) -> String {
    let (whole, after) = text.split_once('.').map_or((text, ""), |(whole, after)| (whole, after));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut found = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            found.push(',');
        }
        found.push(digit);
    }
    if !after.is_empty() {
        found.push('.');
        found.push_str(after);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_as_reports_round_them() {
        let shown = [
            ("1132600.307807289137", "1,132,600"),
            ("-1618699.000000000000", "-1,618,699"),
            ("158286.5", "158,286"),
            ("1000000", "1,000,000"),
            ("999.995000000000", "1,000"),
            ("123.456000000000", "123.46"),
            ("2.5", "2.5"),
            ("7", "7"),
            ("0.961538461538", "0.9615"),
            ("0.000012345678", "1.23e-5"),
            ("0.000000000000", "0"),
            ("-0.25", "-0.25"),
            ("0.99996", "0.99996"),
            ("-0.99996", "-0.99996"),
            ("0.99994", "0.9999"),
            ("NaN", "NaN"),
            ("inf", "inf"),
            ("0", "0"),
            ("1e300", "1e300"),
        ];
        for (exact, rounded_to) in shown {
            assert_eq!(rounded(exact), rounded_to, "{exact}");
        }
    }

    #[test]
    fn a_name_in_two_languages_is_shown_once() {
        let all = ["name_en", "name_nb", "note_en", "id", "note"];
        assert_eq!(heading("name_en", &all), Some("name"));
        assert_eq!(heading("name_nb", &all), None);
        assert_eq!(heading("note_en", &all), Some("note_en"));
        assert_eq!(heading("id", &all), Some("id"));
        assert_eq!(heading("only_nb", &["only_nb"]), Some("only_nb"));
    }
}
