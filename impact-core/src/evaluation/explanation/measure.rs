//! Measures explained: what each line contributes.

use super::{ExplainError, Explanation};
use crate::evaluation::appraisal::Appraisal;
use crate::evaluation::figure::FigureUnit;
use crate::evaluation::line::{Class, Line};
use crate::evaluation::view::View;
use crate::model::{Measure, Question};
use crate::number::Exact;
use crate::units::Label;
use std::collections::BTreeMap;

/// The unit of present values.
pub(super) fn money(appraisal: &Appraisal) -> String {
    let model = appraisal.model();
    FigureUnit::Money {
        currency: model.currency(),
        price_year: model.price_year(),
        present_value_year: model.present_value_year(),
    }
    .to_string()
}

impl Appraisal {
    /// Takes a measure apart: its formula, and what each cost, transfer and value contributes in present value.
    ///
    /// # Errors
    /// A holder or an outcome the model does not have.
    pub fn explain_measure(&self, question: &Question) -> Result<Explanation, ExplainError> {
        let figure = self.answer(question)?;
        let view = View::new(self.model(), &question.perspective)?;
        let title = Label::plain(question.to_string());
        let explained = Explanation::titled(title).by(formula(question.measure)).of(contributions(self, &view));
        let explained = Explanation { marks: explained.marks.or(figure.marks), ..explained };
        Ok(match figure.value {
            Ok(value) => explained.worth(value, figure.unit.to_string()),
            Err(absence) => Explanation { notes: vec![absence.label()], ..explained },
        })
    }
}

/// The present value of each line as the view sees it, in the order of the ledger.
fn contributions(appraisal: &Appraisal, view: &View) -> Vec<Explanation> {
    let ledger = appraisal.ledger();
    let mut totals: BTreeMap<usize, Exact> = BTreeMap::new();
    for (line, posting) in ledger.entries() {
        let total = totals.entry(posting.line).or_insert(Exact::ZERO);
        *total = *total + view.signed(line, posting, posting.present_value);
    }
    let contributes = |(position, total): (usize, Exact)| {
        let (line, total) = (ledger.lines().get(position)?, total.value().ok()?);
        (!total.is_zero())
            .then(|| Explanation::titled(name(appraisal, line)).at(&line.cause).worth(total, money(appraisal)))
    };
    totals.into_iter().filter_map(contributes).collect()
}

fn name(appraisal: &Appraisal, line: &Line) -> Label {
    let model = appraisal.model();
    let costs = model.costs().iter().map(|cost| (&cost.address, &cost.name));
    let transfers = model.transfers().iter().map(|transfer| (&transfer.address, &transfer.name));
    let values = model.outcomes().iter().flat_map(|outcome| &outcome.values).map(|value| (&value.address, &value.name));
    let found = costs.chain(transfers).chain(values).find(|(address, _)| **address == line.cause);
    let name =
        found.map_or_else(|| Label::both("tax-financing cost", "skattefinansieringskostnad"), |(_, name)| name.clone());
    match line.class {
        Class::Displaced => Label::both(
            format!("{} (displaced)", name.en),
            format!("{} (fortrengt)", name.nb.as_ref().unwrap_or(&name.en)),
        ),
        _ => name,
    }
}

fn formula(measure: Measure) -> Label {
    let (en, nb) = match measure {
        Measure::Npv => (
            "present value of outcomes + transfers − inputs − tax-financing cost",
            "nåverdi av virkninger + overføringer − innsats − skattefinansieringskostnad",
        ),
        Measure::PresentValueOutcomes => {
            ("present value of outcomes, harms deducted", "nåverdi av virkninger, fratrukket skade")
        }
        Measure::PresentValueInputs => {
            ("present value of the resources paid for", "nåverdi av ressursene som er betalt")
        }
        Measure::SroiRatio => (
            "present value of outcomes × own share of the credit / present value of inputs",
            "nåverdi av virkninger × eget bidrag / nåverdi av innsats",
        ),
        Measure::SroiNetRatio => (
            "(present value of outcomes × own share of the credit − present value of inputs) / present value of inputs",
            "(nåverdi av virkninger × eget bidrag − nåverdi av innsats) / nåverdi av innsats",
        ),
        Measure::Bcr => (
            "(net present value + present value of inputs) / present value of inputs",
            "(netto nåverdi + nåverdi av innsats) / nåverdi av innsats",
        ),
        Measure::CashableSaving => {
            ("present value of fiscal outcomes × cashable share", "nåverdi av budsjettvirkninger × realiserbar andel")
        }
        Measure::Payback => (
            "years until the cumulative net gain, real and undiscounted, is back at zero and stays there",
            "år til samlet nettogevinst, reell og udiskontert, er tilbake på null og blir der",
        ),
        Measure::CostPerOutcome => (
            "present value of all inputs / causal units in the years appraised",
            "nåverdi av all innsats / virkninger som skyldes tiltaket i årene som vurderes",
        ),
    };
    Label::both(en, nb)
}
