//! Day counts: how many years lie between two dates.
//!
//! One rule: a rate per year means nothing without the name of its day count.
//! Source: 2006 ISDA Definitions, section 4.16, paragraphs (b), (d) to (g), as FpML's day count fraction scheme 2-0 and the FIX
//! repository (field 1950) name and describe them.

use chrono::{Datelike, NaiveDate};

/// How the time between two dates is counted in years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[non_exhaustive]
pub enum DayCount {
    /// Days over 365: what spreadsheet programs use for XIRR.
    #[default]
    #[serde(rename = "act/365")]
    Actual365,
    /// Days over 360.
    #[serde(rename = "act/360")]
    Actual360,
    /// Days over 365.25.
    #[serde(rename = "act/365.25")]
    Actual365Quarter,
    /// Days in leap years over 366, the others over 365 (ISDA, 4.16 (b)).
    #[serde(rename = "act/act-isda")]
    ActualActualIsda,
    /// Months of 30 days; a first day 31 counts as 30, a last day 31 too where the first is 30 or 31 (ISDA, 4.16 (f)).
    #[serde(rename = "30/360")]
    Thirty360,
    /// Months of 30 days; every day 31 counts as 30 (Eurobond basis; ISDA, 4.16 (g)).
    #[serde(rename = "30e/360")]
    ThirtyE360,
}

impl DayCount {
    /// All of them.
    pub const ALL: [DayCount; 6] = [
        Self::Actual365,
        Self::Actual360,
        Self::Actual365Quarter,
        Self::ActualActualIsda,
        Self::Thirty360,
        Self::ThirtyE360,
    ];

    /// The name, as documents write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual365 => "act/365",
            Self::Actual360 => "act/360",
            Self::Actual365Quarter => "act/365.25",
            Self::ActualActualIsda => "act/act-isda",
            Self::Thirty360 => "30/360",
            Self::ThirtyE360 => "30e/360",
        }
    }

    /// The day count of a name.
    ///
    /// # Examples
    /// ```
    /// use impact_core::cash_flow::DayCount;
    /// assert_eq!(DayCount::named("act/360"), Some(DayCount::Actual360));
    /// assert_eq!(DayCount::named("actual"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day_count| day_count.name() == name)
    }

    /// Years from one date to another, negative where the second is earlier.
    ///
    /// # Formula
    /// Days between over the days of a year; for `act/act-isda` days in leap years over 366 and the others over 365; for the
    /// 30/360 counts `(360 (y₂ − y₁) + 30 (m₂ − m₁) + (d₂ − d₁)) / 360`.
    ///
    /// # Examples
    /// ```
    /// use chrono::NaiveDate;
    /// use impact_core::cash_flow::DayCount;
    /// let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or("no such day");
    /// let (from, to) = (day(2023, 1, 31)?, day(2024, 1, 31)?);
    /// assert_eq!(DayCount::Actual365.years(from, to), 1.0);
    /// assert_eq!(DayCount::Thirty360.years(from, day(2023, 2, 28)?), 28.0 / 360.0);
    /// # Ok::<(), &str>(())
    /// ```
    ///
    /// # References
    /// 2006 ISDA Definitions, section 4.16, by way of FpML's day count fraction scheme 2-0.
    pub fn years(self, from: NaiveDate, to: NaiveDate) -> f64 {
        match self {
            Self::Actual365 => days(from, to) / 365.0,
            Self::Actual360 => days(from, to) / 360.0,
            Self::Actual365Quarter => days(from, to) / 365.25,
            Self::ActualActualIsda => {
                let whole = f64::from(to.year().saturating_sub(from.year()));
                whole + (part_of_year(to) - part_of_year(from))
            }
            Self::Thirty360 => {
                let first = from.day().min(30);
                let last = if first == 30 { to.day().min(30) } else { to.day() };
                thirty(from, first, to, last)
            }
            Self::ThirtyE360 => thirty(from, from.day().min(30), to, to.day().min(30)),
        }
    }

    /// Years from one date to another as an exact fraction: what stands above and what stands below the line, for money that
    /// is worked out to the smallest unit.
    ///
    /// # Examples
    /// ```
    /// use chrono::NaiveDate;
    /// use impact_core::cash_flow::DayCount;
    /// let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or("no such day");
    /// let (from, to) = (day(2023, 11, 1)?, day(2024, 5, 1)?);
    /// assert_eq!(DayCount::Actual365.fraction(from, to), (182, 365));
    /// assert_eq!(DayCount::Actual365Quarter.fraction(from, to), (4 * 182, 1461));
    /// // 61 days of 365 and 121 of 366, over one denominator.
    /// assert_eq!(DayCount::ActualActualIsda.fraction(from, to), (61 * 366 + 121 * 365, 365 * 366));
    /// assert_eq!(DayCount::Thirty360.fraction(from, to), (180, 360));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn fraction(self, from: NaiveDate, to: NaiveDate) -> (i64, i64) {
        let days = to.signed_duration_since(from).num_days();
        match self {
            Self::Actual365 => (days, 365),
            Self::Actual360 => (days, 360),
            Self::Actual365Quarter => (days.saturating_mul(4), 1461),
            Self::ActualActualIsda => {
                let within = |date: NaiveDate| i64::from(date.ordinal0()) * if date.leap_year() { 365 } else { 366 };
                let whole = i64::from(to.year()).saturating_sub(i64::from(from.year()));
                (whole.saturating_mul(365 * 366).saturating_add(within(to)).saturating_sub(within(from)), 365 * 366)
            }
            Self::Thirty360 => {
                let first = from.day().min(30);
                (thirty_days(from, first, to, if first == 30 { to.day().min(30) } else { to.day() }), 360)
            }
            Self::ThirtyE360 => (thirty_days(from, from.day().min(30), to, to.day().min(30)), 360),
        }
    }
}

