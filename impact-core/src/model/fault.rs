//! What can be wrong with what a document means.
//!
//! One rule: a fault says what to write instead; what another floor finds wrong (a year, a unit, a price index) keeps that
//! floor's own error.

use crate::units::{PriceYear, Unit, Year};
use rust_decimal::Decimal;

/// Something a model document says that cannot be meant.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelFault {
    /// A format version this library does not know.
    #[error("version `{found}` of the document is not known: this library reads `impact = 1`")]
    UnknownVersion {
        /// The version as written.
        found: Decimal,
    },
    /// The country Norway, read by a YAML reader as the word no.
    #[error("country `{found}` is not a text: a YAML reader takes NO for the word no, so write \"NO\" in quotes")]
    CountryIsFlag {
        /// The flag.
        found: bool,
    },
    /// An id with letters that addresses do not have.
    #[error("id `{id}` is not made of a-z, 0-9 and `-`")]
    MalformedId {
        /// The id as written.
        id: String,
    },
    /// A holder called as a perspective is.
    #[error("id `{id}` is taken: it is the name of a perspective")]
    ReservedId {
        /// The id as written.
        id: String,
    },
    /// Two elements of a list with one id.
    #[error("id `{id}` is used twice")]
    RepeatedId {
        /// The id.
        id: String,
    },
    /// A holder that the document does not declare.
    #[error("no holder has the id `{id}`{}", or_known(nearest.as_deref(), known))]
    UnknownHolder {
        /// The id as written.
        id: String,
        /// The nearest id of a holder, where one is near.
        nearest: Option<String>,
        /// The ids of the holders.
        known: Vec<String>,
    },
    /// An outcome that the document does not declare.
    #[error("no outcome has the id `{id}`{}", or_known(nearest.as_deref(), known))]
    UnknownOutcome {
        /// The id as written.
        id: String,
        /// The nearest id of an outcome, where one is near.
        nearest: Option<String>,
        /// The ids of the outcomes.
        known: Vec<String>,
    },
    /// A destination that the outcome does not have.
    #[error("the outcome has no destination `{id}`{}", or_known(nearest.as_deref(), known))]
    UnknownDestination {
        /// The name as written.
        id: String,
        /// The nearest destination, where one is near.
        nearest: Option<String>,
        /// The destinations of the outcome.
        known: Vec<String>,
    },
    /// A shared number that `[assumptions]` does not have.
    #[error("no shared number `{id}` stands in `[assumptions]`{}", or_known(nearest.as_deref(), known))]
    UnknownShared {
        /// The id as written.
        id: String,
        /// The nearest shared number, where one is near.
        nearest: Option<String>,
        /// The shared numbers.
        known: Vec<String>,
    },
    /// A shared number that uses another.
    #[error("a shared number cannot use another: give `value` or a distribution")]
    SharedUsesShared,
    /// A shared number whose values do not fit where it is used.
    #[error("`assumptions.{id}` is used here as {quantity}, which is {expected}: {misfit}")]
    SharedMisfit {
        /// The shared number.
        id: String,
        /// What it is used as.
        quantity: String,
        /// What is accepted here.
        expected: &'static str,
        /// Which of its values is not.
        misfit: String,
    },
    /// A number outside what its quantity accepts.
    #[error("{quantity} `{value}` is not {expected}{}", of_hundred(*value, expected))]
    NotAccepted {
        /// The quantity.
        quantity: String,
        /// The number as written.
        value: Decimal,
        /// What is accepted.
        expected: &'static str,
    },
    /// A distribution that reaches outside what its quantity accepts.
    #[error("{quantity} must be {expected}, and this distribution reaches {reaches}: use another form, or `truncated`")]
    ReachesOutside {
        /// The quantity.
        quantity: String,
        /// What is accepted.
        expected: &'static str,
        /// Its range in words.
        reaches: String,
    },
    /// A best value that the distribution cannot take.
    #[error("best value `{best}` lies outside its distribution, which reaches {reaches}")]
    BestOutside {
        /// The best value.
        best: Decimal,
        /// The range of the distribution in words.
        reaches: String,
    },
    /// A number given as a table without a value.
    #[error("a number needs `value`, a distribution (such as `pert` or `range90`), or `use`")]
    NoNumber,
    /// A table that gives a number twice.
    #[error("{} are given: a number has one of them", quoted(forms, " and "))]
    SeveralForms {
        /// The keys that are given.
        forms: Vec<String>,
    },
    /// A distribution inside another that is none.
    #[error("a distribution is needed here, such as `{{ pert = [6, 12, 20] }}`")]
    NoDistribution,
    /// A form whose parameters are written another way.
    #[error("`{form}` is written `{example}`")]
    FormShape {
        /// The form.
        form: &'static str,
        /// How it is written.
        example: &'static str,
    },
    /// An element of a list of pairs that is no pair.
    #[error("each element is {pair}")]
    PairForm {
        /// What it is.
        pair: &'static str,
    },
    /// A best value beside a plain one.
    #[error("`best` goes with a distribution: beside `value` it has no meaning")]
    BestBesideValue,
    /// Two keys that exclude each other.
    #[error("`{first}` and `{second}` are both given: write one of them")]
    BothGiven {
        /// The one.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// Neither of two keys of which one is needed.
    #[error("`{first}` or `{second}` is missing")]
    NeitherGiven {
        /// The one.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// A key that has no meaning beside another.
    #[error("`{key}` has no meaning here: {because}")]
    Meaningless {
        /// The key.
        key: &'static str,
        /// Why.
        because: &'static str,
    },
    /// A public budget without a level of government.
    #[error("`level` is missing: a public budget is of a municipality, county, state, health-trust or insurance")]
    LevelMissing,
    /// A joint holder without shares.
    #[error(
        "`shares` is missing: say who a joint holder is and in which shares, such as `shares = {{ north = 0.6, south = 0.4 }}`"
    )]
    SharesMissing,
    /// Shares of a joint holder that do not make a whole.
    #[error("the shares of a joint holder add up to {sum}, not to 1")]
    SharesSum {
        /// What they add up to.
        sum: Decimal,
    },
    /// A share of a joint holder that varies.
    #[error("a share of a joint holder is a plain number: the shares add up to 1 whatever happens")]
    ShareVaries,
    /// A joint holder in a joint holder.
    #[error("`{id}` is a joint holder itself: name its members here")]
    JointOfJoint {
        /// The id.
        id: String,
    },
    /// Years as anything but a first and a last one.
    #[error("years are written `[first, last]`")]
    YearsForm,
    /// A last year before the first.
    #[error("the first year {first} is after the last year {last}")]
    YearsReversed {
        /// The first year.
        first: Year,
        /// The last year.
        last: Year,
    },
    /// A list of amounts that is not one for each year.
    #[error(
        "`per_year` lists {} for {}: write one for each year, or one number for all of them",
        counted(*found, "amount"),
        counted_years(*first, *last)
    )]
    AmountCount {
        /// How many amounts are listed.
        found: usize,
        /// The first year.
        first: Year,
        /// The last year.
        last: Year,
    },
    /// A path of growth that `[growth]` does not have.
    #[error("no path `{id}` stands in `[growth]`{}", or_known(nearest.as_deref(), known))]
    UnknownGrowth {
        /// The id as written.
        id: String,
        /// The nearest path, where one is near.
        nearest: Option<String>,
        /// The paths of the document.
        known: Vec<String>,
    },
    /// A path of growth without rates.
    #[error(
        "the path has no points: write the growth of some years, such as `{{ 2025 = 0.009, 2060 = 0.009, 2100 = 0 }}`"
    )]
    NoPoints,
    /// A price series called as one of the library is.
    #[error("id `{id}` is taken: it is the name of an index of the library")]
    ReservedIndex {
        /// The id as written.
        id: String,
    },
    /// An amount that falls wholly outside the years appraised.
    #[error("{years} is outside the years appraised, {first} to {last}")]
    OutsideAppraisal {
        /// The year or years as written.
        years: String,
        /// The first year appraised.
        first: Year,
        /// The last year appraised.
        last: Year,
    },
    /// An amount before the first year appraised, where the last is not given.
    #[error("{years} is before the first year appraised, {first}")]
    BeforeStart {
        /// The year or years as written.
        years: String,
        /// The first year appraised.
        first: Year,
    },
    /// Effects that last longer than any horizon.
    #[error("the last effect is in {last}, too long after {start}: give `horizon`, at most {most} years")]
    HorizonNeeded {
        /// The first year appraised.
        start: Year,
        /// The year of the last effect.
        last: i64,
        /// The longest horizon.
        most: u32,
    },
    /// Yearly intakes without a cost that says in which years.
    #[error("`yearly` means the years in which a cost runs, and no cost runs in the years appraised: list the years")]
    YearlyWithoutCosts,
    /// No intakes at all.
    #[error("the list of intakes is empty: an outcome needs one")]
    NoIntakes,
    /// One year listed twice.
    #[error("{year} is listed twice")]
    RepeatedYear {
        /// The year.
        year: Year,
    },
    /// A chain without links.
    #[error("the chain is empty: name its links, such as `{{ population = 200, engaged = 0.6 }}`")]
    EmptyChain,
    /// More months than a year has.
    #[error("a recipient is on a benefit for at most 12 months of a year, not {months}")]
    MonthsBeyondYear {
        /// The months, or the range of their distribution.
        months: String,
    },
    /// A holder on both sides.
    #[error("`{holder}` is both `from` and `to`: money has to change hands")]
    SameHolder {
        /// The id of the holder.
        holder: String,
    },
    /// A transfer of less than nothing.
    #[error("a transfer of a negative amount: swap `from` and `to`")]
    NegativeTransfer,
    /// A state whose unit has a period already.
    #[error("unit `{unit}` of a state has a period already: write `{thing}`, the years come from `duration`")]
    StateWithPeriod {
        /// The unit as written.
        unit: Unit,
        /// The thing without its period.
        thing: String,
    },
    /// Attribution as a bare number.
    #[error("a bare number does not say whose share it is: write `{{ others = {value} }}` or `{{ own = … }}`")]
    AttributionSign {
        /// What was written, as a number.
        value: String,
    },
    /// Deadweight on a quantity that is net of it.
    #[error("the quantity is `net`, so what would have happened anyway is deducted already: leave deadweight out")]
    DeadweightOnNet,
    /// Shares of destinations that do not make a whole.
    #[error("the shares of the destinations add up to {sum}, not to 1")]
    DestinationSum {
        /// What they add up to.
        sum: Decimal,
    },
    /// A price given by a number without saying per what.
    #[error("`unit` is missing: say what the value is an amount per, such as `{example}`")]
    UnitMissing {
        /// The unit that the outcome accrues.
        example: Unit,
    },
    /// A key that the catalogue answers.
    #[error("`{key}` comes from the catalogue entry `{entry}`: leave it out, or give `value` in place of `proxy`")]
    FromCatalogue {
        /// The key.
        key: &'static str,
        /// The entry.
        entry: String,
    },
    /// A catalogue price that no single holder of the model bears.
    #[error("`{entry}` is paid by {payers}: say who gains with `to`")]
    ToMissing {
        /// The entry.
        entry: String,
        /// Who pays, by the catalogue.
        payers: String,
    },
    /// A catalogue price of which nobody says who pays.
    #[error("the catalogue does not say who pays `{entry}`: say who gains with `to`")]
    NoPayer {
        /// The entry.
        entry: String,
    },
    /// A price per recipient-year on a person-year.
    #[error(
        "a price per {price} does not apply to {outcome}s: say how many months of a year a recipient is on the benefit \
         with `conversion = {{ months_per_recipient = … }}`"
    )]
    MonthsMissing {
        /// The unit of the price.
        price: Unit,
        /// What the outcome accrues.
        outcome: Unit,
    },
    /// A price per something else than the outcome's unit.
    #[error(
        "a price per {price} does not apply to {outcome}s: say how many {price}s go with one {outcome} with \
         `conversion = {{ per_unit = … }}`"
    )]
    ConversionMissing {
        /// The unit of the price.
        price: Unit,
        /// What the outcome accrues.
        outcome: Unit,
    },
    /// A conversion between units that agree.
    #[error("a price per {price} applies to {outcome}s as it is: leave the conversion out")]
    ConversionNotNeeded {
        /// The unit of the price.
        price: Unit,
        /// What the outcome accrues.
        outcome: Unit,
    },
    /// A catalogue figure of a year of its own, in a model of another.
    #[error(
        "`{entry}` is in {figure} prices, and no price index carries it to {wanted}: {}",
        use_instead(instead.as_deref(), wanted, years)
    )]
    NotCarried {
        /// The entry.
        entry: String,
        /// The year of its prices.
        figure: PriceYear,
        /// The model's price year.
        wanted: PriceYear,
        /// The entry of the model's price year, where there is one.
        instead: Option<String>,
        /// The years that have an entry.
        years: Vec<PriceYear>,
    },
    /// A price per place without its avoidable share.
    #[error(
        "`avoidable` is missing: a service with capacity saves nothing until places are closed, so a price per {price} \
         has no default"
    )]
    AvoidableMissing {
        /// The unit of the price.
        price: Unit,
    },
    /// A currency of several countries, or of none that is known, where an index is needed.
    #[error("say whose prices {currency} are with `country`: the price has to be carried to the model's")]
    CountryMissing {
        /// The currency.
        currency: String,
    },
    /// An address that is no number of the model.
    #[error("`{address}` is no number of this model{}", or_known(nearest.as_deref(), &[]))]
    UnknownAddress {
        /// The address as written.
        address: String,
        /// The nearest address of a number, where one is near.
        nearest: Option<String>,
    },
    /// An address that is none of the model's, or of the contract's.
    #[error("`{address}` is no address of this {of}{}", or_known(nearest.as_deref(), &[]))]
    UnknownPlace {
        /// What it is no address of: a model or a contract.
        of: &'static str,
        /// The address as written.
        address: String,
        /// The nearest address there is, where one is near.
        nearest: Option<String>,
    },
    /// A document that is no model although no problem was found in it: a mistake of the library.
    #[error("the document could not be read, and no reason was found: this is a mistake of the library")]
    Unreadable,
    /// A cost per outcome in a model of several.
    #[error("`outcome` is missing: say which of {}", quoted(known, ", "))]
    OutcomeMissing {
        /// The ids of the outcomes.
        known: Vec<String>,
    },
}

