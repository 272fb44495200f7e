//! How a price per one unit becomes a price per another.
//!
//! One rule: only periods of the same thing convert by themselves; everything else is an assumption that the author states.

use super::{Period, Unit};
use crate::number::Exact;

/// How a price per one unit becomes a price per another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitConversion {
    /// By a known factor: the price times it.
    Factor(Exact),
    /// By the months a year that a recipient receives, over twelve: a recipient-year is paid to whoever was touched in the
    /// year, a person-year is a year filled. The author states the months.
    MonthsPerRecipient,
    /// In no known way: the author states how many units of the price one unit of the other takes.
    Stated,
}

impl Unit {
    /// How a price per this unit becomes a price per `other`.
    ///
    /// # Formula
    /// | price per | per | |
    /// |---|---|---|
    /// | anything | the same | times 1 |
    /// | thing-month | thing-year | times 12; likewise 365 days and 365/7 weeks a year, and between them through the year |
    /// | recipient-year | person-year | months per recipient, stated |
    /// | thing | thing-period, or the reverse | stated: a length |
    /// | thing | another thing, such as a place and a person | stated: an occupancy, a size |
    ///
    /// # Examples
    /// ```
    /// use impact_core::number::Exact;
    /// use impact_core::units::{Unit, UnitConversion};
    /// let (month, year): (Unit, Unit) = ("person-month".parse()?, "person-year".parse()?);
    /// assert_eq!(month.conversion_to(&year), UnitConversion::Factor(Exact::from(12)));
    /// let recipient: Unit = "recipient-year".parse()?;
    /// assert_eq!(recipient.conversion_to(&year), UnitConversion::MonthsPerRecipient);
    /// assert_eq!("place-year".parse::<Unit>()?.conversion_to(&year), UnitConversion::Stated);
    /// # Ok::<(), impact_core::units::UnitError>(())
    /// ```
    pub fn conversion_to(&self, other: &Unit) -> UnitConversion {
        let (own, asked) = (self.period(), other.period());
        if self.thing() == other.thing() {
            return match (own, asked) {
                _ if own == asked => UnitConversion::Factor(Exact::ONE),
                (Some(own), Some(asked)) => UnitConversion::Factor(in_a_year(own) / in_a_year(asked)),
                _ => UnitConversion::Stated,
            };
        }
        let years = own == Some(Period::Year) && asked == Some(Period::Year);
        if self.thing() == "recipient" && other.thing() == "person" && years {
            UnitConversion::MonthsPerRecipient
        } else {
            UnitConversion::Stated
        }
    }
}

/// Every conversion that is known of `thing`, standing for anything counted, and of recipients: from, to, and how. What is not
/// among them is stated by the author.
///
/// # Examples
/// ```
/// use impact_core::number::Exact;
/// use impact_core::units::{UnitConversion, known_conversions};
/// let known = known_conversions();
/// let monthly = known.iter().find(|(from, to, _)| from.to_string() == "thing-month" && to.to_string() == "thing-year");
/// assert_eq!(monthly.map(|(_, _, how)| *how), Some(UnitConversion::Factor(Exact::from(12))));
/// ```
pub fn known_conversions() -> Vec<(Unit, Unit, UnitConversion)> {
    let periods = [Period::Day, Period::Week, Period::Month, Period::Year];
    let things = periods.into_iter().flat_map(|from| periods.into_iter().map(move |to| (from, to)));
    let things =
        things.filter(|(from, to)| from != to).map(|(from, to)| (Unit::over("thing", from), Unit::over("thing", to)));
    let recipients = (Unit::over("recipient", Period::Year), Unit::over("person", Period::Year));
    let all = things.chain(std::iter::once(recipients));
    all.map(|(from, to)| {
        let how = from.conversion_to(&to);
        (from, to, how)
    })
    .collect()
}

fn in_a_year(period: Period) -> Exact {
    let (over, under) = period.in_a_year();
    Exact::from(over) / Exact::from(under)
}

#[cfg(test)]
mod tests {
    use super::*;
    use UnitConversion::{MonthsPerRecipient, Stated};

    fn conversion(from: &str, to: &str) -> UnitConversion {
        from.parse::<Unit>().unwrap().conversion_to(&to.parse().unwrap())
    }

    fn factor(from: &str, to: &str) -> String {
        match conversion(from, to) {
            UnitConversion::Factor(factor) => factor.value().unwrap().round_dp(9).normalize().to_string(),
            other => panic!("{from} to {to}: {other:?}"),
        }
    }

    #[test]
    fn periods_of_the_same_thing_convert() {
        assert_eq!(factor("person-month", "person-year"), "12");
        assert_eq!(factor("place-day", "place-year"), "365");
        assert_eq!(factor("household-week", "household-year"), "52.142857143"); // 365/7
        assert_eq!(factor("person-year", "person-month"), "0.083333333"); // 1/12
        assert_eq!(factor("person-week", "person-day"), "0.142857143"); // 1/7
        assert_eq!(factor("person-month", "person-day"), "0.032876712"); // 12/365
        assert_eq!(factor("incident", "incident"), "1");
        assert_eq!(factor("recipient-year", "recipient-year"), "1");
    }

    #[test]
    fn a_recipient_year_needs_the_months_and_nothing_else_of_recipients_converts() {
        assert_eq!(conversion("recipient-year", "person-year"), MonthsPerRecipient);
        assert_eq!(conversion("person-year", "recipient-year"), Stated);
        assert_eq!(conversion("recipient-month", "person-month"), Stated);
        assert_eq!(conversion("recipient-month", "person-year"), Stated);
    }

    #[test]
    fn a_place_is_no_person_and_an_event_has_no_length() {
        for (from, to) in [
            ("place-year", "person-year"),
            ("place-day", "person-day"),
            ("place", "place-year"),
            ("household-week", "person-week"),
            ("person-lifetime", "person-year"),
            ("incident", "person-year"),
            ("case", "person"),
            ("participant", "person"),
        ] {
            assert_eq!(conversion(from, to), Stated, "{from} to {to}");
        }
    }
}
