//! Names of measures and perspectives, in the languages of the reports.

use crate::model::{Measure, Model, Perspective};
use crate::units::Label;

/// What a measure is called.
///
/// # Examples
/// ```
/// use impact_core::model::Measure;
/// assert_eq!(impact_core::report::measure_name(Measure::Npv).en, "net present value");
/// ```
pub fn measure_name(measure: Measure) -> Label {
    let (en, nb) = match measure {
        Measure::Npv => ("net present value", "netto nåverdi"),
        Measure::PresentValueOutcomes => ("present value of outcomes", "nåverdi av virkninger"),
        Measure::PresentValueInputs => ("present value of inputs", "nåverdi av innsats"),
        Measure::SroiRatio => ("SROI ratio", "sosial avkastning (SROI)"),
        Measure::SroiNetRatio => ("net SROI ratio", "netto sosial avkastning (SROI)"),
        Measure::Bcr => ("benefit-cost ratio", "nytte-kostnadsbrøk"),
        Measure::CashableSaving => ("cashable saving", "realiserbar besparelse"),
        Measure::Payback => ("payback period", "tilbakebetalingstid"),
        Measure::CostPerOutcome => ("cost per outcome", "kostnad per virkning"),
    };
    Label::both(en, nb)
}

/// What a perspective is called: society, all public budgets, or a holder by its name in the model.
pub fn holder_name(model: &Model, perspective: &Perspective) -> Label {
    match perspective {
        Perspective::Society => Label::both("society", "samfunnet"),
        Perspective::Public => Label::both("all public budgets", "alle offentlige budsjetter"),
        Perspective::Holder(id) => {
            let holder = model.holders().iter().find(|holder| holder.id == *id);
            holder.map_or_else(|| Label::plain(id.clone()), |holder| holder.name.clone())
        }
    }
}
