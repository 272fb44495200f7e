//! Measures explained: what each line contributes.

use super::{ExplainError, Explanation};
use crate::evaluation::appraisal::Appraisal;
use crate::evaluation::budget::enters_budgets;
use crate::evaluation::figure::FigureUnit;
use crate::evaluation::ledger::Posting;
use crate::evaluation::line::{Class, Line};
use crate::evaluation::view::{View, signed};
use crate::evaluation::weights::Weights;
use crate::model::{Measure, Perspective, Question, QuestionError, ValueKind};
use crate::number::{Exact, Number};
use crate::reference::Denominator;
use crate::units::Label;
use rust_decimal::Decimal;
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
        let title = Label::plain(question.to_string());
        let explained = Explanation::titled(title).by(formula(question.measure)).of(parts(self, question)?);
        let explained = Explanation { marks: explained.marks.or(figure.marks), ..explained };
        Ok(match figure.value {
            Ok(value) => explained.worth(value, figure.unit.to_string()),
            Err(absence) => explained.noted(absence.label()),
        })
    }
}

/// What a measure takes of a posting.
type Takes = fn(&Posting) -> Decimal;

/// What each line contributes to a measure, in the order of the ledger; then the inputs below the line of a ratio, or the
/// units of an outcome.
fn parts(appraisal: &Appraisal, question: &Question) -> Result<Vec<Explanation>, QuestionError> {
    let view = View::new(appraisal.model(), &question.perspective)?;
    let everybody = View::of_all_inputs(appraisal.model(), &question.perspective)?;
    let all_inputs = appraisal.model().convention().ratios.denominator == Denominator::AllInputs;
    let below = if all_inputs { &everybody } else { &view };
    let cost = |line: &Line| line.class == Class::Cost;
    let outcome = |line: &Line| line.outcome.is_some();
    let signed = |view: &View, which: &dyn Fn(&Line) -> bool, takes: Takes| {
        contributions(appraisal, which, &|line, posting| view.signed(line, posting, takes(posting)))
    };
    let paid = |view: &View, takes: Takes| {
        contributions(appraisal, &cost, &|line, posting| Exact::ZERO - view.signed(line, posting, takes(posting)))
    };
    Ok(match question.measure {
        Measure::Mvpf | Measure::WillingnessToPay | Measure::CbaRatio => worth(appraisal, &view, question.measure)?,
        Measure::NetPublicCost => net_cost(appraisal, &view, &question.perspective)?,
        Measure::NetBenefitPerBudgetKrone => {
            let society = View::new(appraisal.model(), &Perspective::Society)?;
            let mut parts = signed(&society, &|_| true, |posting| posting.present_value);
            parts.extend(net_cost(appraisal, &view, &question.perspective)?);
            parts
        }
        Measure::FiscalPayback | Measure::FiscalReturn => signed(&view, &enters_budgets, |posting| posting.amount),
        Measure::DiscountedFiscalPayback => signed(&view, &enters_budgets, |posting| posting.present_value),
        Measure::WeightedNpv => Weights::of(appraisal.model()).map_or_else(Vec::new, |weights| {
            contributions(appraisal, &|_| true, &|line, posting| {
                let whole = if posting.turned { Exact::ZERO - Exact::ONE } else { Exact::ONE };
                whole * Exact::from(posting.present_value) * weights.exact(&view, line)
            })
        }),
        Measure::Npv | Measure::Bcr | Measure::DiscountedPayback => {
            signed(&view, &|_| true, |posting| posting.present_value)
        }
        Measure::Payback | Measure::Irr => signed(&view, &|_| true, |posting| posting.amount),
        Measure::EquivalentAnnualValue => {
            let mut parts = signed(&view, &|_| true, |posting| posting.present_value);
            parts.push(annuity(appraisal));
            parts
        }
        Measure::PresentValueOutcomes => signed(&view, &outcome, |posting| posting.present_value),
        Measure::PresentValueInputs => paid(&view, |posting| posting.present_value),
        Measure::SroiRatio | Measure::SroiNetRatio => {
            let mut parts = signed(&view, &outcome, |posting| posting.present_claim);
            parts.extend(paid(below, |posting| posting.present_value));
            parts
        }
        Measure::CashableSaving => {
            let released = |line: &Line| outcome(line) && line.kind == ValueKind::Fiscal;
            contributions(appraisal, &released, &|line, posting| {
                view.signed_cash(line, posting, posting.present_cashable)
            })
        }
        Measure::GainPerUnit => {
            let outcomes = appraisal.model().outcomes();
            let asked = |id: &str| question.outcome.as_deref().is_none_or(|named| named == id);
            let own = |line: &Line| line.outcome.and_then(|at| outcomes.get(at)).is_some_and(|one| asked(&one.id));
            let mut parts = signed(&view, &own, |posting| posting.present_value);
            let units = outcomes.iter().filter(|one| asked(&one.id));
            parts.extend(units.filter_map(|one| super::outcome::explain_units(appraisal, &one.id)));
            parts
        }
        Measure::CostPerOutcome => {
            let mut parts = paid(&view, |posting| posting.amount);
            let outcomes = appraisal.model().outcomes();
            let only = outcomes.first().filter(|_| outcomes.len() == 1).map(|outcome| outcome.id.as_str());
            let chosen = question.outcome.as_deref().or(only);
            parts.extend(chosen.and_then(|id| super::outcome::explain_units(appraisal, id)));
            parts
        }
    })
}

