//! Rows of a batch as any program hands them over by way of Arrow: every cell that cannot be meant is a problem with its row and column.
//!
//! One rule: numbers are read from their digits, so that no column type changes a seed on the way.

use crate::arrow::{HandedOver, Texts, bytes, hands_over};
use crate::error::{at_argument, plain};
use crate::model::Model;
use arrow_array::{Array, StructArray};
use impact_core::error::{Problem, Problems};
use impact_core::model::Model as CoreModel;
use impact_core::simulation::batch_cell;
use pyo3::prelude::*;
use pyo3::types::PyMapping;
use std::collections::BTreeMap;

/// The models that rows name.
pub enum Models {
    /// One for all rows.
    One(CoreModel),
    /// By name.
    Named(BTreeMap<String, CoreModel>),
}

/// What is wrong with a cell.
#[derive(Debug, thiserror::Error)]
pub enum CellFault {
    #[error("`{found}` is not a whole number from {least} to {most}")]
    NotWhole { found: String, least: u64, most: &'static str },
    #[error("nothing is given: {wanted}")]
    Missing { wanted: &'static str },
    #[error(
        "the seed of this part, `{seed}`, is more than a table of whole numbers holds, 2^63 - 1: merge it as a PartSimulated"
    )]
    Seed { seed: u64 },
    #[error("`{found}` is none of the models: {known}")]
    NoModel { found: String, known: String },
}

/// A table of rows, its columns by name.
pub struct Rows {
    chunks: Vec<StructArray>,
}

/// A cell that is read, and where it stands.
pub struct Cell<'p> {
    pub row: usize,
    pub column: &'static str,
    pub problems: &'p mut Problems,
}

impl Models {
    /// A model, or models by name.
    pub fn of(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(model) = object.cast::<Model>() {
            return Ok(Self::One(model.get().core().clone()));
        }
        let refused = || at_argument(object.py(), "models", "give a Model, or a mapping of names to Models");
        let mut named = BTreeMap::new();
        for item in object.cast::<PyMapping>().map_err(|_| refused())?.items()? {
            let (name, model): (String, Bound<'_, Model>) = item.extract().map_err(|_| refused())?;
            named.insert(name, model.get().core().clone());
        }
        if named.is_empty() { Err(refused()) } else { Ok(Self::Named(named)) }
    }

    /// The model of a row.
    pub fn named(&self, name: Option<&str>, cell: Cell<'_>) -> Option<&CoreModel> {
        let models = match self {
            Self::One(model) => return Some(model),
            Self::Named(models) => models,
        };
        let Some(name) = name else {
            return cell.refuse(CellFault::Missing { wanted: "say which of the models is meant" });
        };
        models.get(name).or_else(|| {
            let some: Vec<String> = models.keys().take(10).map(|name| format!("`{name}`")).collect();
            let more = if models.len() > some.len() { ", …" } else { "" };
            cell.refuse(CellFault::NoModel { found: name.to_owned(), known: some.join(", ") + more })
        })
    }
}

impl Cell<'_> {
    /// Notes what is wrong with it.
    pub fn refuse<T>(self, fault: CellFault) -> Option<T> {
        self.problems.push(Problem::new(batch_cell(self.row, self.column), fault));
        None
    }

    /// A whole number; `otherwise` where nothing stands here.
    pub fn whole(self, text: Option<&str>, least: u64, otherwise: Option<u64>) -> Option<u64> {
        let Some(text) = text else {
            let missing = || CellFault::Missing { wanted: "give a whole number" };
            return otherwise.or_else(|| self.refuse(missing()));
        };
        // Programs without whole numbers that may be missing make them floats.
        let digits = text.strip_suffix(".0").unwrap_or(text);
        // A column of whole numbers holds no more than 63 bits, and a seed must come out as it came in.
        let found = digits.parse::<i64>().ok().and_then(|number| u64::try_from(number).ok());
        let found = found.filter(|number| *number >= least);
        found.or_else(|| self.refuse(CellFault::NotWhole { found: text.to_owned(), least, most: "2^63 - 1" }))
    }
}

impl Rows {
    /// The rows of an object that hands over a table.
    pub fn of(object: &Bound<'_, PyAny>, place: &str, columns: &[&str]) -> PyResult<Self> {
        let py = object.py();
        let refused = |message: &str| at_argument(py, place, message);
        if !hands_over(object)? {
            return Err(refused(
                "give a table that any program hands over as Arrow: pandas, polars, pyarrow, DuckDB, or a Table",
            ));
        }
        let handed_over = HandedOver::of(object).map_err(|failure| {
            let message = format!("the table cannot be handed over as Arrow: {}", failure.value(py));
            refused(&format!("{message}: give every column a type"))
        })?;
        let HandedOver::Table { fields, chunks } = handed_over else {
            return Err(refused("a single column is no batch: give a table with named columns"));
        };
        let known = columns.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        if let Some(unknown) = fields.iter().find(|field| !columns.contains(&field.name().as_str())) {
            return Err(refused(&format!("`{}` is no column of these rows: {known}", unknown.name())));
        }
        Ok(Self { chunks })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.chunks.iter().map(StructArray::len).sum()
    }

    /// A column as text, cell by cell; nothing where there is no such column.
    pub fn texts(&self, py: Python<'_>, name: &str) -> PyResult<Vec<Option<String>>> {
        let mut cells = Vec::with_capacity(self.count());
        for chunk in &self.chunks {
            let Some(column) = chunk.column_by_name(name) else {
                cells.extend(std::iter::repeat_n(None, chunk.len()));
                continue;
            };
            let texts = Texts::of(column).ok_or_else(|| {
                let written = if name == "overrides" { ": write overrides as a JSON object" } else { "" };
                plain(py, &format!("column `{name}` ({}) is no text or number{written}", column.data_type()))
            })?;
            cells.extend(texts.iter().map(|cell| cell.filter(|cell| !cell.is_empty()).map(str::to_owned)));
        }
        Ok(cells)
    }

    /// A column of bytes, cell by cell.
    pub fn bytes(&self, py: Python<'_>, name: &str) -> PyResult<Vec<Option<Vec<u8>>>> {
        let mut cells = Vec::with_capacity(self.count());
        for chunk in &self.chunks {
            let found = match chunk.column_by_name(name) {
                Some(column) => bytes(column),
                None => Some(vec![None; chunk.len()]),
            };
            cells.extend(found.ok_or_else(|| plain(py, &format!("column `{name}` holds no bytes")))?);
        }
        Ok(cells)
    }
}
