//! A distribution together with the form in which a document gives it.
//!
//! One rule: the form is read by the reader of models and by nothing else, so that a distribution made in code means what
//! the same words mean in a document.

use super::{Model, Origin, reader};
use crate::address::Address;
use crate::distribution::{Distribution, FORMS};
use crate::document::{Node, Table};
use crate::error::{ModelError, Problems};
use crate::reference::Effects;

/// A distribution and its form: `{ pert = [6, 12, 20] }`.
///
/// # Examples
/// ```
/// use impact_core::address::Address;
/// use impact_core::document::Node;
/// use impact_core::model::Uncertain;
/// let share = Uncertain::read(&Node::from_toml("beta = { mean = 0.3, sd = 0.1 }")?)?;
/// assert_eq!(share.distribution().mean(), 0.3);
/// let wrong = Uncertain::read(&Node::from_json(r#"{"beta": {"mean": 1.3, "sd": 0.1}}"#)?).unwrap_err();
/// assert_eq!(wrong.problems()[0].place.address.as_str(), "beta.mean");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Uncertain {
    distribution: Distribution,
    form: Node,
}

/// Distributions are equal where their forms say the same, however they are written.
impl PartialEq for Uncertain {
    fn eq(&self, other: &Self) -> bool {
        self.form.canonical() == other.form.canonical()
    }
}

impl Uncertain {
    /// Reads a form: a table with the key of a form, and `shape` where the form has it.
    ///
    /// # Errors
    /// Everything that is wrong with it, each problem at its place.
    pub fn read(form: &Node) -> Result<Self, ModelError> {
        let mut problems = Problems::new();
        form.check(0, &mut problems);
        problems.into_result()?;
        let mut problems = Problems::new();
        let distribution = reader::distribution(form, &mut problems);
        problems.into_result()?;
        let distribution =
            distribution.ok_or_else(|| ModelError::one(form.place.clone(), super::ModelFault::NoDistribution))?;
        Ok(Self { distribution, form: form.moved(Address::root()) })
    }

    /// The distribution.
    pub fn distribution(&self) -> &Distribution {
        &self.distribution
    }

    /// The form, as it stands in a document.
    pub fn form(&self) -> &Node {
        &self.form
    }
}

impl Model {
    /// How the number at an address may vary, as its document or the register of effects gives it; none for a number that
    /// does not vary.
    ///
    /// # Errors
    /// No number stands there: the problem names the nearest known address.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Gardening group"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [ { id = "municipality", kind = "public", level = "municipality" } ]
    ///     costs = [ { id = "team", payer = "municipality", amount = { pert = [3e5, 4e5, 6e5] }, year = 2024 } ]
    /// "#)?;
    /// let amount = model.uncertain("costs.team.amount")?.ok_or("the amount varies")?;
    /// assert_eq!(amount.form().canonical(), r#"{"pert":[300000,400000,600000]}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn uncertain(&self, address: &str) -> Result<Option<Uncertain>, ModelError> {
        let slot = self.number_at(address)?;
        let Some(assumption) = self.assumption(slot) else { return Ok(None) };
        if assumption.distribution.is_none() {
            return Ok(None);
        }
        let written = self.node_at(&assumption.address).and_then(Node::as_table).and_then(only_form);
        let form = written.or_else(|| match &assumption.origin {
            Origin::Register(entry) => Effects::embedded().get(entry).ok()?.contrast().ok()?.distribution_form(),
            _ => None,
        });
        form.map(|form| Uncertain::read(&Node::new(Address::root(), form))).transpose()
    }
}

/// The form and its shape, out of a number's table with its name, source and marks.
fn only_form(table: &Table) -> Option<Table> {
    let mut form = Table::default();
    for key in FORMS.iter().map(|form| form.name).chain(["shape"]) {
        if let Some(node) = table.get(key) {
            form.insert(key, node.value.clone()).ok()?;
        }
    }
    (!form.entries().is_empty()).then_some(form)
}
