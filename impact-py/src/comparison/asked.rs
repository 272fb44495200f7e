//! What is asked of a comparison, as Python says it.

use crate::appraisal::question;
use crate::document::value;
use crate::error::{at_argument, told};
use crate::returns::none_of;
use impact_core::Model;
use impact_core::address::Address;
use impact_core::analysis::ComparisonQuestion;
use impact_core::analysis::comparison::CommonMoney;
use impact_core::document::Value;
use impact_core::model::{Measure, Question};
use impact_core::reference::ExchangeBasis;
use impact_core::units::{PriceYear, Year};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

/// The options of a comparison.
pub struct Asked {
    pub measures: Option<Vec<String>>,
    pub holders: Option<Vec<String>>,
    pub outcome: Option<String>,
    pub currency: Option<String>,
    pub price_year: Option<i64>,
    pub exchange: Option<String>,
}

impl Asked {
    /// The question to the core; `base` has the outcomes of measures that are of one.
    pub fn question(&self, py: Python<'_>, base: Option<&Model>) -> PyResult<ComparisonQuestion> {
        let all = || Measure::all().map(|measure| measure.name().to_owned()).collect();
        let measures: Vec<String> = self.measures.clone().unwrap_or_else(all);
        let holders = self.holders.clone().unwrap_or_else(|| vec!["society".to_owned()]);
        let mut questions = Vec::new();
        for holder in &holders {
            for measure in &measures {
                let asked = question(py, measure, holder, self.outcome.as_deref())?;
                questions.extend(self.of_each_outcome(asked, base));
            }
        }
        Ok(ComparisonQuestion { questions, money: self.money(py)? })
    }

    /// The question, once for each outcome where it is of one and none is named.
    fn of_each_outcome(&self, asked: Question, base: Option<&Model>) -> Vec<Question> {
        let outcomes = base.map(Model::outcomes).unwrap_or_default();
        if !asked.measure.is_of_an_outcome() {
            return vec![Question { outcome: None, ..asked }];
        }
        if self.outcome.is_some() || outcomes.is_empty() {
            return vec![asked];
        }
        outcomes.iter().map(|outcome| asked.clone().of_outcome(&outcome.id)).collect()
    }

    fn money(&self, py: Python<'_>) -> PyResult<Option<CommonMoney>> {
        let currency = self.currency.as_ref().map(|currency| told(py, currency.parse())).transpose()?;
        let price_year = self.price_year.map(|year| told(py, Year::new(year)).map(PriceYear)).transpose()?;
        let exchange = self.exchange.as_ref().map(|word| exchange(py, word)).transpose()?;
        let asked = currency.is_some() || price_year.is_some() || exchange.is_some();
        Ok(asked.then_some(CommonMoney { currency, price_year, exchange }))
    }

    /// The options as keywords, for pickle.
    pub fn named<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let named = PyDict::new(py);
        named.set_item("measures", &self.measures)?;
        named.set_item("holders", &self.holders)?;
        named.set_item("outcome", &self.outcome)?;
        named.set_item("currency", &self.currency)?;
        named.set_item("price_year", self.price_year)?;
        named.set_item("exchange", &self.exchange)?;
        Ok(named)
    }
}

fn exchange(py: Python<'_>, word: &str) -> PyResult<ExchangeBasis> {
    let known: Vec<&str> = ExchangeBasis::ALL.iter().map(|basis| basis.word()).collect();
    word.parse().map_err(|_| none_of(py, "exchange", word, &known))
}

/// The conventions of a list: ids, or tables.
pub fn conventions(py: Python<'_>, listed: &Bound<'_, PyAny>) -> PyResult<Vec<Value>> {
    if listed.cast::<PyString>().is_ok() {
        return Err(at_argument(py, "conventions", "give a list of conventions, such as [\"sroi-practice\"]"));
    }
    let address = Address::root().child("conventions");
    listed.try_iter()?.map(|one| told(py, value(&one?, &address)?)).collect()
}
