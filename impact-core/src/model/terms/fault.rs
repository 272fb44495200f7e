//! What can be wrong with the terms of a contract.
//!
//! One rule: a fault says what to write instead.

use super::Range;
use crate::model::fault::quoted;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Something the terms say that cannot be meant.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TermsFault {
    /// A document that should hold a contract and does not.
    #[error("the document has no `contract`")]
    NoContract,
    /// A payment of something unknown.
    #[error(
        "no metric and no estimate has the id `{id}`{}",
        nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default()
    )]
    UnknownFigure {
        /// The id as written.
        id: String,
        /// The nearest id, where one is near.
        nearest: Option<String>,
    },
    /// A reported figure that may be anything.
    #[error(
        "`range` is missing: say what the figure can be, such as [0, 1] for a share, so that 38 is not taken for 0.38"
    )]
    NoRange,
    /// A range that is none.
    #[error("a range is the least and the most that a figure can be: [0, 1]")]
    NotARange,
    /// A price of units where there are none.
    #[error(
        "`{key}` is a price of units, and `{of}` is {what}: pay `per_point` (a `point` of 0.01 is a percentage point), or count people or events"
    )]
    NoUnits {
        /// The key.
        key: &'static str,
        /// The figure.
        of: String,
        /// What it is.
        what: &'static str,
    },
    /// A figure that is never observed.
    #[error("`{at}` is no figure that `{of}` can have: it is {range}{}", if *share { " (10 % is written 0.1)" } else { "" })]
    OutOfReach {
        /// The figure asked for.
        at: Decimal,
        /// Of what.
        of: String,
        /// What it can be.
        range: Range,
        /// Whether it is a share or a difference of shares.
        share: bool,
    },
    /// A point that is all a share can be.
    #[error("`{point}` is all that `{of}` can be: a percentage point is a `point` of 0.01")]
    WholePoint {
        /// The point as written.
        point: Decimal,
        /// Of what.
        of: String,
    },
    /// A least that is more than a most.
    #[error("each amount is `{least}` at least, and `at_most` allows `{most}` {of}: lower the least or raise the most")]
    LeastAboveMost {
        /// The least of each amount.
        least: Decimal,
        /// The least of the limits to what is paid.
        most: Decimal,
        /// Of what that limit is the most: `in all`.
        of: &'static str,
    },
    /// A last day before the first.
    #[error("the last day `{ends}` comes before the first, `{starts}`")]
    EndsBeforeStart {
        /// The first day.
        starts: NaiveDate,
        /// The last day.
        ends: NaiveDate,
    },
    /// A number that is a price and a figure of one schedule that follows an index.
    #[error("`{number}` is both an amount and a figure here, and only amounts follow an index: write it twice")]
    IndexedFigure {
        /// The address of the number.
        number: String,
    },
    /// A restart that comes no later than the early end.
    #[error("the contract ended on {on} and cannot run again from {restarts}: write a later day")]
    RestartsBefore {
        /// The last day.
        on: NaiveDate,
        /// The day as written.
        restarts: NaiveDate,
    },
    /// An early end that is not early.
    #[error("{on} is no early end: it lies between the first day of the contract and the day before its last")]
    NotEarly {
        /// The day as written.
        on: NaiveDate,
    },
    /// A payment for an early end that is of something observed.
    #[error("`per = \"termination\"` is of a fee, which is paid for the early end itself: leave `of` out")]
    TerminationOfFigure,
    /// A finance that was stopped on another day than the contract.
    #[error("the contract ended on {on}: leave `stopped` out, or write the same day")]
    StoppedOnAnotherDay {
        /// The last day of the contract.
        on: NaiveDate,
    },
    /// A window that nobody is followed from.
    #[error("`window` is counted from nothing: list the `cohorts` of the contract with their days{}", if *claims { ", or say from claims of which metric above it is `counted_from`" } else { "" })]
    NothingToCountFrom {
        /// Whether it is of claims.
        claims: bool,
    },
    /// A key that only something else gives a meaning.
    #[error("`{key}` has no meaning here: {because}")]
    Meaningless {
        /// The key.
        key: &'static str,
        /// Why.
        because: &'static str,
    },
    /// A cohort that the contract does not list.
    #[error(
        "the contract lists no cohort `{id}`{}",
        nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default()
    )]
    UnknownCohort {
        /// The id as written.
        id: String,
        /// The nearest id, where one is near.
        nearest: Option<String>,
    },
    /// A metric, estimate or payment that is not there, or not yet.
    #[error(
        "no {what} above has the id `{id}`{}",
        nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default()
    )]
    Unknown {
        /// What was looked for.
        what: &'static str,
        /// The id as written.
        id: String,
        /// The nearest id, where one is near.
        nearest: Option<String>,
    },
    /// An id that stands twice.
    #[error("the id `{id}` is used twice: metrics and estimates share their ids")]
    TwiceUsed {
        /// The id.
        id: String,
    },
    /// A comparison of a figure that has no people.
    #[error("`{metric}` is no `share` and no `rate`: only those are compared with others")]
    NotComparable {
        /// The metric.
        metric: String,
    },
    /// Several ways where one is meant.
    #[error("{} are given: {what} is one of them", quoted(forms, " and "))]
    Several {
        /// What it is.
        what: &'static str,
        /// The keys that are given.
        forms: Vec<String>,
    },
    /// None of the ways.
    #[error("{what} is missing: give one of {}", quoted(forms, ", "))]
    NoneOf {
        /// What it is.
        what: &'static str,
        /// The keys that are known.
        forms: Vec<String>,
    },
    /// A list with nothing in it.
    #[error("the list is empty: {expected}")]
    Empty {
        /// What it should hold.
        expected: &'static str,
    },
    /// Figures that do not rise.
    #[error("`{after}` does not lie above `{before}`: write the figures rising")]
    NotRising {
        /// The earlier figure.
        before: Decimal,
        /// The later one.
        after: Decimal,
    },
    /// A band without end that is not the last.
    #[error("a band without `up_to` has no end: only the last may be so")]
    EndlessBand,
    /// Shares that do not add up.
    #[error("the shares add up to {sum}, not to 1")]
    Shares {
        /// What they add up to.
        sum: Decimal,
    },
    /// More than one fund that tops up.
    #[error("one payer at most tops up what the others' limits leave unpaid")]
    SeveralTopUps,
    /// A share of money that is no saving.
    #[error("`share` is of a measured saving: `{of}` is no metric of kind `money`")]
    ShareOfNoMoney {
        /// What it is of.
        of: String,
    },
    /// A unit of money that cannot be paid.
    #[error("amounts are rounded to more than zero: `{to}`")]
    RoundedToNothing {
        /// The unit.
        to: Decimal,
    },
    /// Something that only claims of people have.
    #[error("`{key}` is of single people: `{of}` is no metric of kind `claims`")]
    OnlyOfClaims {
        /// The key.
        key: &'static str,
        /// What the payment is of.
        of: String,
    },
    /// Something that only observations paid one by one have.
    #[error("`{key}` is of observations one by one: with `per = \"{per}\"` they are paid together")]
    OnlyOneByOne {
        /// The key.
        key: &'static str,
        /// What the payment is worked out for.
        per: &'static str,
    },
    /// A limit for one person where nothing is paid for one.
    #[error("`at_most.person` limits nobody: no payment is of claims one by one")]
    LimitsNobody,
    /// A payment by observation of something that has none.
    #[error("{of} is paid for each `cohort` or for the whole `contract`, not by observation")]
    NoObservations {
        /// What it is of.
        of: &'static str,
    },
    /// A refund of what never lies below zero.
    #[error("nothing that the schedule works out lies below zero, so nothing is owed back")]
    NothingBelowZero,
    /// A factor on what is never paid.
    #[error("the group `{group}` is compared with: nothing is paid for it")]
    UpliftOfComparison {
        /// The group.
        group: String,
    },
    /// A payment that cannot come before another for the same person.
    #[error("`{payment}` is no payment of claims: what comes before comes before for the same person")]
    BeforeOfNobody {
        /// The payment named.
        payment: String,
    },
    /// A figure of claims.
    #[error("`{metric}` is of claims: only results of cohorts are pooled, mixed or asked to reach a figure")]
    FigureOfClaims {
        /// The metric.
        metric: String,
    },
    /// A comparison that has no wanted way.
    #[error("`{metric}` has no `direction`, and what is compared needs one: `increase` or `decrease`")]
    NoDirection {
        /// The metric.
        metric: String,
    },
    /// A year of cohorts that have no days.
    #[error("the cohorts of the contract have no days: list its `cohorts`")]
    YearOfNoCohort,
    /// A share of a saving that follows an index.
    #[error("a share of a saving follows no index: the saving is in the money of its year")]
    IndexedShare,
    /// Several years' results paid together.
    #[error(
        "prices follow the year of each line: with `per = \"contract\"` the results of all years are paid together"
    )]
    IndexedTogether,
    /// A first comparison that begins on a day.
    #[error("`from` has no meaning here: the first group is compared with from the start")]
    FirstFrom,
    /// One comparison where several are meant.
    #[error("one group is written `group = …`: `groups` are several that follow each other")]
    OneGroup,
    /// Days that do not rise.
    #[error("{after} is not later than {before}: write the groups in the order of their days")]
    GroupsNotRising {
        /// The earlier day.
        before: NaiveDate,
        /// The later one.
        after: NaiveDate,
    },
    /// A test of something that is not compared with a group.
    #[error("{of} is not compared with a group: only an estimate with a `group` under `against` is tested")]
    Untestable {
        /// What it is.
        of: String,
    },
    /// A test that is not of this kind of figure.
    #[error("`{test}` tests a `{wanted}`, and `{metric}` is none")]
    TestOfOther {
        /// The test.
        test: &'static str,
        /// The kind of metric it is of.
        wanted: &'static str,
        /// The metric.
        metric: String,
    },
    /// A level of confidence that decides nothing.
    #[error("a level of confidence lies above 0.5 and below 1: `{level}`")]
    LevelOutside {
        /// The level as written.
        level: Decimal,
    },
    /// People counted of what has none.
    #[error("{of} has no people to count: name a `share`, a `rate`, or an estimate that compares one")]
    NoPeople {
        /// What it is.
        of: String,
    },
    /// A payer who stands twice.
    #[error("`{holder}` stands among the payers twice")]
    PaysTwice {
        /// The holder.
        holder: String,
    },
    /// A payer who is paid.
    #[error("`{holder}` is the payee: it cannot pay itself")]
    PaysItself {
        /// The holder.
        holder: String,
    },
    /// A share of the fund that tops up.
    #[error("a fund that tops up has no share: it pays what the others' limits leave unpaid")]
    ShareOfTopUp,
    /// A party that is several.
    #[error("`{holder}` is a joint holder: write its members as payers, each with its share")]
    JointParty {
        /// The holder.
        holder: String,
    },
    /// What is the case of a metric, said twice.
    #[error("what is the case of `{metric}` is said twice")]
    TruthTwice {
        /// The metric.
        metric: String,
    },
    /// A cohort that stands twice.
    #[error("the cohort `{cohort}` stands twice")]
    CohortTwice {
        /// The cohort.
        cohort: String,
    },
    /// A way of scattering that a metric of this kind cannot have.
    #[error("a metric of this kind cannot scatter so: write one of {}", quoted(accepted, ", "))]
    NotScattered {
        /// What it can be.
        accepted: Vec<String>,
    },
}
