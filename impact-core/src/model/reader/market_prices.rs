//! Reading whether indirect taxes are in an amount.
//!
//! One rule: a default is listed where the conventions ask, and only there; what is written is read under all conventions, so
//! that one document can be appraised under several.

use super::Reader;
use super::words::PRICED_AT;
use crate::document::Fields;
use crate::model::{HolderIndex, HolderKind, ModelFault, PricedAt, ValueKind};
use crate::units::Label;
use rust_decimal::Decimal;

impl Reader {
    /// Of a cost: what people pay has indirect taxes in it, what firms and public budgets pay has not.
    pub(super) fn cost_priced(&mut self, fields: &mut Fields<'_, '_>, payer: Option<HolderIndex>) -> Option<PricedAt> {
        let people = payer.and_then(|payer| self.holders.kind(payer)) == Some(HolderKind::People);
        self.priced(fields, if people { CONSUMED } else { NET_OF_TAXES })
    }

    /// Of a value: resources and production are net of indirect taxes, what people would pay is not. Money between holders is
    /// neither.
    pub(super) fn value_priced(
        &mut self,
        fields: &mut Fields<'_, '_>,
        from: Option<HolderIndex>,
        kind: Option<ValueKind>,
    ) -> Option<PricedAt> {
        if from.is_some() {
            if fields.has("prices") {
                let because = "money that changes hands is no resource, and society counts none of it";
                fields.refuse("prices", ModelFault::Meaningless { key: "prices", because });
            }
            fields.known(&["prices"]);
            return Some(PricedAt::Market);
        }
        match kind {
            Some(ValueKind::Social) => self.priced(fields, WOULD_PAY),
            _ => self.priced(fields, NET_OF_TAXES),
        }
    }

    /// Of what is produced by work.
    pub(super) fn work_priced(&mut self, fields: &mut Fields<'_, '_>) -> Option<PricedAt> {
        self.priced(fields, PRODUCED)
    }

    fn priced(&mut self, fields: &mut Fields<'_, '_>, (taken, en, nb): Usual) -> Option<PricedAt> {
        let factor = self.head.convention.as_ref().and_then(|(convention, _)| convention.prices.market_factor);
        let asked = factor.is_some_and(|factor| factor.value() != Decimal::ONE);
        if asked {
            return self.numbers.word_or(fields, "prices", PRICED_AT, (taken, Label::both(en, nb)));
        }
        let given = fields.one_of("prices", PRICED_AT);
        if fields.has("prices") { given } else { Some(taken) }
    }
}

/// What is taken where nothing is said, and why.
type Usual = (PricedAt, &'static str, &'static str);

const NET_OF_TAXES: Usual = (
    PricedAt::Factor,
    "resources of budgets and firms are given net of indirect taxes",
    "ressurser i budsjetter og bedrifter oppgis uten indirekte skatter",
);

const CONSUMED: Usual =
    (PricedAt::Market, "what people pay has indirect taxes in it", "det folk betaler, har indirekte skatter i seg");

const WOULD_PAY: Usual = (
    PricedAt::Market,
    "what people would pay has indirect taxes in it",
    "det folk ville betalt, har indirekte skatter i seg",
);

const PRODUCED: Usual = (
    PricedAt::Factor,
    "what an employer pays for work is net of indirect taxes on what it produces",
    "det en arbeidsgiver betaler for arbeid, er uten indirekte skatter på det som produseres",
);
