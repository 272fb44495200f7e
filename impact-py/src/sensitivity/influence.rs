//! Influence on a simulated figure, as a table.

use super::asked::{Figured, Needed, Words};
use super::numbers::Numbers;
use super::plot_table::PlotTable;
use crate::error::told;
use crate::simulation::{Simulated, listened};
use crate::table::Columns;
use impact_core::Model;
use impact_core::analysis::SensitivityError;
use impact_core::analysis::influence::SobolIndex;
use impact_core::analysis::sensitivity::{Influence, Influences, TotalInfluence};
use impact_core::model::Question;
use impact_core::report::no_variance;
use impact_core::simulation::Progress;
use pyo3::prelude::*;
use std::ops::ControlFlow;

/// The caller as the core asks it.
pub type Heard<'h> = dyn FnMut(Progress) -> ControlFlow<()> + 'h;

/// First-order indices and rank correlations of every uncertain number; total indices as well where asked for.
pub fn sobol(
    py: Python<'_>,
    simulated: &Simulated,
    question: &Question,
    with_total: bool,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<PlotTable>> {
    let asked = Figured::of(py, simulated, question, Needed::Draws)?;
    let (core, question) = (&*asked.core, &asked.question);
    let (model, request) = (core.model(), core.simulation());
    let figure = told(py, core.answer(question))?;
    let exchanged = with_total && figure.infinite() == (0, 0);
    // Two questions of the core are one call: the draws of the second follow those of the first.
    let ask = |heard: &mut Heard<'_>| {
        let (mut first, second) = (0, if exchanged { request.draws() } else { 0 });
        let influences = core.influence(question, &mut |at| {
            first = at.of;
            heard(Progress { of: at.of + second, ..at })
        })?;
        let mut after = |at: Progress| heard(Progress { done: first + at.done, of: first + at.of, ..at });
        let totals = exchanged.then(|| model.total_influence(request, question, &[], &mut after)).transpose()?;
        Ok::<_, SensitivityError>((influences, totals))
    };
    let (influences, totals) = told(py, listened(py, progress, ask)?)?;
    let none = if with_total { Some(&[][..]) } else { None };
    let table = columns(core.model(), &influences, totals.as_deref().or(none)).table()?;
    let notes = no_variance(figure).into_iter().collect();
    PlotTable::made(py, table, "influence", Words { notes, ..asked.words(py)? })
}

fn columns(model: &Model, influences: &Influences, totals: Option<&[TotalInfluence]>) -> Columns {
    let of = || influences.of.iter();
    let numbers = Numbers::of(model, of().map(|one| std::slice::from_ref(&one.address)));
    let index = |read: fn(&SobolIndex) -> f64| of().map(move |one| one.first_order.as_ref().ok().map(read));
    let mut columns = Columns::new()
        .text("address", of().map(|one| one.address.as_str()))
        .ratio("first_order", index(|index| index.value))
        .ratio("first_low", index(|index| index.low))
        .ratio("first_high", index(|index| index.high));
    if let Some(totals) = totals {
        let group = |one: &Influence| totals.iter().find(|total| total.addresses.contains(&one.address));
        let total = |read: fn(&SobolIndex) -> f64| {
            of().map(move |one| group(one).map(|total| read(&total.indices.total))).collect::<Vec<_>>()
        };
        let others = |one: &Influence| {
            let others = group(one)?.addresses.iter().filter(|address| **address != one.address);
            let others: Vec<&str> = others.map(|address| address.as_str()).collect();
            (!others.is_empty()).then(|| others.join(" + "))
        };
        columns = columns
            .ratio("total", total(|index| index.value))
            .ratio("total_low", total(|index| index.low))
            .ratio("total_high", total(|index| index.high))
            .words("total_with", of().map(others));
    }
    let rank = || of().map(|one| one.rank.as_ref().ok());
    let columns = columns
        .ratio("rank_correlation", rank().map(|rank| rank.map(|rank| rank.value)))
        .ratio("rank_error", rank().map(|rank| rank.map(|rank| rank.standard_error)));
    numbers.columns(columns)
}
