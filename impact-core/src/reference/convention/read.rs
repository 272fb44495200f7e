//! Reading a convention from its document, or from a model's document laid over it.

use super::{
    AttributionScope, Combination, Convention, Denominator, Discounting, DropOff, ExchangeBasis, Filters,
    FinancingBase, InForce, MarketFactor, NothingForNothing, Origin, PriceIndex, Prices, RatioKind, Ratios,
    TaxFinancing, TaxFinancingCost, TransferCounting, Unverified, WillingnessToPay, alternatives, class_growth,
    corrections,
};
use crate::address::Address;
use crate::discount::{Band, Schedule, Timing};
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::reference::ReferenceError;
use crate::reference::provenance::{read_edition, read_label, read_source, required_id};
use crate::units::{DiscountRate, UnitError};

/// Most decimals of money that reports show.
const MOST_DIGITS: i64 = 12;

const TIMINGS: [(&str, Timing); 3] = [("start", Timing::Start), ("middle", Timing::Middle), ("end", Timing::End)];

impl Convention {
    /// Reads a convention; `None` where something is wrong, which the problems say.
    pub fn read(node: &Node, problems: &mut Problems) -> Option<Self> {
        Self::read_changed(node, &[], problems)
    }

    /// Reads a convention in which a model has set the values at some addresses itself: the marks at or below them say
    /// nothing of the model's own values, and are left out.
    pub fn read_changed(node: &Node, set: &[Address], problems: &mut Problems) -> Option<Self> {
        let before = problems.total();
        let mut fields = Fields::of(node, problems)?;
        let id = required_id(&mut fields);
        let title = read_label(&mut fields, "title");
        let edition = read_edition(&mut fields);
        let in_force = fields.fields("in_force").map(read_in_force);
        let source = read_source(&mut fields, "source");
        let note = fields.has("note").then(|| read_label(&mut fields, "note"));
        fields.known(&["note"]);
        let own_bands = set.iter().any(|set| set.as_str().starts_with("discount.bands"));
        let discount = section(&mut fields, "discount", |fields| read_discounting(fields, own_bands));
        let combination = section(&mut fields, "combination", read_combination);
        let ratios = section(&mut fields, "ratios", read_ratios);
        let financing = section(&mut fields, "financing", read_financing);
        let growth = class_growth::read(&mut fields);
        let corrections = corrections::read(&mut fields);
        let prices = section(&mut fields, "prices", read_prices);
        let displayed_digits = section(&mut fields, "rounding", read_rounding);
        let unverified = read_unverified(&mut fields, set);
        fields.finish();
        if problems.total() > before {
            return None;
        }
        Some(Self {
            id: id?,
            title: title?,
            edition: edition?,
            in_force: in_force.flatten(),
            source: source?,
            note: note.flatten(),
            discount: discount?,
            combination: combination?,
            ratios: ratios?,
            financing: financing?,
            growth: growth?,
            corrections: corrections?,
            prices: prices?,
            displayed_digits: displayed_digits?,
            unverified,
        })
    }
}

/// Reads a table that must be there.
fn section<T>(fields: &mut Fields<'_, '_>, key: &str, read: impl Fn(Fields<'_, '_>) -> Option<T>) -> Option<T> {
    let node = fields.required(key)?;
    read(Fields::of(node, fields.problems())?)
}

fn read_in_force(mut fields: Fields<'_, '_>) -> Option<InForce> {
    let in_force = InForce { from: fields.required_date("from")?, to: fields.date("to") };
    if in_force.to.is_some_and(|to| to < in_force.from) {
        fields.refuse(
            "to",
            UnitError::OutOfRange {
                quantity: "last day",
                value: in_force.to.map(|day| day.to_string()).unwrap_or_default(),
                expected: "on or after the first day, `from`",
            },
        );
    }
    fields.finish();
    Some(in_force)
}

