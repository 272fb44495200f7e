//! Reading whether a payment may go below zero, so that the payee owes it back.
//!
//! One rule: nobody owes what no term says. What a schedule works out stops at zero unless the terms say `refunds = true`, or how
//! far it may go down (`at_least`); where that matters and neither is said, it is listed among what was filled in.

use super::TermsReader;
use super::payments::Known;
use crate::document::Fields;
use crate::model::Slot;
use crate::model::terms::{Corner, Figure, Outside, Range, Refunds, Schedule, TermsFault};
use crate::number::{Exact, Number};
use crate::units::Label;
use rust_decimal::Decimal;

impl TermsReader<'_> {
    /// `refunds`: whether what is worked out below zero is owed back.
    pub(super) fn refunds(
        &mut self,
        fields: &mut Fields<'_, '_>,
        known: &Known<'_>,
        of: Figure,
        schedule: &Schedule,
    ) -> Option<Refunds> {
        let goes_below = of != Figure::Nothing && self.goes_below_zero(schedule, known.reach(of).range());
        match (fields.has("refunds"), fields.has("at_least")) {
            (true, true) => {
                let forms = ["refunds", "at_least"].map(str::to_owned).to_vec();
                fields.refuse("refunds", TermsFault::Several { what: "how far a payment goes down", forms });
                None
            }
            (true, false) => {
                let owed = fields.flag("refunds")?;
                if owed && !goes_below {
                    fields.refuse("refunds", TermsFault::NothingBelowZero);
                }
                Some(if owed { Refunds::Owed } else { Refunds::None })
            }
            (false, true) => Some(Refunds::Owed),
            (false, false) => {
                if goes_below {
                    let because = Label::both(
                        "a figure below where payment begins pays nothing, and nothing is owed back; with `refunds = true` the payee owes it back, with `at_least` down to an amount below zero",
                        "en verdi under der betalingen begynner, betaler ingenting, og ingenting skal tilbake; med `refunds = true` skylder mottakeren den tilbake, med `at_least` ned til et beløp under null",
                    );
                    self.numbers.defaulted(&fields.place_of("refunds").address, "false", because);
                }
                Some(Refunds::None)
            }
        }
    }

    /// Whether a schedule works out less than zero, and less than is written, for any figure that there can be.
    fn goes_below_zero(&self, schedule: &Schedule, figures: Range) -> bool {
        let below = |start: Decimal| figures.least.is_none_or(|least| least < start);
        match schedule {
            Schedule::PerUnit(_) => below(Decimal::ZERO),
            Schedule::PerPoint(points) => below(self.point(points.from)),
            Schedule::Line { corners, below, above, .. } => {
                let down = *below == Outside::Straight && self.sinks(corners.iter(), figures.least);
                down || *above == Outside::Straight && self.sinks(corners.iter().rev(), figures.most)
            }
            Schedule::Steps { .. } | Schedule::Bands(_) | Schedule::Share(_) | Schedule::Fixed(_) => false,
        }
    }

    /// Whether a line that is carried straight on past its outermost corner, the first, sinks below zero before the last figure.
    fn sinks<'c>(&self, mut corners: impl Iterator<Item = &'c Corner>, last: Option<Decimal>) -> bool {
        let (Some(outer), Some(inner)) = (corners.next(), corners.next()) else { return false };
        let value = |slot: Slot| Exact::from(self.point(slot));
        let (from, to) = (value(inner.amount), value(outer.amount));
        let falls = (from - to).any_above_zero();
        let Some(last) = last else { return falls };
        let steps = (Exact::from(last) - value(inner.at)) / (value(outer.at) - value(inner.at));
        let beyond = (steps - Exact::ONE).any_above_zero();
        falls && beyond && (Exact::ZERO - (from + (to - from) * steps)).any_above_zero()
    }

    fn point(&self, slot: Slot) -> Decimal {
        self.numbers.kept.get(slot.position()).map_or(Decimal::ZERO, |number| number.point)
    }
}
