//! Discounting: what a krone in year *t* is worth in the present-value year.
//!
//! Steps count from the schedule's origin, present values from the present-value year: two clocks.
//! Method: bands of declining rates as in Finansdepartementet, rundskriv R-109/2021, and HM Treasury, The Green Book (2022);
//! two clocks as in Kystverket's FRAM, whose schedule starts in the opening year and whose present values are of another.

use crate::number::Exact;
use crate::units::{DiscountRate, Year};

/// A rate and the first step it applies to. Step *k* leads from year *k − 1* to year *k* after the origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Band {
    /// The first step of the band, closed; the band ends before the next one's.
    pub from_step: u32,
    /// The real rate per year.
    pub rate: DiscountRate,
}

/// When in its year a flow falls: the exponent of the first year is 0, ½ or 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// At the start: today is not discounted.
    Start,
    /// In the middle of the year.
    Middle,
    /// At the end of the year.
    End,
}

/// Rates that step down (or up) with the years, as data.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Schedule {
    bands: Vec<Band>,
}

/// What is wrong with a schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscountError {
    /// The first band leaves steps without a rate.
    #[error("the first discount band starts at step {step}, not at step 1")]
    FirstStep {
        /// The step it starts at.
        step: u32,
    },
    /// A band starts before the one above it.
    #[error("the discount band from step {step} does not start after the band before it")]
    Order {
        /// The step of the offending band.
        step: u32,
    },
    /// No bands at all.
    #[error("a discount schedule needs at least one band")]
    Empty,
}

impl Schedule {
    /// A schedule of bands, the first from step 1, each starting after the one before.
    ///
    /// # Errors
    /// No band, a first band that does not start at step 1, or bands out of order.
    pub fn new(bands: Vec<Band>) -> Result<Self, DiscountError> {
        match bands.first() {
            None => return Err(DiscountError::Empty),
            Some(band) if band.from_step != 1 => return Err(DiscountError::FirstStep { step: band.from_step }),
            Some(_) => {}
        }
        for (before, band) in bands.iter().zip(bands.iter().skip(1)) {
            if band.from_step <= before.from_step {
                return Err(DiscountError::Order { step: band.from_step });
            }
        }
        Ok(Self { bands })
    }

    /// One rate for all years.
    pub fn flat(rate: DiscountRate) -> Self {
        Self { bands: vec![Band { from_step: 1, rate }] }
    }

    /// The bands in order.
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// The rate of a step; before the first step the first band's.
    pub fn rate(&self, step: i32) -> DiscountRate {
        let step = u32::try_from(step).unwrap_or(0);
        let reached = self.bands.iter().take_while(|band| band.from_step <= step).last();
        match reached.or(self.bands.first()) {
            Some(band) => band.rate,
            None => DiscountRate::ZERO,
        }
    }
}

/// A schedule on its two clocks: present values of [`Clock::present_value_year`], steps counted from [`Clock::origin`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The rates.
    pub schedule: Schedule,
    /// The year that step 0 falls in.
    pub origin: Year,
    /// The year whose krone is worth one krone.
    pub present_value_year: Year,
}

impl Clock {
    /// What one krone in `year` is worth in the present-value year; above one for years before it.
    ///
    /// # Formula
    /// `DF(t) = Π 1 / (1 + r(k − origin))` over the years *k* after the present-value year, up to *t*.
    /// A flow in the middle of the year is divided by `√(1 + r)` of the next step, at the end by `1 + r`.
    ///
    /// # Examples
    /// ```
    /// use impact_core::discount::{Clock, Schedule, Timing};
    /// use impact_core::units::{DiscountRate, Year};
    /// let year = Year::new(2022)?;
    /// let clock = Clock {
    ///     schedule: Schedule::flat(DiscountRate::new("0.25".parse()?)?),
    ///     origin: year,
    ///     present_value_year: year,
    /// };
    /// assert_eq!(clock.factor(year, Timing::Start).value()?.to_string(), "1");
    /// assert_eq!(clock.factor(year.plus(1), Timing::Start).value()?.to_string(), "0.8");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # References
    /// Kystverket, FRAM 3.5 (opening year apart from the comparison year); HM Treasury, The Green Book (2022), declining rates.
    pub fn factor(&self, year: Year, timing: Timing) -> Exact {
        self.within(self.between(year), year, timing)
    }