fn read_discounting(mut fields: Fields<'_, '_>, own_bands: bool) -> Option<Discounting> {
    let schedule = read_schedule(&mut fields);
    let origin = fields.required_one_of("origin", Origin::WORDS);
    let timing = section(&mut fields, "timing", |mut fields| {
        let costs = fields.required_one_of("costs", &TIMINGS);
        let outcomes = fields.required_one_of("outcomes", &TIMINGS);
        fields.finish();
        Some((costs?, outcomes?))
    });
    let costs_discounted = fields.required_flag("costs_discounted");
    let alternatives = alternatives::read(&mut fields);
    let chosen = alternatives::chosen(&mut fields, alternatives.as_deref(), own_bands);
    fields.finish();
    let ((costs, outcomes), chosen, own) = (timing?, chosen?, schedule?);
    let (chosen, schedule) = chosen.map_or((None, own), |chosen| (Some(chosen.id), chosen.schedule));
    let (origin, costs_discounted, alternatives) = (origin?, costs_discounted?, alternatives?);
    Some(Discounting { schedule, origin, costs, outcomes, costs_discounted, chosen, alternatives })
}

pub(super) fn read_schedule(fields: &mut Fields<'_, '_>) -> Option<Schedule> {
    let nodes = fields.required_list("bands")?;
    let bands: Vec<Band> = nodes.iter().filter_map(|node| read_band(node, fields.problems())).collect();
    if bands.len() < nodes.len() {
        return None;
    }
    Schedule::new(bands).map_err(|fault| fields.refuse("bands", fault)).ok()
}

fn read_band(node: &Node, problems: &mut Problems) -> Option<Band> {
    let mut fields = Fields::of(node, problems)?;
    let from_step = fields.required_integer("from_step").and_then(|step| {
        let fault =
            |_| UnitError::OutOfRange { quantity: "step", value: step.to_string(), expected: "a count of years" };
        u32::try_from(step).map_err(|error| fields.refuse("from_step", fault(error))).ok()
    });
    let rate = fields
        .required_number("rate")
        .and_then(|rate| DiscountRate::new(rate).map_err(|fault| fields.refuse("rate", fault)).ok());
    fields.finish();
    Some(Band { from_step: from_step?, rate: rate? })
}

fn read_combination(mut fields: Fields<'_, '_>) -> Option<Combination> {
    let filters = fields.required_one_of("filters", Filters::WORDS);
    let drop_off = fields.required_one_of("drop_off", DropOff::WORDS);
    let attribution = fields.required_one_of("attribution", AttributionScope::WORDS);
    let transfers = fields.required_one_of("transfers", TransferCounting::WORDS);
    fields.finish();
    Some(Combination { filters: filters?, drop_off: drop_off?, attribution: attribution?, transfers: transfers? })
}

fn read_ratios(mut fields: Fields<'_, '_>) -> Option<Ratios> {
    let kind = fields.required_one_of("kind", RatioKind::WORDS);
    let denominator = fields.required_one_of("denominator", Denominator::WORDS);
    // Conventions that say nothing of the marginal value of public funds leave these two out.
    let willingness = fields.one_of("willingness_to_pay", WillingnessToPay::WORDS);
    let nothing = fields.one_of("nothing_for_nothing", NothingForNothing::WORDS);
    fields.finish();
    Some(Ratios {
        kind: kind?,
        denominator: denominator?,
        willingness_to_pay: willingness.unwrap_or(WillingnessToPay::EveryValue),
        nothing_for_nothing: nothing.unwrap_or(NothingForNothing::Undefined),
    })
}

/// Where nothing is said the cost is of net public outlay.
fn read_financing(mut fields: Fields<'_, '_>) -> Option<TaxFinancing> {
    let cost = fields.required_number("cost").map(TaxFinancingCost::new);
    if let Some(Err(fault)) = &cost {
        fields.refuse("cost", fault.clone());
    }
    let base = fields.one_of("base", FinancingBase::WORDS);
    let base = if fields.has("base") { base } else { Some(FinancingBase::NetPublicOutlay) };
    fields.finish();
    Some(TaxFinancing { cost: cost?.ok()?, base: base? })
}

fn read_prices(mut fields: Fields<'_, '_>) -> Option<Prices> {
    let index = fields.required_one_of("index", PriceIndex::WORDS);
    let exchange = fields.required_one_of("exchange", ExchangeBasis::WORDS);
    // Conventions whose account is in the prices that amounts are given in leave it out.
    let factor = fields.number("market_factor").map(MarketFactor::new);
    if let Some(Err(fault)) = &factor {
        fields.refuse("market_factor", fault.clone());
    }
    fields.finish();
    Some(Prices { index: index?, exchange: exchange?, market_factor: factor.and_then(Result::ok) })
}