/// What people would pay, then what stands below the line: the net cost to all public budgets, or what they pay out.
fn worth(appraisal: &Appraisal, view: &View, measure: Measure) -> Result<Vec<Explanation>, QuestionError> {
    let mut parts = contributions(appraisal, &|_| true, &|line, posting| {
        signed(view.willing_sign(line), posting.turned, posting.present_value)
    });
    if measure != Measure::WillingnessToPay {
        parts.extend(net_cost(appraisal, view, &Perspective::Society)?);
    }
    Ok(parts)
}

/// What the budgets of a perspective pay less what they save; of society all of them.
fn net_cost(appraisal: &Appraisal, view: &View, perspective: &Perspective) -> Result<Vec<Explanation>, QuestionError> {
    let public = View::new(appraisal.model(), &Perspective::Public)?;
    let of_all = matches!(perspective, Perspective::Society | Perspective::Everybody);
    let budgets = if of_all { &public } else { view };
    Ok(contributions(appraisal, &|_| true, &|line, posting| {
        Exact::ZERO - signed(budgets.money_sign(line), posting.turned, posting.present_value)
    }))
}

/// What one krone in each year appraised is worth.
fn annuity(appraisal: &Appraisal) -> Explanation {
    let factors = appraisal.yearly_factors();
    let title =
        Label::both("discount factors of the years appraised, added up", "diskonteringsfaktorene for årene, summert");
    Explanation::titled(title).worth_if(factors.into_iter().sum::<Exact>().quantised(), "")
}

/// What each of some lines comes to, taken apart down to its sources.
fn contributions(
    appraisal: &Appraisal,
    which: &dyn Fn(&Line) -> bool,
    takes: &dyn Fn(&Line, &Posting) -> Exact,
) -> Vec<Explanation> {
    let ledger = appraisal.ledger();
    let mut totals: BTreeMap<usize, Exact> = BTreeMap::new();
    for (line, posting) in ledger.entries().filter(|(line, _)| which(line)) {
        let total = totals.entry(posting.line).or_insert(Exact::ZERO);
        *total = *total + takes(line, posting);
    }
    let contributes = |(position, total): (usize, Exact)| {
        let line = ledger.lines().get(position)?;
        (total != Exact::ZERO).then(|| {
            let below = appraisal.explain(line.cause.as_str()).ok();
            let explained = Explanation::titled(name(appraisal, line)).at(&line.cause).of(below.into_iter().collect());
            explained.worth_if(total, in_model_money(appraisal))
        })
    };
    totals.into_iter().filter_map(contributes).collect()
}

fn in_model_money(appraisal: &Appraisal) -> String {
    format!("{} ({} prices)", appraisal.model().currency(), appraisal.model().price_year())
}

