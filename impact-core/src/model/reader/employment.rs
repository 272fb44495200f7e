//! Reading a year in work: one short table that becomes ordinary values, one for each party that gets a part of it.
//!
//! One rule: the parts share one price, one conversion and one path of growth, so that they add up to what is produced.

use super::Reader;
use super::common::{Around, list, text};
use super::numbers::Meant;
use super::values::{Setting, read_destination};
use super::words::WILLINGNESS;
use crate::address::{Address, Place};
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::{
    Accepts, Basis, Conversion, Employment, EmploymentFault, HolderIndex, HolderKind, Levy, OutcomeValue, Portion,
    Price, PricedAt, Slot, ValueKind, Willingness, WorkPart,
};
use crate::number::Exact;
use crate::units::Label;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// The key of the document's own wage.
pub(super) const WAGE: &str = "wage";

/// A year in work with the values it becomes.
type Work = (Employment, Vec<OutcomeValue>);

/// What the parts of a price that is taken apart have in common.
pub(super) struct Common {
    pub price: Price,
    pub conversion: Conversion,
    pub growth: Option<usize>,
    pub destination: Option<usize>,
    pub avoidable: Slot,
    pub cashable: Slot,
    pub willingness: Willingness,
    pub priced: PricedAt,
}

/// A part that is to become a value.
pub(super) struct Part {
    pub id: String,
    pub address: Address,
    pub name: Label,
    pub from: Option<HolderIndex>,
    pub to: HolderIndex,
    pub kind: ValueKind,
    pub basis: Basis,
    pub portion: Portion,
}

impl Reader {
    /// The year in work of an outcome; none inside where it has none.
    pub(super) fn employment(&mut self, fields: &mut Fields<'_, '_>, setting: &Setting<'_>) -> Option<Option<Work>> {
        let Some(node) = fields.node("employment") else {
            return (!fields.has("employment")).then_some(None);
        };
        let mut fields = Fields::of(node, fields.problems())?;
        let around = Around::read(&mut fields);
        let common = self.wage(&mut fields, setting, &around);
        let meant = Meant::share("full-time share", &around);
        let because = Label::both("not given: work is full time", "ikke oppgitt: arbeidet er på heltid");
        let full_time_share = self.numbers.or_default(&mut fields, "full_time_share", &meant, (Decimal::ONE, because));
        let income_tax = self.levies(&mut fields, "income_tax", &INCOME_TAX, &around);
        let employer_contribution = self.levies(&mut fields, "employer_contribution", &CONTRIBUTION, &around);
        let willingness = common.as_ref().map_or(Willingness::Convention, |common| common.willingness);
        let destination = common.as_ref().and_then(|common| common.destination);
        let benefits = fields.node("benefits");
        let benefits = list(benefits, fields.problems(), |node, problems| {
            self.benefit(node, setting, (destination, willingness), problems)
        });
        let note = text(&mut fields, "note");
        let address = fields.place().address.clone();
        fields.finish();
        let common = common?;
        let employment = Employment {
            address,
            wage: common.price.clone(),
            full_time_share: full_time_share?,
            income_tax: income_tax?,
            employer_contribution: employer_contribution?,
            note,
        };
        let produced = self.produced(&employment, setting.holder?);
        let mut values: Vec<OutcomeValue> = produced.into_iter().map(|part| value(part, &common)).collect();
        values.extend(benefits.into_iter().flatten());
        Some(Some((employment, values)))
    }

    /// The wage, and what else holds for all that is produced.
    fn wage(&mut self, fields: &mut Fields<'_, '_>, setting: &Setting<'_>, around: &Around) -> Option<Common> {
        let shelf = self.shelf.clone();
        let quoted = self.quoted(fields, setting, (&shelf, WAGE), around);
        let price = quoted.as_ref().and_then(|quoted| self.carried(fields, quoted, ValueKind::Economic));
        let growth = self.followed(fields, Some(ValueKind::Economic));
        let conversion = self.conversion(fields, setting, quoted.as_ref(), around);
        let destination = read_destination(fields, setting);
        let avoidable = self.whole(fields, "avoidable", "avoidable share", around);
        let because = Label::both("taxes are money in a budget", "skatter er penger i et budsjett");
        let meant = Meant::share("cashable share", around);
        let cashable = self.numbers.or_default(fields, "cashable", &meant, (Decimal::ONE, because));
        let willingness = fields.one_of("wtp", WILLINGNESS).unwrap_or_default();
        let priced = self.work_priced(fields);
        Some(Common {
            price: price?,
            conversion: conversion?,
            growth: growth?,
            destination: destination?,
            avoidable: avoidable?,
            cashable: cashable?,
            willingness,
            priced: priced?,
        })
    }