impl std::fmt::Display for DayCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> f64 {
    f64::from(to.num_days_from_ce().saturating_sub(from.num_days_from_ce()))
}

fn part_of_year(date: NaiveDate) -> f64 {
    f64::from(date.ordinal0()) / if date.leap_year() { 366.0 } else { 365.0 }
}

fn thirty(from: NaiveDate, first: u32, to: NaiveDate, last: u32) -> f64 {
    let years = f64::from(to.year()) - f64::from(from.year());
    let months = f64::from(to.month()) - f64::from(from.month());
    let days = f64::from(last) - f64::from(first);
    (360.0 * years + 30.0 * months + days) / 360.0
}

fn thirty_days(from: NaiveDate, first: u32, to: NaiveDate, last: u32) -> i64 {
    let years = i64::from(to.year()).saturating_sub(i64::from(from.year()));
    let months = i64::from(to.month()).saturating_sub(i64::from(from.month()));
    let days = i64::from(last).saturating_sub(i64::from(first));
    years.saturating_mul(360).saturating_add(months.saturating_mul(30)).saturating_add(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn names_are_read_back() {
        for day_count in DayCount::ALL {
            assert_eq!(DayCount::named(day_count.name()), Some(day_count));
            assert_eq!(serde_json::to_value(day_count).unwrap(), day_count.name());
        }
    }

    #[test]
    fn isda_splits_a_period_at_the_new_year_of_a_leap_year() {
        // 61 days of 2003 (1 November to 31 December) and 121 of 2004 (1 January to 30 April).
        let years = DayCount::ActualActualIsda.years(day(2003, 11, 1), day(2004, 5, 1));
        assert!((years - (61.0 / 365.0 + 121.0 / 366.0)).abs() < 1e-15);
    }

    #[test]
    fn the_two_counts_of_thirty_days_differ_only_at_a_last_day_31() {
        let (from, to) = (day(2007, 2, 15), day(2007, 3, 31));
        assert_eq!(DayCount::Thirty360.years(from, to), 46.0 / 360.0);
        assert_eq!(DayCount::ThirtyE360.years(from, to), 45.0 / 360.0);
        assert_eq!(DayCount::Thirty360.years(day(2007, 1, 31), to), 60.0 / 360.0);
    }

    #[test]
    fn the_exact_fraction_is_the_same_number_of_years() {
        let dates = [day(2019, 12, 31), day(2020, 1, 31), day(2020, 2, 29), day(2021, 3, 30), day(2024, 5, 31)];
        for day_count in DayCount::ALL {
            for (from, to) in dates.iter().flat_map(|from| dates.iter().map(move |to| (*from, *to))) {
                let (over, under) = day_count.fraction(from, to);
                let exact = over as f64 / under as f64;
                assert!((exact - day_count.years(from, to)).abs() < 1e-14, "{day_count}: {from} to {to}");
            }
        }
    }

    #[test]
    fn counting_back_is_negative() {
        assert_eq!(DayCount::Actual360.years(day(2024, 3, 1), day(2024, 2, 1)), -29.0 / 360.0);
    }
}
