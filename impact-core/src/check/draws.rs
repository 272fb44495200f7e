//! Draws: what a simulation shows that its exact figures do not, and what so few draws cannot show.
//!
//! One rule: a finding about draws stands at `measures.<measure>.<perspective>`, so that it is silenced like all others.

use super::finding::{Finding, Found};
use super::rule::{Rule, Severity, Text};
use super::seen::{percent, short};
use super::{Family, Subject, told};
use crate::address::Address;
use crate::model::Measure;
use crate::number::Constant;
use crate::simulation::{Estimate, Simulated, SimulatedFigure};
use crate::units::Label;
use crate::units::written::Numeral;
use rust_decimal::Decimal;
use std::fmt;

/// How sure a chance must be: a standard error of one percentage point.
const SURE: f64 = 0.01;
/// The chance that an interval is meant to hold.
const LEVEL: f64 = 0.9;
/// A difference of means is told from chance by so many standard errors.
const BEYOND_CHANCE: f64 = 4.0;
/// And is worth telling where it is so much of the spread.
const OF_THE_SPREAD: f64 = 0.1;

const DRAWN: &str = r#"outcomes = [ { id = "into-work", holder = "participants", quantity = { pert = [0, 12, 40] }, values = [ { id = "wages", value = { uniform = [20_000, 60_000] }, unit = "person-year", kind = "economic", source = "pay slips" } ] } ]
"#;

