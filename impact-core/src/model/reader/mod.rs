//! Reading a document as a model: every key has one meaning, and everything wrong is said at once.
//!
//! One rule: what is wrong in one place is one problem; whatever leans on it is passed over in silence.

mod benefits;
mod bias;
mod capacities;
mod checks;
mod common;
mod confidence;
mod conventions;
mod conversions;
mod correlations;
mod employment;
mod enterprise;
mod filters;
mod flows;
mod goals;
mod groups;
mod growth;
mod head;
mod holders;
mod indexing;
mod indicators;
mod joint;
mod leaf;
mod market_prices;
mod non_priced;
mod numbers;
mod outcomes;
mod path;
mod prices;
mod quantity;
mod questions;
mod register;
mod reimbursements;
mod shared;
mod terms;
mod timing;
mod uncertain;
mod values;
mod words;

use super::{Contents, GrowthPath, Model, ModelFault, PriceSeries};
use crate::document::{DocumentKind, Fields, Form, Node};
use crate::error::{ModelError, Problems};
use crate::reference::{Convention, PlusMinus, Shelf};
use crate::units::Year;
use common::{Around, Named, list};
use correlations::Correlations;
use enterprise::KnownTransfers;
use goals::Goals;
use head::Head;
use holders::Holders;
use non_priced::KnownGroups;
use numbers::{Meant, Numbers};
use questions::Known;
use reimbursements::Causes;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) use uncertain::distribution;

impl Model {
    /// Reads a model document written in TOML.
    ///
    /// # Errors
    /// Everything that is wrong with it, each problem with its address, line and column.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// let text = r#"
    ///     impact = 1
    ///     name = "Gardening group"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [ { id = "neighbours", kind = "people" } ]
    ///     outcomes = [ { id = "less-lonely", holder = "neighbour", quantity = 25, drop_of = 0.1 } ]
    /// "#;
    /// assert_eq!(
    ///     Model::from_toml(text).unwrap_err().to_string(),
    ///     "outcomes.less-lonely.holder (line 9, column 49): no holder has the id `neighbour`: did you mean `neighbours`?\n\
    ///      outcomes.less-lonely (line 9, column 77): unknown key `drop_of`: did you mean `drop_off`?"
    /// );
    /// let sound = text.replace("neighbour\"", "neighbours\"").replace("drop_of ", "drop_off ");
    /// assert_eq!(Model::from_toml(&sound)?.horizon(), 1);
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Self, ModelError> {
        Self::from_text(text, Form::Toml, Shelf::default())
    }

    /// Reads a model document written in JSON: the same keys, the same meaning.
    ///
    /// # Errors
    /// As [`Model::from_toml`]; of mistakes in the syntax of JSON only the first is found.
    pub fn from_json(text: &str) -> Result<Self, ModelError> {
        Self::from_text(text, Form::Json, Shelf::default())
    }

    /// Reads a model document as it lies in a file: UTF-8, JSON where it opens with `{`, else TOML.
    ///
    /// # Errors
    /// As [`Model::from_toml`]; bytes that are not UTF-8.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::from_read_bytes(bytes, Shelf::default())
    }

    pub(super) fn from_read_bytes(bytes: &[u8], shelf: Shelf) -> Result<Self, ModelError> {
        let text = Node::decoded(bytes)?;
        Self::from_text(text, Form::of(text), shelf)
    }

    /// Reads a model from a document tree.
    ///
    /// # Errors
    /// Everything that is wrong with what it means.
    pub fn from_node(document: Node) -> Result<Self, ModelError> {
        Self::on(document, Shelf::default())
    }

    /// Reads a model from a document tree, with unit costs from the shelf.
    pub(super) fn on(document: Node, shelf: Shelf) -> Result<Self, ModelError> {
        let mut problems = Problems::new();
        let read = Reader::read(&document, shelf, None, &mut problems);
        finished(document, read, problems)
    }

    /// Reads a model from a document tree under conventions that do not stand in it: half-way between two documents.
    pub(crate) fn under(document: Node, shelf: Shelf, convention: Convention) -> Result<Self, ModelError> {
        let mut problems = Problems::new();
        let read = Reader::read(&document, shelf, Some(convention), &mut problems);
        finished(document, read, problems)
    }

    pub(super) fn from_text(text: &str, form: Form, shelf: Shelf) -> Result<Self, ModelError> {
        let mut problems = Problems::new();
        let Some(document) = Node::read(text, form, &mut problems) else {
            problems.into_result()?;
            return Self::on(Node::from_bytes(text.as_bytes(), form)?, shelf);
        };
        let read = Reader::read(&document, shelf, None, &mut problems);
        finished(document, read, problems)
    }
}

