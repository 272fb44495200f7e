//! Simulations as rows: each measure over all draws, beside its figure at the point values.
//!
//! One rule: an exact figure keeps its digits; what draws say is a float with its standard error.

use super::figures::{FigureRow, row};
use super::findings::{FindingRow, finding_rows};
use crate::address::Address;
use crate::evaluation::Provenance;
use crate::model::{Marks, Measure, Model, Perspective, Question};
use crate::simulation::{Estimate, MvpfDraws, Points, Repair, Simulated, SimulatedFigure, SummaryError, number_or_end};
use crate::units::Label;
use crate::units::written::Numeral;

/// The chance that the interval of a marginal value of public funds is meant to hold.
pub const MVPF_LEVEL: f64 = 0.95;

/// Everything a simulation says, as one document.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SimulationReport {
    /// What the model is called.
    pub name: Label,
    /// What made it: the same provenance gives the same bits on one build target.
    pub provenance: SimulationProvenance,
    /// The uncertain addresses.
    pub addresses: Vec<Address>,
    /// The measures, in the order they were asked for.
    pub measures: Vec<SimulatedRow>,
    /// The marginal value of public funds, where both its sides were asked for, with an interval of 95 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mvpf: Option<MvpfDraws>,
    /// What to know before reading them.
    pub notes: Vec<Label>,
    /// Correlations that cannot be as asked.
    pub repairs: Vec<Repair>,
    /// What the checks find in the draws.
    pub findings: Vec<FindingRow>,
}

/// The provenance of the model, and what decides the draws.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SimulationProvenance {
    /// What made the exact figures.
    #[serde(flatten)]
    pub model: Provenance,
    /// The seed.
    pub seed: u64,
    /// How draws cover what may happen.
    pub points: Points,
    /// How many there are.
    pub draws: u64,
}

/// A measure over all draws.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SimulatedRow {
    /// The measure.
    pub measure: Measure,
    /// Whose.
    pub holder: Perspective,
    /// Of which outcome, for cost per outcome.
    pub outcome: Option<String>,
    /// Draws in all.
    pub draws: u64,
    /// Draws at which the measure does not exist.
    pub undefined: u64,
    /// Their share.
    pub undefined_share: f64,
    /// Draws above every number, which quantiles and chances count: marginal values of public funds that pay for themselves.
    pub infinite: u64,
    /// Draws below every number: harm for nothing.
    pub minus_infinite: u64,
    /// What the draws say; none where `absent` says why.
    pub summary: Option<Summary>,
    /// Why there is no summary: no draw has the measure, or less of it is better at the point values and more in other draws.
    pub absent: Option<Label>,
    /// How many draws all this leaves out, and why; none where every draw has the measure, or there is no summary.
    pub left_out: Option<Label>,
    /// Why there is no mean, where there are draws; none where there is one.
    pub mean_note: Option<Label>,
    /// Marks of what the draws rest on: those of the figure at the point values, and of invented correlations.
    #[serde(flatten)]
    pub marks: Marks,
    /// The exact figure at the point values.
    pub at_point: FigureRow,
}

/// What the draws of a measure say.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Summary {
    /// The mean; none of ratios that may be infinite, as `mean_note` says.
    pub mean: Option<Estimate>,
    /// The standard deviation, where there is a mean.
    pub sd: Option<Estimate>,
    /// The smallest draw.
    #[serde(serialize_with = "number_or_end")]
    pub least: f64,
    /// The value with a chance of 5 % below it.
    pub p05: Estimate,
    /// With 25 %.
    pub p25: Estimate,
    /// With 50 %.
    pub p50: Estimate,
    /// With 75 %.
    pub p75: Estimate,
    /// With 95 %.
    pub p95: Estimate,
    /// The largest draw.
    #[serde(serialize_with = "number_or_end")]
    pub most: f64,
    /// The chance of a draw above zero.
    pub above_zero: Estimate,
    /// The value above which it pays, where the measure has [one](Measure::threshold).
    pub threshold: Option<f64>,
    /// The chance of a draw above it.
    pub above_threshold: Option<Estimate>,
}

impl SimulationReport {
    /// The report of a simulation.
    pub fn of(simulated: &Simulated) -> Self {
        let model = simulated.model();
        Self {
            name: model.name().clone(),
            provenance: SimulationProvenance::of(simulated),
            addresses: simulated.addresses().to_vec(),
            measures: simulated.figures().iter().map(|figure| SimulatedRow::of(model, figure)).collect(),
            mvpf: simulated.mvpf(MVPF_LEVEL).ok(),
            notes: simulated.notes().to_vec(),
            repairs: simulated.repairs().to_vec(),
            findings: finding_rows(simulated.findings()),
        }
    }
}

impl SimulationProvenance {
    /// The provenance of a simulation.
    pub fn of(simulated: &Simulated) -> Self {
        let request = simulated.simulation();
        let (seed, points, draws) = (request.seed().0, request.points(), request.draws());
        Self { model: simulated.provenance(), seed, points, draws }
    }
}

impl SimulatedRow {
    /// The row of a figure of a model.
    pub fn of(model: &Model, figure: &SimulatedFigure) -> Self {
        let point = figure.point();
        let summary = Summary::of(figure);
        Self {
            measure: point.question.measure,
            holder: point.question.perspective.clone(),
            outcome: point.question.outcome.clone(),
            draws: figure.count(),
            undefined: figure.undefined(),
            undefined_share: figure.undefined_share(),
            infinite: figure.infinite().1,
            minus_infinite: figure.infinite().0,
            absent: unanswered(figure),
            left_out: left_out(figure),
            mean_note: mean_note(figure),
            marks: drawn_marks(model, &point.question, point.marks),
            summary: summary.ok(),
            at_point: point_row(model, figure),
        }
    }
}