    /// A share that is one where nothing else is said.
    pub(super) fn whole(
        &mut self,
        fields: &mut Fields<'_, '_>,
        key: &str,
        quantity: &str,
        around: &Around,
    ) -> Option<Slot> {
        let meant = Meant::share(quantity, around);
        if fields.has(key) {
            return self.numbers.optional(fields, key, &meant);
        }
        fields.known(&[key]);
        Some(self.numbers.unlisted(fields.place_of(key).address, &meant, Decimal::ONE))
    }

    /// The parts of what is produced: what is left of the wage, the taxes on it, and what the employer pays on top.
    fn produced(&self, employment: &Employment, participants: HolderIndex) -> Vec<Part> {
        let full_time = employment.full_time_share;
        let table = &employment.address;
        let portion = |part, times, less| Portion { part, table: table.clone(), times, less };
        let rates = |levies: &[Levy]| levies.iter().map(|levy| levy.rate).collect::<Vec<_>>();
        let mut parts = vec![Part {
            id: "net-wage".to_owned(),
            address: employment.address.child("net-wage"),
            name: Label::both("Wage after tax", "Lønn etter skatt"),
            from: None,
            to: participants,
            kind: ValueKind::Economic,
            basis: Basis::Income,
            portion: portion(WorkPart::NetWage, vec![full_time], rates(&employment.income_tax)),
        }];
        let levied = [(&INCOME_TAX, &employment.income_tax), (&CONTRIBUTION, &employment.employer_contribution)];
        for (kind, levies) in levied {
            parts.extend(levies.iter().map(|levy| {
                let id = format!("{}-{}", kind.id, self.holders.id(levy.holder));
                Part {
                    address: employment.address.child(&id),
                    id,
                    name: self.named(kind, levy.holder),
                    from: None,
                    to: levy.holder,
                    kind: ValueKind::Fiscal,
                    basis: Basis::Resource,
                    portion: portion(kind.part, vec![full_time, levy.rate], Vec::new()),
                }
            }));
        }
        parts
    }

    /// The rates of a tax by who gets it; nothing where the document leaves it out, which is listed.
    pub(super) fn levies(
        &mut self,
        fields: &mut Fields<'_, '_>,
        key: &str,
        kind: &LevyKind,
        around: &Around,
    ) -> Option<Vec<Levy>> {
        let Some(node) = fields.node(key) else {
            if fields.has(key) {
                return None;
            }
            let because = Label::both(
                format!("not given: no {} is counted", kind.en),
                format!("ikke oppgitt: {} er ikke regnet med", kind.nb),
            );
            self.numbers.defaulted(&fields.place_of(key).address, "0", because);
            return Some(Vec::new());
        };
        let mut fields = Fields::of(node, fields.problems())?;
        let entries = fields.rest();
        let mut levies = Vec::with_capacity(entries.len());
        for entry in &entries {
            let quantity = format!("rate of {}", kind.en);
            let meant = Meant::new(&quantity, kind.accepts, "share", around);
            let rate = self.numbers.number(&entry.node, &meant, fields.problems());
            let holder = self.budget(&entry.key, &entry.node, kind.en, fields.problems());
            if let (Some(rate), Some(holder)) = (rate, holder) {
                self.name_rate(rate, kind, holder, entry.node.address());
                levies.push(Levy { holder, rate });
            }
        }
        if kind.part != WorkPart::EmployerContribution {
            self.check_taxed(&mut fields, &levies);
        }
        fields.finish();
        (levies.len() == entries.len()).then_some(levies)
    }

    /// The public budget of an id.
    fn budget(&self, id: &str, node: &Node, levy: &'static str, problems: &mut Problems) -> Option<HolderIndex> {
        let holder = match self.holders.known(id) {
            Some(holder) => holder?,
            None if self.holders.has(id) => return None,
            None => return node.refuse(self.holders.unknown(id), problems),
        };
        match self.holders.kind(holder) {
            Some(HolderKind::Public | HolderKind::Joint) => Some(holder),
            _ => node.refuse(EmploymentFault::NotPublic { levy, holder: id.to_owned() }, problems),
        }
    }

    /// Gives a rate that stands here the name of its tax and budget, where it has none of its own.
    fn name_rate(&mut self, rate: Slot, kind: &LevyKind, holder: HolderIndex, here: &Address) {
        let name = self.named(&LevyKind { name_en: kind.rate_en, name_nb: kind.rate_nb, ..*kind }, holder);
        if let Some(kept) = self.numbers.kept.get_mut(rate.0).filter(|kept| kept.address == *here) {
            kept.name.get_or_insert(name);
        }
    }