/// The model, where nothing is wrong.
fn finished(document: Node, read: Option<Read>, problems: Problems) -> Result<Model, ModelError> {
    problems.into_result()?;
    match read.and_then(|read| read.contents(document)) {
        Some(contents) => Ok(Model(Arc::new(contents))),
        None => Err(ModelError::one(crate::address::Place::document(), ModelFault::Unreadable)),
    }
}

/// What is known while a document is read.
struct Reader {
    shelf: Shelf,
    head: Head,
    holders: Holders,
    numbers: Numbers,
    goals: Goals,
    growth: Named<GrowthPath>,
    /// The paths that the conventions give to classes of value, as positions among all paths.
    class_growth: Vec<(crate::reference::ValueClass, usize)>,
    price_series: Named<PriceSeries>,
    /// Whether the document assumes price growth for the years that no index covers.
    inflation_given: bool,
    /// The years appraised in which some cost runs.
    cost_years: BTreeSet<Year>,
    /// Whether a cost could not be read, so that its years are not known.
    cost_years_unknown: bool,
    /// The last year of a cost or transfer.
    last_amount: Option<Year>,
}

/// What was read, with nothing missing where there is no problem.
struct Read {
    reader: Reader,
    horizon: Option<u32>,
    inflation: Option<super::Slot>,
    costs: Vec<super::Cost>,
    transfers: Vec<super::Transfer>,
    outcomes: Vec<super::Outcome>,
    reimbursements: Vec<super::Reimbursement>,
    capacities: Vec<super::Capacity>,
    questions: Vec<super::NamedQuestion>,
    reported: Vec<super::Reported>,
    silenced: Vec<super::Silence>,
    correlations: Vec<super::Correlation>,
    groups: Vec<super::Group>,
    weighting: Option<super::Weighting>,
    non_priced: Vec<super::NonPricedEffect>,
    plus_minus: Option<PlusMinus>,
    enterprise: Option<super::Enterprise>,
    contract: Option<super::Contract>,
}

impl Reader {
    fn read(document: &Node, shelf: Shelf, given: Option<Convention>, problems: &mut Problems) -> Option<Read> {
        if !DocumentKind::Model.admits(document, problems) {
            return None;
        }
        let mut fields = Fields::of(document, problems)?;
        let mut numbers = Numbers::default();
        let head = Head::read(&mut fields, &mut numbers, given);
        let listed_holders = fields.node("holders");
        let holders = Holders::read(&mut fields);
        let mut reader = Self {
            shelf,
            head,
            holders,
            numbers,
            goals: Goals::default(),
            growth: Named::default(),
            class_growth: Vec::new(),
            price_series: Named::default(),
            inflation_given: fields.has("inflation"),
            cost_years: BTreeSet::new(),
            cost_years_unknown: false,
            last_amount: None,
        };
        let inflation = reader.read_numbers(&mut fields);
        let node = fields.node("goals");
        reader.goals = Goals::read(node, fields.problems());
        reader.joint_holders(listed_holders, fields.problems());
        let node = fields.node("costs");
        let costs = list(node, fields.problems(), |node, problems| reader.cost(node, problems));
        let node = fields.node("transfers");
        let transfers = list(node, fields.problems(), |node, problems| reader.transfer(node, problems));
        let listed = fields.node("outcomes");
        let outcomes = list(listed, fields.problems(), |node, problems| reader.outcome(node, problems));
        let horizon = reader.horizon(&outcomes, &document.place, fields.problems());
        let node = fields.node("reimbursements");
        let causes = Causes { document, costs: &costs, transfers: &transfers, outcomes: &outcomes };
        let reimbursements =
            list(node, fields.problems(), |node, problems| reader.reimbursement(node, &causes, problems));
        reader.check_whole(&reimbursements, horizon, fields.problems());
        let (node, mut taken) = (fields.node("capacities"), Vec::new());
        let capacities = list(node, fields.problems(), |node, problems| {
            reader.capacity(node, (document, &outcomes), &mut taken, problems)
        });
        let known = Known::new(listed, &outcomes);
        let (groups, weighting) = reader.read_groups(&mut fields, &known);
        let non_priced = reader.read_non_priced(&mut fields, &known, &groups);
        let node = fields.node("plus_minus");
        let plus_minus = node.and_then(|node| PlusMinus::read(node, fields.problems()));
        let enterprise = reader.read_enterprise(&mut fields, &transfers);
        let contract = reader.contract(&mut fields, document, &known);
        let node = fields.node("questions");
        let questions =
            list(node, fields.problems(), |node, problems| reader.question(node, document, &known, problems));
        let node = fields.node("reported");
        let reported = list(node, fields.problems(), |node, problems| reader.reported(node, &known, problems));
        let silenced = checks::silences(&mut fields);
        let (node, sound) = (fields.node("correlations"), fields.problems().is_empty());
        let mut tied = Correlations::of(&reader, document, sound);
        let correlations = list(node, fields.problems(), |node, problems| tied.read(node, problems));
        fields.finish();
        Some(Read {
            reader,
            horizon,
            inflation,
            costs,
            transfers,
            outcomes,
            reimbursements,
            capacities,
            questions,
            reported,
            silenced,
            correlations,
            groups,
            weighting,
            non_priced,
            plus_minus,
            enterprise,
            contract,
        })
    }

