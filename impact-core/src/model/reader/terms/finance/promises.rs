//! Reading what holders promise around the tranches: costs, success fees, guarantees, caps, a takeover.

use super::super::TermsReader;
use super::super::parts::one_way;
use super::super::payments::Known;
use super::parts::{Ids, days, named, nearer};
use super::words::{COVERS, FEE_BASES};
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::Accepts;
use crate::model::reader::common::{Around, Entry};
use crate::model::reader::numbers::Meant;
use crate::model::terms::{
    Cap, CapKind, Covers, Delivery, Guarantee, GuaranteeBase, ServiceCost, SuccessFee, Takeover, TermsFault,
};
use crate::units::Label;
use chrono::NaiveDate;

impl TermsReader<'_> {
    /// The cost here: `{ id = "service", to = "provider", paid = [{ date = 2016-01-01, amount = 500_000 }] }`.
    pub(super) fn service_cost(
        &mut self,
        node: &Node,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<ServiceCost> {
        let (mut fields, entry, around) = named(node, around, problems)?;
        let to = self.holders.required(&mut fields, "to");
        fields.required("paid");
        let paid = self.dated(&mut fields, "paid", &["amount"], &around);
        let after_takeover = fields.flag("after_takeover").unwrap_or(false);
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(ServiceCost { id, address, name, to: to?, paid: paid?, after_takeover })
    }

    /// What delivery costs here: `{ id = "staff", by = "provider", paid = […] }`.
    pub(super) fn delivery(&mut self, node: &Node, around: &Around, problems: &mut Problems) -> Option<Delivery> {
        let (mut fields, entry, around) = named(node, around, problems)?;
        let by = self.holders.required(&mut fields, "by");
        fields.required("paid");
        let paid = self.dated(&mut fields, "paid", &["amount"], &around);
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(Delivery { id, address, name, by: by?, paid: paid? })
    }

    /// The success fee here.
    pub(super) fn fee(&mut self, node: &Node, around: &Around, problems: &mut Problems) -> Option<SuccessFee> {
        let (mut fields, entry, around) = named(node, around, problems)?;
        let to = self.holders.required(&mut fields, "to");
        let of = fields.required_one_of("of", FEE_BASES);
        let unit = self.money("");
        let schedule =
            fields.required("schedule").and_then(|node| self.schedule(node, &unit, &around, fields.problems()));
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(SuccessFee { id, address, name, to: to?, of: of?, schedule: schedule? })
    }

    /// The guarantee here.
    pub(super) fn guarantee(
        &mut self,
        node: &Node,
        ids: &Ids,
        known: &Known<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Guarantee> {
        let (mut fields, entry, around) = named(node, around, problems)?;
        let holder = self.holders.required(&mut fields, "holder");
        let tranches = ids.under(&mut fields, "tranches");
        let of = match one_way(&mut fields, "what it is of", &["of", "activity"]) {
            Some("of") => fields
                .required_one_of("of", &[("drawn", GuaranteeBase::Drawn), ("committed", GuaranteeBase::Committed)]),
            Some(_) => known.under(&mut fields, "activity").map(GuaranteeBase::Activity),
            None => None,
        };
        let schedule =
            fields.required("schedule").and_then(|node| self.schedule(node, "unit", &around, fields.problems()));
        let because =
            Label::both("money put in is guaranteed, not its earnings", "innskudd garanteres, ikke avkastning");
        let covers = self.numbers.word_or(&mut fields, "covers", COVERS, (Covers::Principal, because));
        let called = self.called(&mut fields);
        let recovers = self.recovers(&mut fields, called.as_deref());
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(Guarantee {
            id,
            address,
            name,
            holder: holder?,
            tranches: tranches?,
            of: of?,
            schedule: schedule?,
            covers: covers?,
            called: called?,
            recovers: recovers?,
        })
    }

    /// `called = "at-end"`, or the days on which a guarantee is called besides the last.
    fn called(&mut self, fields: &mut Fields<'_, '_>) -> Option<Vec<NaiveDate>> {
        if let Some(node) = fields.node("called").filter(|node| node.as_text().is_none()) {
            return days(node, fields.problems());
        }
        let because = Label::both("what is lost is known at the end", "hva som er tapt, vet man til slutt");
        self.numbers.word_or(fields, "called", &[("at-end", Vec::new())], (Vec::new(), because))
    }

    /// `recovers`: whether the guarantor gets back what it paid before the end.
    fn recovers(&mut self, fields: &mut Fields<'_, '_>, called: Option<&[NaiveDate]>) -> Option<bool> {
        let before_end = called.is_some_and(|days| !days.is_empty());
        if !fields.has("recovers") {
            fields.known(&["recovers"]);
            if before_end {
                let because = Label::both("what a guarantor pays is spent", "det en garantist betaler, er brukt");
                self.numbers.defaulted(&fields.place_of("recovers").address, "false", because);
            }
            return Some(false);
        }
        let recovers = fields.flag("recovers");
        if recovers == Some(true) && called.is_some() && !before_end {
            let because = "it is called at the end, and nothing comes later";
            fields.refuse("recovers", TermsFault::Meaningless { key: "recovers", because });
        }
        recovers
    }

    /// The cap here: `{ tranches = ["loan"], rate = 0.12 }`.
    pub(super) fn cap(
        &mut self,
        node: &Node,
        ids: &Ids,
        known: &Known<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Cap> {
        let mut fields = Fields::of(node, problems)?;
        let around = nearer(&mut fields, around);
        let tranches = ids.under(&mut fields, "tranches");
        let kind = match one_way(&mut fields, "a cap", &["rate", "rates", "multiple", "gain"]) {
            Some("multiple") => {
                let meant = Meant::new("highest multiple", Accepts::NotNegative, "times", &around);
                self.numbers.required(&mut fields, "multiple", &meant).map(CapKind::Multiple)
            }
            Some("gain") => {
                let meant = Meant::new("highest gain", Accepts::NotNegative, self.money(""), &around);
                self.numbers.required(&mut fields, "gain", &meant).map(CapKind::Gain)
            }
            Some(_) => self.rate(&mut fields, known, &around).map(CapKind::Rate),
            None => None,
        };
        fields.finish();
        Some(Cap { address: node.address().clone(), tranches: tranches?, kind: kind? })
    }

    /// `takeover = { by = "municipality", on = 2027-01-01, payment = "goals", reaches = 0.5, repays = 0.5 }`.
    pub(super) fn takeover(
        &mut self,
        node: &Node,
        known: &Known<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Takeover> {
        let mut fields = Fields::of(node, problems)?;
        let around = nearer(&mut fields, around);
        let by = self.holders.required(&mut fields, "by");
        let on = fields.required_date("on");
        let payment = known.under(&mut fields, "payment");
        let meant = Meant::new("figure", Accepts::Any, "", &around);
        let reaches = self.numbers.required(&mut fields, "reaches", &meant);
        if let Some((of, reaches)) = payment.and_then(|payment| known.of(payment)).zip(reaches) {
            let span = fields.place_of("reaches").span;
            self.check_figure(reaches, (known, of), span, fields.problems());
        }
        let boundary = self.boundary(&mut fields);
        let meant = Meant::share("share that is repaid", &around);
        let repays = self.numbers.required(&mut fields, "repays", &meant);
        fields.finish();
        let address = node.address().clone();
        Some(Takeover {
            address,
            by: by?,
            on: on?,
            payment: payment?,
            reaches: reaches?,
            boundary: boundary?,
            repays: repays?,
        })
    }
}