/// The nearest known id, or else those there are.
pub(super) fn or_known(nearest: Option<&str>, known: &[String]) -> String {
    match nearest {
        Some(near) => format!(": did you mean `{near}`?"),
        None if known.is_empty() => String::new(),
        None => format!(": there are {}", quoted(known, ", ")),
    }
}

/// The entry of the right year, or else the years that there are.
fn use_instead(instead: Option<&str>, wanted: &PriceYear, years: &[PriceYear]) -> String {
    match instead {
        Some(instead) => format!("use `{instead}`"),
        None => {
            let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            format!("its series has {years}, so give the `value` of {wanted} with its source")
        }
    }
}

/// `1 amount`, `3 amounts`.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `the year 2024`, `the 3 years 2024 to 2026`.
fn counted_years(first: Year, last: Year) -> String {
    match last.since(first) {
        0 => format!("the year {first}"),
        more => format!("the {} years {first} to {last}", more.saturating_add(1)),
    }
}

pub(super) fn quoted(words: &[String], between: &str) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(between)
}

/// How a percentage is written as a share.
fn of_hundred(value: Decimal, expected: &str) -> String {
    // A little over one is rather a slip than a percentage.
    let percentage = value > Decimal::TWO && value <= Decimal::ONE_HUNDRED && expected == super::Accepts::Share.words();
    let share = value.checked_div(Decimal::ONE_HUNDRED).filter(|_| percentage);
    share.map(|share| format!(": {value} % is written {}", share.normalize())).unwrap_or_default()
}
