//! Worth: the marginal value of public funds of an appraisal, with both its sides.

use super::appraisal::Appraisal;
use super::figure::Absence;
use super::measure::{Fraction, Mvpf};
use crate::model::{Measure, Question};
use crate::number::Exact;

impl Appraisal {
    /// The marginal value of public funds for society, with both its sides and which of its cases it is.
    ///
    /// # Errors
    /// A model without a public budget, or with nobody else; a sum larger than 28 digits.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::evaluation::MvpfSign;
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Early help (illustrative)"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     conventions = "sroi-practice"
    ///     holders = [ { id = "town", kind = "public", level = "municipality" }, { id = "families", kind = "people" } ]
    ///     costs = [ { id = "team", payer = "town", amount = 100, year = 2024, source = "illustrative" } ]
    ///     [[outcomes]]
    ///     id = "helped"
    ///     holder = "families"
    ///     nature = "event"
    ///     quantity = 2
    ///     [[outcomes.values]]
    ///     id = "wellbeing"
    ///     kind = "social"
    ///     value = 75
    ///     unit = "person"
    ///     to = "families"
    ///     [[outcomes.values]]
    ///     id = "care-not-needed"
    ///     kind = "fiscal"
    ///     value = 20
    ///     unit = "person"
    ///     to = "town"
    /// "#)?;
    /// let mvpf = model.appraise()?.mvpf()?;
    /// // 2 · 75 over 100 − 2 · 20
    /// assert_eq!((mvpf.sign, mvpf.value), (MvpfSign::Ratio, Some("2.5".parse()?)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn mvpf(&self) -> Result<Mvpf, Absence> {
        let side = |measure| self.of_sums(&Question::new(measure)).ok().flatten().map(|(_, fraction)| fraction);
        if let Some(absence) = self.model().never(&Question::new(Measure::Mvpf)) {
            return Err(absence);
        }
        let none = Fraction { above: Exact::ZERO, below: None };
        let ratio = side(Measure::Mvpf).unwrap_or(none);
        let programme = side(Measure::CbaRatio).and_then(|fraction| fraction.below).unwrap_or(Exact::ZERO);
        let sides = (ratio.above, ratio.below.unwrap_or(Exact::ZERO), programme);
        Mvpf::of(sides, self.model().convention().ratios.nothing_for_nothing)
    }
}
