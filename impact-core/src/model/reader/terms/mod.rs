//! Reading the terms of a contract: metrics, estimates, payments and who pays them.
//!
//! One rule: what is named stands above: an estimate names metrics and estimates above it, a gate a payment above it.

mod calendar;
mod conditions;
mod due;
mod estimates;
mod figures;
mod finance;
mod indexed;
mod metrics;
mod of_model;
mod parts;
mod payers;
mod payments;
mod reach;
mod refunds;
mod schedules;
mod significance;
mod truth;
mod uses;
mod words;

use super::common::{Around, Named, label, list};
use super::holders::Holders;
use super::indexing::read_indices;
use super::numbers::{Meant, Numbers};
use super::questions::Known;
use crate::address::Place;
use crate::document::{DocumentKind, Fields, Form, Node};
use crate::error::{ModelError, Problems};
use crate::model::terms::{Contract, Terms, TermsFault, Truth, Written};
use crate::model::{Accepts, HolderIndex, HolderKind, Model, ModelFault, PriceSeries, Silence, Slot};
use crate::units::{Currency, Label};
use chrono::NaiveDate;
use figures::Figures;
use of_model::is_model;
use std::sync::Arc;

impl Contract {
    /// Reads the contract of a document written in TOML. The document names the parties (`holders`), the `currency`, and the
    /// terms under `[contract]`; it may hold shared numbers under `[assumptions]`.
    ///
    /// # Errors
    /// Everything that is wrong with it, each problem with its address, line and column.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Contract;
    /// let slip = Contract::from_toml(r#"
    ///     impact = 1
    ///     name = "Fewer days in prison"
    ///     currency = "NOK"
    ///     holders = [ { id = "state", kind = "public", level = "state" }, { id = "investor", kind = "investor" } ]
    ///     [contract]
    ///     payee = "investor"
    ///     payers = [ { holder = "state" } ]
    ///     metrics = [ { id = "days", kind = "count" } ]
    ///     payments = [ { id = "fewer-days", of = "day", schedule = { per_unit = -100 } } ]
    /// "#).unwrap_err();
    /// assert_eq!(
    ///     slip.to_string(),
    ///     "contract.payments.fewer-days.of (line 10, column 44): no metric and no estimate has the id `day`: did you mean `days`?\n\
    ///      contract.payments.fewer-days.schedule.per_unit (line 10, column 75): price per unit `-100` is not zero or more"
    /// );
    /// ```
    pub fn from_toml(text: &str) -> Result<Self, ModelError> {
        Self::from_text(text, Form::Toml)
    }

    /// Reads the contract of a document written in JSON: the same keys, the same meaning.
    ///
    /// # Errors
    /// As [`Contract::from_toml`].
    pub fn from_json(text: &str) -> Result<Self, ModelError> {
        Self::from_text(text, Form::Json)
    }

    /// Reads the contract of a document as it lies in a file: UTF-8, JSON where it opens with `{`, else TOML.
    ///
    /// # Errors
    /// As [`Contract::from_toml`]; bytes that are not UTF-8.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Contract;
    /// let slips = Contract::from_bytes(b"impact = 1\nnam = \"Into work\"\n[contract]\nat_most = 0,5").unwrap_err().to_string();
    /// assert!(slips.contains("`0,5` is written with a decimal comma: write 0.5"), "{slips}");
    /// assert!(slips.contains("unknown key `nam`: did you mean `name`?"), "{slips}");
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let text = Node::decoded(bytes)?;
        Self::from_text(text, Form::of(text))
    }

    fn from_text(text: &str, form: Form) -> Result<Self, ModelError> {
        let mut problems = Problems::new();
        let document = Node::read(text, form, &mut problems);
        Self::of(document, problems)
    }

    /// Reads the contract of a document tree.
    ///
    /// # Errors
    /// Everything that is wrong with what it means.
    pub fn from_node(document: Node) -> Result<Self, ModelError> {
        Self::of(Some(document), Problems::new())
    }

    /// The contract of a document, where nothing is wrong: of a model, its own.
    fn of(document: Option<Node>, mut problems: Problems) -> Result<Self, ModelError> {
        if let Some(model) = document.as_ref().filter(|document| is_model(document)) {
            problems.into_result()?;
            let model = Model::from_node(model.clone())?;
            return model.contract().cloned().ok_or_else(|| ModelError::one(Place::document(), TermsFault::NoContract));
        }
        let read = document.as_ref().and_then(|document| read(document, &mut problems));
        problems.into_result()?;
        let written = document.zip(read).and_then(|(document, read)| read.written(document));
        written.ok_or_else(|| ModelError::one(Place::document(), ModelFault::Unreadable))
    }
}

/// Whether a document may hold a contract: a model without its price year is one, where it has a `contract`.
fn may_be_terms(document: &Node, problems: &mut Problems) -> bool {
    document.as_table().is_some_and(|table| table.get("contract").is_some())
        || DocumentKind::Contract.admits(document, problems)
}

/// What was read, with nothing missing where there is no problem.
struct Read {
    name: Option<Label>,
    description: Option<Label>,
    currency: Option<Currency>,
    holders: Holders,
    numbers: Numbers,
    silenced: Vec<Silence>,
    terms: Option<(Terms, Option<Truth>)>,
}