    /// What a tax to a budget is called.
    pub(super) fn named(&self, kind: &LevyKind, holder: HolderIndex) -> Label {
        let holder = self.holders.kept.get(holder.position()).map(|holder| &holder.name);
        let en = holder.map_or("", |name| &name.en);
        let nb = holder.map_or("", |name| name.nb.as_ref().unwrap_or(&name.en));
        Label::both(format!("{} to {en}", kind.name_en), format!("{} til {nb}", kind.name_nb))
    }

    /// No more than all of it is taxed, whatever is drawn.
    fn check_taxed(&self, fields: &mut Fields<'_, '_>, levies: &[Levy]) {
        let most = |levy: &Levy| {
            let kept = self.numbers.kept.get(levy.rate.0)?;
            let end = kept.distribution.as_ref().and_then(|shape| Decimal::from_f64(shape.support().1));
            Some(Exact::from(end.unwrap_or(kept.point)))
        };
        let sum: Exact = levies.iter().filter_map(most).sum();
        if let Ok(sum) = sum.value()
            && sum > Decimal::ONE
        {
            fields.refuse_here(EmploymentFault::TaxedAway { sum: sum.normalize() });
        }
    }
}

/// Refuses values that count what is produced in a year in work a second time.
pub(super) fn refuse_second_wage(
    work: &Work,
    holder: Option<HolderIndex>,
    values: &[OutcomeValue],
    listed: Option<&Node>,
    problems: &mut Problems,
) {
    let destination = work.1.first().and_then(|part| part.destination);
    let overlaps = |value: &OutcomeValue| match (value.destination, destination) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let nodes = listed.and_then(Node::as_list).unwrap_or_default();
    for value in values.iter().filter(|value| value.is_production(holder) && overlaps(value)) {
        let place = nodes.iter().find(|node| *node.address() == value.address).map(|node| node.place.clone());
        problems.add(&place.unwrap_or_else(|| Place::at(value.address.clone())), EmploymentFault::ProducedTwice);
    }
}

/// A kind of tax, and what it is called.
#[derive(Clone, Copy)]
pub(super) struct LevyKind {
    pub id: &'static str,
    part: WorkPart,
    accepts: Accepts,
    en: &'static str,
    nb: &'static str,
    name_en: &'static str,
    name_nb: &'static str,
    rate_en: &'static str,
    rate_nb: &'static str,
}

const INCOME_TAX: LevyKind = LevyKind {
    id: "income-tax",
    part: WorkPart::IncomeTax,
    accepts: Accepts::Share,
    en: "income tax",
    nb: "inntektsskatt",
    name_en: "Income tax",
    name_nb: "Inntektsskatt",
    rate_en: "rate of income tax",
    rate_nb: "sats for inntektsskatt",
};

const CONTRIBUTION: LevyKind = LevyKind {
    id: "employer-contribution",
    part: WorkPart::EmployerContribution,
    accepts: Accepts::NotNegative,
    en: "employer's contribution",
    nb: "arbeidsgiveravgift",
    name_en: "Employer's contribution",
    name_nb: "Arbeidsgiveravgift",
    rate_en: "rate of employer's contribution",
    rate_nb: "sats for arbeidsgiveravgift",
};

pub(super) const BENEFIT_TAX: LevyKind = LevyKind {
    id: "income-tax",
    part: WorkPart::BenefitTax,
    accepts: Accepts::Share,
    en: "income tax on the benefit",
    nb: "inntektsskatt av ytelsen",
    name_en: "income tax no longer paid",
    name_nb: "inntektsskatt som bortfaller",
    rate_en: "rate of income tax on the benefit",
    rate_nb: "sats for inntektsskatt av ytelsen",
};

pub(super) fn value(part: Part, common: &Common) -> OutcomeValue {
    let Part { id, address, name, from, to, kind, basis, portion } = part;
    OutcomeValue {
        id,
        address,
        name,
        price: common.price.clone(),
        conversion: common.conversion.clone(),
        to,
        from,
        kind,
        basis: Some(basis),
        growth: common.growth,
        destination: common.destination,
        avoidable: common.avoidable,
        cashable: common.cashable,
        cashable_from: None,
        portion: Some(portion),
        willingness: common.willingness,
        standing: true,
        priced: common.priced,
        note: None,
    }
}
