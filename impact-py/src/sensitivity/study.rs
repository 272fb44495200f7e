//! Studies: what is worth asking, and of how many.
//!
//! One rule: a study is a mapping with one word that says what is observed, and its size; several sizes make a curve.

use super::asked::{Against, Figured, Needed, uncertain_address};
use super::decision::{beside, cores};
use super::influence::Heard;
use super::plot_table::PlotTable;
use crate::appraisal::question;
use crate::distribution::float;
use crate::error::{at_argument, told};
use crate::label::{label, mark_words};
use crate::results::content_hash;
use crate::returns::elements;
use crate::simulation::{Simulated, listened, shown};
use crate::table::Columns;
use impact_core::analysis::information::{Estimate, Study};
use impact_core::units::Label;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString, PyTuple};

/// What a study is worth before deciding.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> sim = si.read("fixtures/models/map-12x10.toml").simulate(10_000, 7, measures=["npv"])
/// >>> sim.evsi("outcomes.outcome-01.deadweight", {"share": 200}).value
/// 0.0
#[pyclass(frozen, module = "socialimpact", name = "StudyWorth")]
pub struct StudyWorth {
    value: f64,
    standard_error: f64,
    unit: Label,
    marks: Vec<String>,
}

#[pymethods]
impl StudyWorth {
    #[new]
    #[pyo3(signature = (value, standard_error, unit, marks))]
    fn from_parts(value: f64, standard_error: f64, unit: (String, Option<String>), marks: Vec<String>) -> Self {
        let (en, nb) = unit;
        Self { value, standard_error, unit: Label { en, nb }, marks }
    }

    /// What it is worth, in the unit of the measure.
    #[getter]
    fn value(&self) -> f64 {
        self.value
    }

    /// The standard error of that.
    #[getter]
    fn standard_error(&self) -> f64 {
        self.standard_error
    }

    /// What it is counted in.
    #[getter]
    fn unit<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, &self.unit)
    }

    /// What it rests on is marked with: ``"illustrative"``, ``"unverified"``.
    #[getter]
    fn marks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.marks)
    }

    fn __float__(&self) -> f64 {
        self.value
    }

    fn __repr__(&self) -> String {
        format!("StudyWorth({} ± {}, {})", shown(self.value), shown(self.standard_error), self.unit.en)
    }

    fn _repr_html_(&self) -> String {
        crate::page::sentence(&self.__repr__())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.value == other.value && self.standard_error == other.standard_error && self.unit == other.unit
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, &(self.value, self.standard_error, &self.unit.en))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let own = slf.get();
        let parts = (own.value, own.standard_error, (&own.unit.en, &own.unit.nb), &own.marks);
        (slf.get_type(), parts).into_pyobject(slf.py())
    }
}

/// What a study, or one of several sizes, is worth.
pub fn evsi<'py>(
    simulated: &Bound<'py, Simulated>,
    address: &str,
    study: &Bound<'py, PyAny>,
    (measure, holder): (&str, &str),
    against: Option<&Bound<'py, PyAny>>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = simulated.py();
    let (question, against) = (question(py, measure, holder, None)?, Against::of(simulated, against)?);
    let address = uncertain_address(py, simulated.get().core(), address, "address")?;
    let sizes = Sizes::of(study)?;
    let studies = sizes.studies()?;
    let asked = Figured::of(py, simulated.get(), &question, Needed::Decision)?;
    let figured = against.figured(py, &question)?;
    let others = cores(&figured);
    let ask = |heard: &mut Heard<'_>| asked.core.evsi(&question, &address, &studies, &others, heard);
    let found = told(py, listened(py, progress, ask)?)?;
    let words = beside(py, &asked, &figured)?;
    match (sizes.several, found.first()) {
        (false, Some(one)) => {
            let Estimate { value, standard_error, .. } = *one;
            let marks = mark_words(words.marks).into_iter().map(str::to_owned).collect();
            Ok(Bound::new(py, StudyWorth { value, standard_error, unit: words.unit, marks })?.into_any())
        }
        _ => {
            let columns = Columns::new()
                .ratio(sizes.word, sizes.sizes.iter().copied())
                .ratio("evsi", found.iter().map(|one| one.value))
                .ratio("standard_error", found.iter().map(|one| one.standard_error));
            Ok(PlotTable::made(py, columns.table()?, "studies", words)?.into_bound(py).into_any())
        }
    }
}

/// What is observed, of how many, and how far people are apart.
struct Sizes<'py> {
    py: Python<'py>,
    /// `people` or `exposure`.
    word: &'static str,
    /// `share`, `mean` or `count`.
    kind: &'static str,
    sizes: Vec<f64>,
    several: bool,
    sd: Option<f64>,
}

impl<'py> Sizes<'py> {
    fn of(study: &Bound<'py, PyAny>) -> PyResult<Self> {
        let py = study.py();
        let expected = "a study is {\"share\": people}, {\"mean\": people, \"sd\": spread} or {\"count\": exposure}";
        let refused = || at_argument(py, "study", expected);
        let mapping = study.cast::<PyMapping>().map_err(|_| refused())?;
        let mut found: Option<(&'static str, Bound<'py, PyAny>)> = None;
        for kind in ["share", "mean", "count"] {
            if mapping.contains(kind)? && found.replace((kind, mapping.get_item(kind)?)).is_some() {
                return Err(refused());
            }
        }
        let (kind, size) = found.ok_or_else(refused)?;
        let sd = match mapping.contains("sd")? {
            true => Some(float(&mapping.get_item("sd")?, "study.sd")?),
            false => None,
        };
        if sd.is_some() != (kind == "mean") || mapping.len()? != 1 + usize::from(sd.is_some()) {
            return Err(refused());
        }
        let several = !size.is_instance_of::<PyString>() && size.try_iter().is_ok();
        let place = format!("study.{kind}");
        let sizes = match several {
            true => {
                elements(&size, "study", "sizes")?.map(|size| float(&size?, &place)).collect::<PyResult<Vec<_>>>()?
            }
            false => vec![float(&size, &place)?],
        };
        let word = if kind == "count" { "exposure" } else { "people" };
        Ok(Self { py, word, kind, sizes, several, sd })
    }

    fn studies(&self) -> PyResult<Vec<Study>> {
        let people = |size: f64| {
            // Beyond a million million people the core refuses anyhow.
            let whole = size.fract() == 0.0 && (0.0..=1e12).contains(&size);
            let message = format!("`{size}` is not a number of people");
            if whole { Ok(size as u64) } else { Err(at_argument(self.py, &format!("study.{}", self.kind), &message)) }
        };
        let study = |size: &f64| {
            Ok(match (self.kind, self.sd) {
                ("mean", Some(sd)) => Study::Mean { people: people(*size)?, sd },
                ("count", _) => Study::Count { exposure: *size },
                _ => Study::Share { people: people(*size)? },
            })
        };
        self.sizes.iter().map(study).collect()
    }
}