fn name(appraisal: &Appraisal, line: &Line) -> Label {
    let model = appraisal.model();
    let costs = model.costs().iter().map(|cost| (&cost.address, &cost.name));
    let transfers = model.transfers().iter().map(|transfer| (&transfer.address, &transfer.name));
    let values = model.outcomes().iter().flat_map(|outcome| &outcome.values).map(|value| (&value.address, &value.name));
    let rules = model.reimbursements().iter().map(|rule| (&rule.address, &rule.name));
    let found = costs.chain(transfers).chain(values).chain(rules).find(|(address, _)| **address == line.cause);
    let name =
        found.map_or_else(|| Label::both("tax-financing cost", "skattefinansieringskostnad"), |(_, name)| name.clone());
    let name = match line.is_markup() {
        true => Label::both(
            format!("{}, carried to market prices", name.en),
            format!("{}, ført til markedspriser", name.nb.as_ref().unwrap_or(&name.en)),
        ),
        false => name,
    };
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
        Measure::CashableSaving => (
            "present value of fiscal outcomes × cashable share, in the years and whole steps that release money",
            "nåverdi av budsjettvirkninger × realiserbar andel, i årene og de hele trinnene som frigjør penger",
        ),
        Measure::Payback => (
            "years until the cumulative net gain, real and undiscounted, is back at zero and stays there",
            "år til samlet nettogevinst, reell og udiskontert, er tilbake på null og blir der",
        ),
        Measure::DiscountedPayback => (
            "years until the cumulative net gain, discounted, is back at zero and stays there; evenly within a year",
            "år til samlet nettogevinst, diskontert, er tilbake på null og blir der; jevnt gjennom et år",
        ),
        Measure::Irr => (
            "the one rate at which the yearly net gains, real and with all of a year taken together, have a present value of \
             zero",
            "den ene renten som gir de årlige nettogevinstene, reelle og hvert år samlet, en nåverdi på null",
        ),
        Measure::EquivalentAnnualValue => (
            "net present value / sum of the discount factors of the years appraised",
            "netto nåverdi / summen av diskonteringsfaktorene for årene som vurderes",
        ),
        Measure::CostPerOutcome => (
            "inputs / causal units in the years appraised, neither discounted",
            "innsats / virkninger som skyldes tiltaket i årene som vurderes, begge udiskontert",
        ),
        Measure::GainPerUnit => (
            "present value of the outcome / causal units that start, over all intakes",
            "nåverdi av virkningen / virkninger som skyldes tiltaket og begynner, over alle opptak",
        ),
        _ => formula_of_worth(measure),
    };
    Label::both(en, nb)
}

/// The formulas of the measures about public money and its worth.
fn formula_of_worth(measure: Measure) -> (&'static str, &'static str) {
    match measure {
        Measure::Mvpf => (
            "willingness to pay / net cost to all public budgets, without tax-financing cost",
            "betalingsvilje / netto kostnad for alle offentlige budsjetter, uten skattefinansieringskostnad",
        ),
        Measure::WillingnessToPay => (
            "present value of what holders that are no public budget would pay for + transfers received − transfers and resources paid",
            "nåverdi av det de som ikke er offentlige budsjetter, ville betalt for + overføringer mottatt − overføringer og ressurser betalt",
        ),
        Measure::NetPublicCost => (
            "present value of costs + transfers paid − transfers received − fiscal value of outcomes, over public budgets",
            "nåverdi av kostnader + overføringer betalt − overføringer mottatt − budsjettvirkninger, for offentlige budsjetter",
        ),
        Measure::CbaRatio => (
            "1 + (willingness to pay − net cost to all public budgets) / what they pay out for the programme",
            "1 + (betalingsvilje − netto kostnad for alle offentlige budsjetter) / det de betaler ut til programmet",
        ),
        Measure::NetBenefitPerBudgetKrone => (
            "net present value of society / net cost to public budgets",
            "netto nåverdi for samfunnet / netto kostnad for offentlige budsjetter",
        ),
        Measure::FiscalPayback => (
            "years until the budget's cumulative net saving, real and undiscounted, is back at zero and stays there",
            "år til budsjettets samlede netto besparelse, reell og udiskontert, er tilbake på null og blir der",
        ),
        Measure::DiscountedFiscalPayback => (
            "years until the budget's cumulative net saving, discounted, is back at zero and stays there; evenly within a year",
            "år til budsjettets samlede netto besparelse, diskontert, er tilbake på null og blir der; jevnt gjennom et år",
        ),
        Measure::FiscalReturn => (
            "the one rate at which the budget's yearly net savings, real and with all of a year taken together, have a present \
             value of zero",
            "den ene renten som gir budsjettets årlige netto besparelser, reelle og hvert år samlet, en nåverdi på null",
        ),
        _ => (
            "present value of gains − losses, each × (median income / income) ^ elasticity of whoever it falls on",
            "nåverdi av gevinster − tap, hver × (medianinntekt / inntekt) ^ elastisitet for den det gjelder",
        ),
    }
}