impl Summary {
    /// The summary of a figure.
    ///
    /// # Errors
    /// A measure that no draw has.
    pub fn of(figure: &SimulatedFigure) -> Result<Self, SummaryError> {
        let threshold = figure.point().question.measure.threshold();
        let (least, most) = figure.range()?;
        Ok(Self {
            mean: figure.mean().ok(),
            sd: figure.sd().ok(),
            least,
            p05: figure.quantile(0.05)?,
            p25: figure.quantile(0.25)?,
            p50: figure.quantile(0.5)?,
            p75: figure.quantile(0.75)?,
            p95: figure.quantile(0.95)?,
            most,
            above_zero: figure.probability_above(0.0)?,
            threshold,
            above_threshold: threshold.map(|threshold| figure.probability_above(threshold)).transpose()?,
        })
    }
}

/// The exact figure of a simulated one as a row: its name, unit and marks.
pub fn point_row(model: &Model, figure: &SimulatedFigure) -> FigureRow {
    row(model, figure.point())
}

/// The marks of a question over draws, where `point` are those of its exact figure.
pub fn drawn_marks(model: &Model, question: &Question, point: Marks) -> Marks {
    if !model.correlations().iter().any(|tie| tie.illustrative) {
        return point;
    }
    // A model that was drawn can be appraised; should it not be, an invented correlation is not passed over.
    let drawn = model.appraise().ok().and_then(|appraisal| appraisal.drawn_marks(question).ok());
    drawn.unwrap_or(Marks { illustrative: true, ..point })
}

/// Why the draws say nothing of the measure: none has it, or less is better at the point values and more in others; none where they do.
pub fn unanswered(figure: &SimulatedFigure) -> Option<Label> {
    let (point, error) = (figure.point(), figure.range().err()?);
    let reason = point.value.as_ref().err().map(|absence| absence.label().nb.unwrap_or_else(|| absence.to_string()));
    let because = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    let norwegian = match error {
        SummaryError::LessIsBetter { .. } => format!(
            "trekningene av `{}` kan ikke ordnes{because}; `mvpf()` har andelen av trekningene som er av hvert tilfelle",
            point.question
        ),
        _ => format!("`{}` har ingen verdi i noen trekning{because}", point.question),
    };
    Some(Label::both(error.to_string(), norwegian))
}

/// How many draws are infinite, so that there is no variance to explain; none where none is.
pub fn no_variance(figure: &SimulatedFigure) -> Option<Label> {
    let (below, above) = figure.infinite();
    let (infinite, count) = (below.saturating_add(above), Numeral(figure.count().into()));
    (infinite > 0).then(|| {
        let infinite = Numeral(infinite.into());
        Label::both(
            format!(
                "{infinite} of {count} draws are infinite: there is no variance to share out, and the rank correlation puts infinite \
                 draws first and last"
            ),
            format!(
                "{infinite:#} av {count:#} trekninger er uendelige: det er ingen varians å fordele, og rangkorrelasjonen setter \
                 uendelige trekninger først og sist"
            ),
        )
    })
}

/// Why there is no mean, where there are draws: they are ratios, and what is meant is the ratio of two means. None for all other
/// measures, and where no draw has the measure.
pub fn mean_note(figure: &SimulatedFigure) -> Option<Label> {
    if figure.point().question.measure != Measure::Mvpf || figure.range().is_err() {
        return None;
    }
    Some(Label::both(
        "there is no mean of the draws' own ratios, for a draw that pays for itself is infinite: the marginal value of public funds of \
         all draws is the ratio of the means, E[willingness to pay] / E[net cost], which `mvpf()` gives with the case of each draw"
            .to_owned(),
        "trekningenes egne brøker har ikke noe gjennomsnitt, for en trekning som betaler for seg selv, er uendelig: marginalverdien av \
         offentlige midler over alle trekninger er forholdet mellom gjennomsnittene, E[betalingsvilje] / E[netto kostnad], som `mvpf()` \
         gir sammen med tilfellet i hver trekning"
            .to_owned(),
    ))
}

/// How many draws a figure leaves out, and why; none where every draw has the measure, or nothing is said of it.
pub fn left_out(figure: &SimulatedFigure) -> Option<Label> {
    let (undefined, count) = (figure.undefined(), figure.count());
    if undefined == 0 || figure.range().is_err() {
        return None;
    }
    let (undefined, count) = (Numeral(undefined.into()), Numeral(count.into()));
    let (why, hvorfor) = match figure.point().question.measure {
        Measure::SroiRatio | Measure::SroiNetRatio | Measure::Bcr => {
            ("there is nothing to divide by", "det er ingenting å dele på")
        }
        Measure::Payback | Measure::DiscountedPayback => {
            ("what was paid is not earned back", "det som ble betalt, er ikke tjent inn igjen")
        }
        Measure::Mvpf => (
            "there is harm that saves money, or nothing over nothing,",
            "det er skade som sparer penger, eller ingenting over ingenting,",
        ),
        Measure::Irr => ("there is not one single rate", "det finnes ikke én enkelt rente"),
        Measure::CostPerOutcome | Measure::GainPerUnit => {
            ("there is no unit of the outcome", "det er ingen enhet av virkningen")
        }
        _ => ("the model has no value", "modellen har ingen verdi"),
    };
    Some(Label::both(
        format!("{undefined} of {count} draws are left out: {why} in them"),
        format!("{undefined:#} av {count:#} trekninger er holdt utenfor: {hvorfor} i dem"),
    ))
}