fn read(document: &Node, problems: &mut Problems) -> Option<Read> {
    if !may_be_terms(document, problems) {
        return None;
    }
    let mut fields = Fields::of(document, problems)?;
    super::head::read_version(&mut fields);
    let name = label(&mut fields, "name");
    if !fields.has("name") {
        fields.required("name");
    }
    let description = label(&mut fields, "description");
    let currency = fields.required_parsed("currency");
    let mut numbers = Numbers::default();
    let holders = Holders::read(&mut fields);
    let node = fields.node("assumptions");
    numbers.read_shared(node, fields.problems());
    let node = fields.node("indices");
    let indices = read_indices(node, fields.problems());
    let silenced = super::checks::silences(&mut fields);
    let truth = fields.node("truth");
    let terms = match fields.node("contract") {
        Some(node) => {
            let reader = TermsReader {
                numbers: &mut numbers,
                holders: &holders,
                indices: &indices,
                currency,
                payee: None,
                ended: None,
                outcomes: None,
            };
            reader.read(node, truth, fields.problems())
        }
        None => {
            fields.refuse_here(TermsFault::NoContract);
            None
        }
    };
    fields.finish();
    Some(Read { name, description, currency, holders, numbers, silenced, terms })
}

impl Read {
    fn written(self, document: Node) -> Option<Contract> {
        let (terms, truth) = self.terms?;
        Some(Contract(Arc::new(Written {
            hash: document.hash(),
            document,
            name: self.name?,
            description: self.description,
            currency: self.currency?,
            holders: self.holders.kept,
            silenced: self.silenced,
            terms,
            truth,
            assumptions: self.numbers.kept,
            slots: self.numbers.slots,
            defaults: self.numbers.defaults,
        })))
    }
}

/// What stands here, where anything does: nothing wrong with what is not there.
fn where_any<T>(node: Option<&Node>, read: impl FnOnce(&Node) -> Option<T>) -> Option<Option<T>> {
    node.map_or(Some(None), |node| read(node).map(Some))
}

/// What is known while terms are read.
struct TermsReader<'r> {
    numbers: &'r mut Numbers,
    holders: &'r Holders,
    /// Price series of the document's own.
    indices: &'r Named<PriceSeries>,
    currency: Option<Currency>,
    /// Who is paid, once it is known.
    payee: Option<HolderIndex>,
    /// The day on which the contract ended early for good, once it is known.
    ended: Option<NaiveDate>,
    /// The outcomes of the model it stands in; none where it stands alone.
    outcomes: Option<&'r Known<'r>>,
}

impl TermsReader<'_> {
    /// The terms here, and what is supposed to be the case of what they measure.
    fn read(mut self, node: &Node, truth: Option<&Node>, problems: &mut Problems) -> Option<(Terms, Option<Truth>)> {
        let mut fields = Fields::of(node, problems)?;
        let around = Around::read(&mut fields);
        let note = label(&mut fields, "note");
        self.payee = self.party(&mut fields, "payee");
        let payers = fields.required("payers").and_then(|node| self.payers(node, &around, fields.problems()));
        let rounding = self.rounding(&mut fields);
        let limits = self.most(&mut fields, &around);
        let period = calendar::period(&mut fields);
        let node = fields.node("cohorts");
        let cohorts = list(node, fields.problems(), calendar::cohort);
        let days = self.days(&mut fields, period, !cohorts.is_empty());
        self.ended = days.terminated.flatten().filter(|ended| ended.restarts.is_none()).map(|ended| ended.on);
        let mut figures = Figures::of_contract(node.is_some());
        let node = fields.required("metrics");
        let metrics = list(node, fields.problems(), |node, problems| figures.metric(node, self.outcomes, problems));
        let node = fields.node("estimates");
        let estimates =
            list(node, fields.problems(), |node, problems| self.estimate(node, &mut figures, &around, problems));
        calendar::check_weights(&mut fields, &cohorts, &estimates);
        let node = fields.required("payments");
        let mut known = payments::Known::new(&figures, &estimates, &days);
        let payments =
            list(node, fields.problems(), |node, problems| self.payment(node, &mut known, &around, problems));
        known.check_person(&mut fields, limits.as_ref(), &payments);
        self.note_termination(&fields, &payments);
        let node = fields.node("finance");
        let finance = where_any(node, |node| self.finance(node, rounding, &known, &around, fields.problems()));
        fields.finish();
        let truth = where_any(truth, |node| self.truth(node, &figures, problems));
        let terms = Terms {
            note,
            payee: self.payee?,
            payers: payers?,
            period: period?,
            cohorts,
            reports: days.reports?,
            milestones: days.milestones,
            terminated: days.terminated?,
            metrics,
            estimates,
            payments,
            limits: limits?,
            rounding: rounding?,
            finance: finance?,
        };
        Some((terms, truth?))
    }

    /// A party: a holder that is one, so that a payment has one account.
    fn party(&self, fields: &mut Fields<'_, '_>, key: &str) -> Option<HolderIndex> {
        let holder = self.holders.required(fields, key)?;
        if self.holders.kind(holder) == Some(HolderKind::Joint) {
            fields.refuse(key, TermsFault::JointParty { holder: self.holders.id(holder).to_owned() });
            return None;
        }
        Some(holder)
    }

    /// Money in words: `NOK per day`.
    fn money(&self, per: &str) -> String {
        let currency = self.currency.map(|currency| currency.to_string()).unwrap_or_default();
        if per.is_empty() { currency } else { format!("{currency} per {per}") }
    }

    /// An amount under a key, where there is one; zero or more.
    fn amount(&mut self, fields: &mut Fields<'_, '_>, key: &str, quantity: &str, around: &Around) -> Option<Slot> {
        let meant = Meant::new(quantity, Accepts::NotNegative, self.money(""), around);
        self.numbers.optional(fields, key, &meant)
    }
}