    /// The factor of a flow at some time of the year, from that of its start.
    fn within(&self, start: Exact, year: Year, timing: Timing) -> Exact {
        match timing {
            Timing::Start => start,
            Timing::Middle => start / self.growth(year.plus(1)).square_root(),
            Timing::End => start / self.growth(year.plus(1)),
        }
    }

    /// The factors of some consecutive years, in their order.
    pub fn factors(&self, first: Year, count: u32, timing: Timing) -> Vec<Exact> {
        let mut product = None;
        let years = (0..count).map_while(|year| i32::try_from(year).ok()).map(|year| first.plus(year));
        let factor = |year: Year| {
            if year <= self.present_value_year {
                return self.factor(year, timing);
            }
            let before = product.unwrap_or_else(|| Exact::ONE / self.between(year.plus(-1)));
            let grown = before * self.growth(year);
            product = Some(grown);
            self.within(Exact::ONE / grown, year, timing)
        };
        years.map(factor).collect()
    }

    /// `1 + r` of the step that ends in `year`.
    fn growth(&self, year: Year) -> Exact {
        Exact::ONE + Exact::from(self.schedule.rate(year.since(self.origin)).value())
    }

    fn between(&self, year: Year) -> Exact {
        let years = year.since(self.present_value_year);
        let product = |from: Year, steps: i32| {
            (1..=steps).fold(Exact::ONE, |product, step| product * self.growth(from.plus(step)))
        };
        if years >= 0 { Exact::ONE / product(self.present_value_year, years) } else { product(year, -years) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn rate(text: &str) -> DiscountRate {
        DiscountRate::new(text.parse::<Decimal>().unwrap()).unwrap()
    }

    fn year(number: i64) -> Year {
        Year::new(number).unwrap()
    }

    #[test]
    fn today_is_not_discounted_unless_flows_fall_later_in_the_year() {
        let clock =
            Clock { schedule: Schedule::flat(rate("0.21")), origin: year(2020), present_value_year: year(2020) };
        assert_eq!(clock.factor(year(2020), Timing::Start), Exact::ONE);
        assert_eq!(
            clock.factor(year(2020), Timing::Middle) * Exact::from("1.1".parse::<Decimal>().unwrap()),
            Exact::ONE
        );
        assert_eq!(clock.factor(year(2020), Timing::End), clock.factor(year(2021), Timing::Start));
    }

    #[test]
    fn factors_of_consecutive_years_are_those_of_each_year() {
        let bands = vec![Band { from_step: 1, rate: rate("0.04") }, Band { from_step: 4, rate: rate("0.03") }];
        let schedule = Schedule::new(bands).unwrap();
        let clock = Clock { schedule, origin: year(2019), present_value_year: year(2021) };
        for timing in [Timing::Start, Timing::Middle, Timing::End] {
            let one_by_one: Vec<_> = (2018..2030).map(|number| clock.factor(year(number), timing)).collect();
            let together = clock.factors(year(2018), 12, timing);
            let error = |(one, other): (&Exact, &Exact)| (*one - *other).value().unwrap().abs();
            let largest = one_by_one.iter().zip(&together).map(error).max().unwrap();
            assert!(largest < Decimal::new(1, 25), "{timing:?}: {largest}");
        }
        assert_eq!(clock.factors(year(2024), 1, Timing::Start), [clock.factor(year(2024), Timing::Start)]);
    }

    #[test]
    fn years_before_the_present_value_year_grow() {
        let clock = Clock { schedule: Schedule::flat(rate("0.1")), origin: year(2020), present_value_year: year(2022) };
        assert_eq!(clock.factor(year(2020), Timing::Start), Exact::from("1.21".parse::<Decimal>().unwrap()));
    }

    #[test]
    fn bands_start_at_one_and_rise() {
        let band = |from_step| Band { from_step, rate: rate("0.04") };
        assert_eq!(Schedule::new(vec![]), Err(DiscountError::Empty));
        assert_eq!(Schedule::new(vec![band(2)]), Err(DiscountError::FirstStep { step: 2 }));
        assert_eq!(Schedule::new(vec![band(1), band(1)]), Err(DiscountError::Order { step: 1 }));
    }
}
