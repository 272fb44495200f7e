//! Comparison: several models, or one model under several conventions, side by side, and what makes the difference.
//!
//! One rule: the causes of a difference add up to it to the last digit. From the base to the other one thing is exchanged at a
//! time: first the switches of the conventions, in the order of their files, then the parts of the document, in its order.
//! What each is worth so depends on what was exchanged before it; what it is worth alone stands beside it, and the rest is the
//! interaction.
//!
//! # Formula
//! ```text
//! by(k)       = figure with the first k things exchanged − figure with the first k − 1 exchanged
//! alone(k)    = figure with only the k-th thing exchanged − figure of the base
//! interaction = Σ by − Σ alone
//! ```
//! Where no figure exists half-way (a document that does not hold together, a ratio over nothing), what follows is exchanged with
//! it, and the two are one cause. Models in different money, or of different shape, are exchanged line by line of the ledger.
//!
//! # References
//! Sequential exchange is what budget offices call a bridge; that its parts depend on the order is why the order is stated.

mod columns;
mod difference;
mod error;
mod lines;
mod money;
mod parts;
mod unlike;
mod walk;

pub use columns::Column;
pub use difference::{Cause, Changed, Difference};
pub use error::{ComparisonError, NotComparable};
pub use money::{Carried, CommonMoney};
pub use unlike::{Unlike, Unlikeness};

use crate::document::Value;
use crate::evaluation::Figure;
use crate::model::{Measure, Model, Perspective, Question};
use columns::Compare;
use rust_decimal::Decimal;

/// The most models or conventions set side by side.
pub const MOST_COMPARED: usize = 50;

/// What is asked of several models.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ComparisonQuestion {
    /// The figures; all measures for society where none are given.
    pub questions: Vec<Question>,
    /// The money that every amount is carried to; none where all are in the same.
    pub money: Option<CommonMoney>,
}

/// Several models side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The models; the first is the base of all differences.
    pub columns: Vec<Column>,
    /// A row for each question.
    pub rows: Vec<ComparisonRow>,
    /// What is unlike between the base and another, so that their ratios are not of the same thing.
    pub unlike: Vec<Unlike>,
}

/// One figure of every model.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonRow {
    /// The measure and perspective.
    pub question: Question,
    /// What each model answers by itself, in its own money.
    pub figures: Vec<Result<Figure, NotComparable>>,
    /// The same on one line, where they can be: in common money.
    pub on_one_line: Vec<Result<Decimal, NotComparable>>,
    /// How each differs from the base, and why; one fewer than there are models.
    pub differences: Vec<Result<Difference, NotComparable>>,
}

impl Model {
    /// This model under other conventions beside its own: each the id of embedded ones, or a table with `base` and single
    /// switches. The document's own are the base.
    ///
    /// # Errors
    /// Conventions that are not known, or that the document does not hold together under; and all of [`compare`].
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::ComparisonQuestion;
    /// use impact_core::model::{Measure, Question};
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Gardening group"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [ { id = "town", kind = "public", level = "municipality" } ]
    ///     costs = [ { id = "team", payer = "town", amount = 1000, year = 2025 } ]
    /// "#)?;
    /// let asked = ComparisonQuestion { questions: vec![Question::new(Measure::Npv)], money: None };
    /// let found = model.compare_conventions(["sroi-practice"], &asked)?;
    /// let difference = found.rows[0].differences[0].as_ref().unwrap();
    /// // Norway: −1000 · 1.2 / 1.04; practice: −1000 / 1.035, without the cost of raising the money.
    /// assert_eq!(difference.by.round_dp(2).to_string(), "187.66");
    /// let worth: Vec<String> = difference.causes.iter().map(|cause| cause.by.round_dp(2).to_string()).collect();
    /// // Rates, what attribution applies to, how transfers count, tax-financing cost.
    /// assert_eq!(worth, ["-5.57", "0", "0", "193.24"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compare_conventions<V: Into<Value>>(
        &self,
        conventions: impl IntoIterator<Item = V>,
        asked: &ComparisonQuestion,
    ) -> Result<Comparison, ComparisonError> {
        let mut models = vec![self.clone()];
        for (at, conventions) in conventions.into_iter().enumerate() {
            let under = self.with("conventions", conventions);
            models.push(under.map_err(|source| ComparisonError::Conventions { at: at.saturating_add(1), source })?);
        }
        compare(&models.iter().collect::<Vec<_>>(), asked)
    }
}

/// Sets several models side by side; the first is the base of all differences.
///
/// # Errors
/// Fewer than two models or more than [`MOST_COMPARED`], a base that cannot be valued, and a common money that a model cannot be
/// carried to. Another that cannot be valued, or does not have a holder or an outcome, is no error: its place says so.
pub fn compare(models: &[&Model], asked: &ComparisonQuestion) -> Result<Comparison, ComparisonError> {
    let count = || ComparisonError::Count { found: models.len(), most: MOST_COMPARED };
    if !(2..=MOST_COMPARED).contains(&models.len()) {
        return Err(count());
    }
    let columns = columns::columns(models, asked.money.as_ref())?;
    let base = columns.first().ok_or_else(count)?.seen().map_err(|source| ComparisonError::Base { source })?;
    let usual = usual(base.appraisal.model());
    let questions = if asked.questions.is_empty() { &usual } else { &asked.questions };
    questions.iter().try_for_each(|question| columns::known_somewhere(&columns, question))?;
    let others = columns.iter().skip(1).map(|other| other.seen().map(|other| Compare { base, other, questions }));
    let others: Vec<Result<Compare<'_>, _>> = others.collect();
    let differences: Vec<Vec<_>> = others.iter().map(|other| columns::differences(other, questions)).collect();
    let rows = questions.iter().enumerate().map(|(at, question)| ComparisonRow {
        question: question.clone(),
        figures: columns.iter().map(|column| column.figure(question)).collect(),
        on_one_line: columns.iter().map(|column| column.seen()?.on_one_line(base, question)).collect(),
        differences: differences.iter().filter_map(|of| of.get(at).cloned()).collect(),
    });
    let rows = rows.collect();
    let others = others.iter().enumerate();
    let unlike = others.filter_map(|(at, other)| unlike::unlike(at.saturating_add(1), other.as_ref().ok()?)).collect();
    Ok(Comparison { columns, rows, unlike })
}

/// All measures for society, those of an outcome once for each outcome of the base.
fn usual(base: &Model) -> Vec<Question> {
    let outcomes = base.outcomes();
    let of = |measure: Measure| {
        let question = Question::new(measure).seen_by(Perspective::Society);
        if measure.is_of_an_outcome() && !outcomes.is_empty() {
            outcomes.iter().map(|outcome| question.clone().of_outcome(&outcome.id)).collect()
        } else {
            vec![question]
        }
    };
    Measure::all().flat_map(of).collect()
}