const RULES: [Rule; 4] = [
    Rule {
        id: "ratio-over-nothing",
        severity: Severity::Warning,
        looks_for: Text {
            en: "a ratio whose denominator is zero or less in some of the draws",
            nb: "en brøk der nevneren er null eller mindre i noen av trekningene",
        },
        why: Text {
            en: "close to zero a ratio says more about what stands below the line than about the intervention, and past it nothing",
            nb: "nær null sier en brøk mer om nevneren enn om tiltaket, og forbi null sier den ingenting",
        },
        source: "this library: a ratio of uncertain sums is reported where its denominator's interval stays above zero",
        example: r#"costs = [ { id = "team", payer = "municipality", amount = { discrete = [[0, 1], [100_000, 3]] }, year = 2024, source = "budget" } ]

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "wages", value = 30_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
        find: nothing,
    },
    Rule {
        id: "point-outside-interval",
        severity: Severity::Warning,
        looks_for: Text {
            en: "an exact figure outside the interval that holds nine draws in ten",
            nb: "et eksakt tall utenfor intervallet som ni av ti trekninger ligger i",
        },
        why: Text {
            en: "the point values together are then a case that hardly happens, and the figure without its draws misleads",
            nb: "punktverdiene er da til sammen et tilfelle som nesten ikke forekommer, og tallet alene villeder",
        },
        source: "this library: the expected value under rules that are not linear needs the simulation",
        example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { best = 40, triangular = [0, 10, 41] }
values = [ { id = "wages", value = 30_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
        find: nothing,
    },
    Rule {
        id: "mean-beside-point",
        severity: Severity::Note,
        looks_for: Text {
            en: "a mean of the draws that chance does not bring to the exact figure",
            nb: "et gjennomsnitt av trekningene som ikke kan være likt det eksakte tallet ved en tilfeldighet",
        },
        why: Text {
            en: "where amounts are multiplied, capped or divided, the figure at the mean values is not the mean of the figures",
            nb: "der beløp ganges, kappes eller deles, er tallet ved gjennomsnittsverdiene ikke gjennomsnittet av tallene",
        },
        source: "this library: a point appraisal uses means and says so; what to expect is the mean of the draws",
        example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { best = 30, triangular = [0, 10, 41] }
values = [ { id = "wages", value = 30_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
        find: nothing,
    },
    Rule {
        id: "few-draws",
        severity: Severity::Warning,
        looks_for: Text {
            en: "a chance reported from so few draws that it may be off by more than a percentage point",
            nb: "en sannsynlighet fra så få trekninger at den kan være mer enn ett prosentpoeng unna",
        },
        why: Text {
            en: "a chance in whole per cent needs a standard error of at most one of them",
            nb: "en sannsynlighet i hele prosent trenger en standardfeil på høyst én av dem",
        },
        source: "this library: the standard error of a share p of n independent draws is √(p (1 − p) / n)",
        example: DRAWN,
        find: nothing,
    },
];

pub(super) const FAMILY: Family = Family {
    title: Text { en: "The draws of a simulation", nb: "Trekningene i en simulering" },
    subject: Subject::Simulation,
    rules: &RULES,
};

/// What each rule finds of a figure, in the order of the rules.
const SEARCHES: [fn(&SimulatedFigure) -> Option<Label>; RULES.len()] =
    [ratio_over_nothing, point_outside, mean_beside_point, few_draws];

/// What is found in draws is found by a search of its own.
fn nothing(_: &crate::evaluation::Appraisal) -> Vec<Found> {
    Vec::new()
}

impl Simulated {
    /// What the checks find in the draws: the gravest first, and last what the document silences. What is found in the
    /// document itself is [`Appraisal::findings`](crate::evaluation::Appraisal::findings).
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// let model = Model::from_toml(impact_core::check::rule("few-draws").unwrap().example_document().as_str())?;
    /// let found = |draws| {
    ///     let simulated = model.simulate(&Simulation::new(draws, Seed(1)), &mut |_| ControlFlow::Continue(()));
    ///     simulated.map(|simulated| simulated.findings().iter().any(|finding| finding.rule.id() == "few-draws"))
    /// };
    /// assert!(found(500)?);
    /// assert!(!found(5_000)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn findings(&self) -> Vec<Finding> {
        let searches = FAMILY.rules.iter().zip(SEARCHES);
        let found = searches.flat_map(|(rule, search)| {
            let figures = self.figures().iter();
            figures.filter_map(move |figure| Some(Found { address: place(figure), message: search(figure)? }.by(rule)))
        });
        told(self.model().silenced(), found.collect())
    }
}

/// `measures.npv.municipality`, with the outcome of a measure that is of one.
fn place(figure: &SimulatedFigure) -> Address {
    let question = &figure.point().question;
    let place =
        Address::root().child("measures").child(question.measure.name()).child(&question.perspective.to_string());
    question.outcome.iter().fold(place, |place, outcome| place.child(outcome))
}

/// A float short enough for a sentence; one too large to be written out, as a power of ten.
fn said(value: f64) -> Float {
    Decimal::try_from(value).map_or(Float::Far(value), |value| Float::Near(short(value)))
}

enum Float {
    Near(Numeral),
    Far(f64),
}

impl fmt::Display for Float {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Near(value) => value.fmt(f),
            Self::Far(value) => write!(f, "{value:.3e}"),
        }
    }
}

fn point(figure: &SimulatedFigure) -> Option<f64> {
    figure.point().value.as_ref().ok().map(|value| Constant::from(*value).float())
}

fn ratio_over_nothing(figure: &SimulatedFigure) -> Option<Label> {
    let ratio = matches!(
        figure.point().question.measure,
        Measure::SroiRatio
            | Measure::SroiNetRatio
            | Measure::Bcr
            | Measure::CbaRatio
            | Measure::NetBenefitPerBudgetKrone
    );
    let (undefined, count) = (figure.undefined(), figure.count());
    (ratio && undefined > 0 && undefined < count).then(|| {
        let (undefined, count) = (Numeral(undefined.into()), Numeral(count.into()));
        Label::both(
            format!("what stands below the line is zero or less in {undefined} of {count} draws: report the net present value, and the two sums by themselves"),
            format!("det som står under brøkstreken, er null eller mindre i {undefined:#} av {count:#} trekninger: oppgi netto nåverdi, og de to summene hver for seg"),
        )
    })
}

/// The interval of nine draws in ten, where the figure varies.
fn interval(figure: &SimulatedFigure) -> Option<(f64, f64)> {
    let (low, high) = figure.interval(LEVEL).ok()?;
    let (low, high) = (low.value - low.bin_error, high.value + high.bin_error);
    (low < high).then_some((low, high))
}

/// Whether a mean of a figure says anything: that of a ratio of two uncertain sums does not.
fn has_mean(figure: &SimulatedFigure) -> bool {
    figure.point().question.measure != Measure::Mvpf
}

fn point_outside(figure: &SimulatedFigure) -> Option<Label> {
    let (point, (low, high)) = (point(figure)?, interval(figure)?);
    (has_mean(figure) && !(low..=high).contains(&point)).then(|| {
        let (point, low, high) = (said(point), said(low), said(high));
        Label::both(
            format!("the exact figure is {point}, and nine draws in ten lie from {low} to {high}: report the mean of the draws, and look again at the point values"),
            format!("det eksakte tallet er {point:#}, og ni av ti trekninger ligger fra {low:#} til {high:#}: oppgi gjennomsnittet av trekningene, og se en gang til på punktverdiene"),
        )
    })
}

fn mean_beside_point(figure: &SimulatedFigure) -> Option<Label> {
    let (point, mean, sd) = (point(figure)?, figure.mean().ok()?, figure.sd().ok()?);
    let (apart, chance) = ((mean.value - point).abs(), mean.standard_error?);
    let inside = interval(figure).is_some_and(|(low, high)| (low..=high).contains(&point));
    (has_mean(figure) && inside && apart > BEYOND_CHANCE * chance && apart > OF_THE_SPREAD * sd.value).then(|| {
        let (point, mean) = (said(point), said(mean.value));
        Label::both(
            format!("the exact figure is {point}, and the mean of the draws {mean}: what to expect is the mean"),
            format!("det eksakte tallet er {point:#}, og gjennomsnittet av trekningene {mean:#}: det som kan ventes, er gjennomsnittet"),
        )
    })
}

fn few_draws(figure: &SimulatedFigure) -> Option<Label> {
    let threshold = figure.point().question.measure.threshold()?;
    interval(figure)?;
    let chance = figure.probability_above(threshold).ok()?;
    let draws = figure.count().saturating_sub(figure.undefined()) as f64;
    // One draw more on either side, so that a chance of none of ten is not taken for sure.
    let p = (chance.value * draws + 1.0) / (draws + 2.0);
    let Estimate { value, .. } = chance;
    let error = (p * (1.0 - p) / draws).sqrt();
    (error > SURE).then(|| {
        let needed = said((p * (1.0 - p) / (SURE * SURE)).ceil());
        let (value, error) = (percent(said_share(value)), percent(said_share(error)));
        Label::both(
            format!("the chance of more than {threshold} is {value} % with a standard error of {error} percentage points: draw at least {needed}"),
            format!("sannsynligheten for mer enn {threshold} er {value:#} % med en standardfeil på {error:#} prosentpoeng: gjør minst {needed:#} trekninger"),
        )
    })
}

fn said_share(share: f64) -> Decimal {
    Decimal::try_from(share).unwrap_or_default()
}