fn read_rounding(mut fields: Fields<'_, '_>) -> Option<u32> {
    let digits = fields.required_integer("digits");
    if let Some(digits) = digits.filter(|digits| !(0..=MOST_DIGITS).contains(digits)) {
        let fault = UnitError::OutOfRange {
            quantity: "displayed digits",
            value: digits.to_string(),
            expected: "a number of decimals from 0 to 12",
        };
        fields.refuse("digits", fault);
    }
    fields.finish();
    digits.and_then(|digits| u32::try_from(digits).ok())
}

fn read_unverified(fields: &mut Fields<'_, '_>, set: &[Address]) -> Vec<Unverified> {
    let convention = fields.here();
    let Some(nodes) = fields.list("unverified") else { return Vec::new() };
    let marks = nodes.iter().filter_map(|node| read_mark(node, convention, set, fields.problems()));
    marks.filter(|mark| !is_set(&mark.address, set)).collect()
}

/// Whether a model sets what stands at an address itself, or what that is a part of.
fn is_set(address: &Address, set: &[Address]) -> bool {
    set.iter().any(|set| address.is_within(set))
}

fn read_mark(node: &Node, convention: &Node, set: &[Address], problems: &mut Problems) -> Option<Unverified> {
    let mut fields = Fields::of(node, problems)?;
    let address = fields.required_parsed::<Address>("address");
    let why = read_label(&mut fields, "why");
    // A list that a model sets itself need not have the elements that the convention's own had.
    let unset = address.as_ref().filter(|address| !is_set(address, set));
    if let Some(address) = unset.filter(|address| !stands(convention, address)) {
        fields.refuse("address", ReferenceError::MarkedNothing { address: address.to_string() });
    }
    fields.finish();
    Some(Unverified { address: address?, why: why? })
}

/// Whether something stands at an address counted from `node`.
fn stands(node: &Node, address: &Address) -> bool {
    let mut here = Some(node);
    for segment in address.segments() {
        here = here.and_then(|node| match (node.as_table(), node.as_list()) {
            (Some(table), _) => table.get(segment),
            (_, Some(list)) => segment.parse::<usize>().ok().and_then(|position| list.get(position)),
            _ => None,
        });
    }
    here.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NORWAY: &str = include_str!("../../../data/conventions/norway-r109-2021.toml");

    fn said(text: &str) -> String {
        let mut problems = Problems::new();
        let node = Node::from_toml(text).unwrap();
        assert_eq!(Convention::read(&node, &mut problems), None);
        problems.into_result().unwrap_err().to_string()
    }

    #[test]
    fn problems_of_a_convention_come_together_each_with_its_place() {
        let text = NORWAY
            .replace("rate = 0.03", "rate = 3")
            .replace("\"multiplicative\"", "\"multiplicativ\"")
            .replace("cost = 0.20", "cost = 20")
            .replace("digits = 0", "digits = 40")
            .replace("\"ratios\"", "\"ratio\"");
        let said = said(&text);
        assert!(said.contains("discount.bands.1.rate (line 14, column 30): discount rate `3` is not"), "{said}");
        assert!(said.contains("unknown word `multiplicativ`: did you mean `multiplicative`?"), "{said}");
        assert!(said.contains("tax-financing cost `20` is not between 0 and 1"), "{said}");
        assert!(said.contains("displayed digits `40`"), "{said}");
        assert!(said.contains("`ratio` is marked unverified, but the convention has nothing there"), "{said}");
    }

    #[test]
    fn bands_that_leave_a_gap_at_the_start_are_refused_at_the_bands() {
        let said = said(&NORWAY.replace("from_step = 1,", "from_step = 2,"));
        assert!(
            said.contains("discount.bands (line 12, column 9): the first discount band starts at step 2"),
            "{said}"
        );
    }

    #[test]
    fn a_convention_that_ends_before_it_begins_is_refused() {
        let said = said(&NORWAY.replace("from = 2021-06-25", "from = 2021-06-25, to = 2020-01-01"));
        assert!(said.contains("last day `2020-01-01` is not on or after the first day"), "{said}");
    }
}