    /// The enterprise's own account.
    fn read_enterprise(
        &mut self,
        fields: &mut Fields<'_, '_>,
        transfers: &[super::Transfer],
    ) -> Option<super::Enterprise> {
        let listed = fields.node("transfers").and_then(Node::as_list).map_or(0, <[Node]>::len);
        let known = KnownTransfers { transfers, whole: listed == transfers.len() };
        let node = fields.node("enterprise")?;
        self.enterprise(node, &known, fields.problems())
    }

    /// Effects without a price.
    fn read_non_priced(
        &self,
        fields: &mut Fields<'_, '_>,
        outcomes: &Known<'_>,
        groups: &[super::Group],
    ) -> Vec<super::NonPricedEffect> {
        let listed = fields.node("groups").and_then(Node::as_list).map_or(0, <[Node]>::len);
        let known = KnownGroups { groups, whole: listed == groups.len() };
        let node = fields.node("non_priced");
        list(node, fields.problems(), |node, problems| self.non_priced(node, outcomes, &known, problems))
    }

    /// Groups, and the weights of their incomes.
    fn read_groups(
        &self,
        fields: &mut Fields<'_, '_>,
        known: &Known<'_>,
    ) -> (Vec<super::Group>, Option<super::Weighting>) {
        let node = fields.node("groups");
        let groups = list(node, fields.problems(), |node, problems| self.group(node, known, problems));
        if let Some(node) = node {
            self.check_groups(&groups, node, known, fields.problems());
        }
        let whole = groups.len() == node.and_then(Node::as_list).map_or(0, <[Node]>::len);
        let weighting =
            fields.node("weighting").and_then(|node| Self::weighting(node, &groups, whole, fields.problems()));
        (groups, weighting)
    }

    /// The numbers that stand outside lists.
    fn read_numbers(&mut self, fields: &mut Fields<'_, '_>) -> Option<super::Slot> {
        let node = fields.node("assumptions");
        self.numbers.read_shared(node, fields.problems());
        let node = fields.node("catalogue");
        self.numbers.read_catalogue(node, &self.shelf, fields.problems());
        let node = fields.node("effects");
        self.numbers.read_effects(node, fields.problems());
        let around = Around::default();
        let meant = Meant::new("inflation", super::Accepts::Growth, "price growth a year", &around);
        let inflation = self.numbers.optional(fields, "inflation", &meant);
        let node = fields.node("growth");
        self.read_growth(node, fields.problems());
        let node = fields.node("indices");
        self.read_price_series(node, fields.problems());
        inflation
    }
}

impl Read {
    fn contents(self, document: Node) -> Option<Contents> {
        let Reader { shelf, head, holders, numbers, goals, growth, price_series, .. } = self.reader;
        let (convention, overridden_switches) = head.convention?;
        Some(Contents {
            hash: document.hash(),
            document,
            shelf,
            name: head.name?,
            description: head.description,
            country: head.country?.code().to_owned(),
            currency: head.currency?,
            price_year: head.price_year?,
            start: head.start?,
            horizon: self.horizon?,
            present_value_year: head.present_value_year?,
            discount_origin: head.discount_origin?,
            convention,
            actuals_to: head.actuals_to,
            growth: growth.kept,
            price_series: price_series.kept,
            overridden_switches,
            holders: holders.kept,
            costs: self.costs,
            transfers: self.transfers,
            outcomes: self.outcomes,
            reimbursements: self.reimbursements,
            capacities: self.capacities,
            questions: self.questions,
            reported: self.reported,
            silenced: self.silenced,
            correlations: self.correlations,
            groups: self.groups,
            weighting: self.weighting,
            non_priced: self.non_priced,
            plus_minus: self.plus_minus,
            goals: goals.kept,
            enterprise: self.enterprise,
            contract: self.contract,
            inflation: self.inflation,
            assumptions: numbers.kept,
            slots: numbers.slots,
            defaults: numbers.defaults,
        })
    }
}
