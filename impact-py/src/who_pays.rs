//! Who pays against who gains: by year, by kind, and the split that leaves no payer worse off.
//!
//! A split is a Python class, made of what the core gives as JSON and three tables.

use crate::results::values;
use crate::returns::none_of;
use crate::rows::number;
use crate::table::{Columns, Table, TableError};
use impact_core::evaluation::{CountedIn, GainCounted, KindRow, PocketYear, Split, Whose};
use impact_core::report::word;
use pyo3::prelude::*;

type Made = Result<Table, TableError>;

fn named<T: Copy>(py: Python<'_>, argument: &str, name: &str, known: &[(T, &'static str)]) -> PyResult<T> {
    let names: Vec<&str> = known.iter().map(|(_, name)| *name).collect();
    let found = known.iter().find(|(_, known)| *known == name);
    found.map(|(one, _)| *one).ok_or_else(|| none_of(py, argument, name, &names))
}

/// What amounts of a year are counted in, by its name.
pub fn counted_in(py: Python<'_>, name: &str) -> PyResult<CountedIn> {
    named(py, "counted_in", name, &CountedIn::NAMED)
}

/// Which gains a payer can pay from, by their name.
pub fn gain_counted(py: Python<'_>, name: &str) -> PyResult<GainCounted> {
    named(py, "gain", name, &GainCounted::NAMED)
}

/// Who pays and who gains in each year.
pub fn years(rows: &[PocketYear]) -> Made {
    Columns::new()
        .text("holder", rows.iter().map(|row| row.holder.as_str()))
        .words("holder_kind", rows.iter().map(|row| word(&row.holder_kind)))
        .words("level", rows.iter().map(|row| row.level.map(|level| word(&level))))
        .words("kind", rows.iter().map(|row| word(&row.kind)))
        .whole("year", rows.iter().map(|row| number(row.year)))
        .amount("pays", rows.iter().map(|row| row.pays))
        .amount("receives", rows.iter().map(|row| row.receives))
        .amount("gains", rows.iter().map(|row| row.gains))
        .amount("cashable", rows.iter().map(|row| row.cashable))
        .amount("net", rows.iter().map(|row| row.net))
        .amount("cumulative", rows.iter().map(|row| row.cumulative))
        .table()
}

/// Present values by kind.
pub fn kinds(rows: &[KindRow]) -> Made {
    let whose = |row: &KindRow| match &row.whose {
        Whose::Society => "society",
        Whose::Everybody => "everybody",
        Whose::Public => "public",
        Whose::Level(_) => "level",
        Whose::Holder(_) => "holder",
    };
    let id = |row: &KindRow| match &row.whose {
        Whose::Level(level) => Some(word(level)),
        Whose::Holder(id) => Some(id.clone()),
        Whose::Society | Whose::Everybody | Whose::Public => None,
    };
    Columns::new()
        .text("whose", rows.iter().map(whose))
        .words("id", rows.iter().map(id))
        .amount("fiscal", rows.iter().map(|row| row.fiscal))
        .amount("economic", rows.iter().map(|row| row.economic))
        .amount("social", rows.iter().map(|row| row.social))
        .amount("market_prices", rows.iter().map(|row| row.market_prices))
        .amount("inputs", rows.iter().map(|row| row.inputs))
        .amount("transfers", rows.iter().map(|row| row.transfers))
        .amount("financing", rows.iter().map(|row| row.financing))
        .amount("net", rows.iter().map(|row| row.net))
        .amount("ratio", rows.iter().map(|row| row.ratio))
        .amount("fiscal_ratio", rows.iter().map(|row| row.fiscal_ratio))
        .table()
}

/// A split as `socialimpact.Split`.
pub fn made_split<'py>(py: Python<'py>, split: &Split) -> PyResult<Bound<'py, PyAny>> {
    let tables = (values(py, split)?, payers(split)?, levels(split)?, others(split)?);
    py.import("socialimpact.who_pays")?.getattr("Split")?.call_method1("_of", tables)
}

fn payers(split: &Split) -> Made {
    let rows = &split.payers;
    Columns::new()
        .text("holder", rows.iter().map(|row| row.holder.as_str()))
        .words("level", rows.iter().map(|row| row.level.map(|level| word(&level))))
        .amount("gain", rows.iter().map(|row| row.gain))
        .amount("pays_now", rows.iter().map(|row| row.pays_now))
        .amount("least", rows.iter().map(|row| row.least))
        .amount("most", rows.iter().map(|row| row.most))
        .amount("pays", rows.iter().map(|row| row.pays))
        .amount("share", rows.iter().map(|row| row.share))
        .amount("keeps", rows.iter().map(|row| row.keeps))
        .table()
}

fn levels(split: &Split) -> Made {
    let rows = &split.levels;
    Columns::new()
        .words("level", rows.iter().map(|row| word(&row.level)))
        .amount("gain", rows.iter().map(|row| row.gain))
        .amount("pays_now", rows.iter().map(|row| row.pays_now))
        .amount("least", rows.iter().map(|row| row.least))
        .amount("least_share", rows.iter().map(|row| row.least_share))
        .amount("most", rows.iter().map(|row| row.most))
        .amount("pays", rows.iter().map(|row| row.pays))
        .amount("share", rows.iter().map(|row| row.share))
        .table()
}

fn others(split: &Split) -> Made {
    let rows = &split.others;
    Columns::new()
        .text("holder", rows.iter().map(|row| row.holder.as_str()))
        .words("kind", rows.iter().map(|row| word(&row.kind)))
        .amount("gain", rows.iter().map(|row| row.gain))
        .amount("economic", rows.iter().map(|row| row.economic))
        .amount("social", rows.iter().map(|row| row.social))
        .amount("pays_now", rows.iter().map(|row| row.pays_now))
        .table()
}
