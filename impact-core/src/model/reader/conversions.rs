//! Reading how a price per its own unit becomes a price per unit of the outcome.
//!
//! One rule: only periods convert by themselves; anything else the author has to say.

use super::Reader;
use super::common::Around;
use super::leaf::largest;
use super::numbers::Meant;
use super::prices::Quoted;
use super::values::Setting;
use crate::document::Fields;
use crate::model::{Accepts, Conversion, ModelFault, Slot};
use crate::number::Constant;
use crate::units::UnitConversion;
use rust_decimal::Decimal;

impl Reader {
    pub(super) fn conversion(
        &mut self,
        fields: &mut Fields<'_, '_>,
        setting: &Setting<'_>,
        quoted: Option<&Quoted<'_>>,
        around: &Around,
    ) -> Option<Conversion> {
        let given = self.given(fields, around);
        let (price, outcome) = (quoted?.unit.clone(), setting.accrual()?);
        let written = fields.has("conversion");
        let fault = match (price.conversion_to(&outcome), given) {
            (_, Given::Broken) => return None,
            (UnitConversion::Factor(factor), Given::Nothing) => return Some(Conversion::Fixed(Constant::new(factor))),
            (UnitConversion::MonthsPerRecipient, Given::Months(slot)) => {
                return Some(Conversion::MonthsPerRecipient(slot));
            }
            (UnitConversion::Stated, Given::PerUnit(slot)) => return Some(Conversion::PerUnit(slot)),
            (UnitConversion::Factor(_), _) => ModelFault::ConversionNotNeeded { price, outcome },
            (UnitConversion::MonthsPerRecipient, _) => ModelFault::MonthsMissing { price, outcome },
            (UnitConversion::Stated, _) => ModelFault::ConversionMissing { price, outcome },
        };
        if written {
            fields.refuse("conversion", fault)
        } else {
            fields.refuse_here(fault)
        }
        None
    }

    fn given(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Given {
        let Some(node) = fields.node("conversion") else {
            return if fields.has("conversion") { Given::Broken } else { Given::Nothing };
        };
        let Some(mut fields) = Fields::of(node, fields.problems()) else { return Given::Broken };
        let months = Meant::new("months per recipient", Accepts::Positive, "months a year per recipient", around);
        let months = self.numbers.optional(&mut fields, "months_per_recipient", &months);
        let per_unit =
            Meant::new("units per unit", Accepts::Positive, "units of the price per unit of the outcome", around);
        let per_unit = self.numbers.optional(&mut fields, "per_unit", &per_unit);
        let given = match (fields.has("months_per_recipient"), fields.has("per_unit")) {
            (true, true) => {
                fields.refuse_here(ModelFault::BothGiven { first: "months_per_recipient", second: "per_unit" });
                Given::Broken
            }
            (false, false) => {
                fields.refuse_here(ModelFault::NeitherGiven { first: "months_per_recipient", second: "per_unit" });
                Given::Broken
            }
            (true, false) => match months {
                Some(slot) => self.within_a_year(&mut fields, slot),
                None => Given::Broken,
            },
            (false, true) => per_unit.map_or(Given::Broken, Given::PerUnit),
        };
        fields.finish();
        given
    }

    fn within_a_year(&self, fields: &mut Fields<'_, '_>, slot: Slot) -> Given {
        let Some(months) = self.numbers.kept.get(slot.0) else { return Given::Broken };
        let most = largest(months);
        if months.point > Decimal::from(12) || most.is_some_and(|most| most > 12.0) {
            let months = most.map_or_else(|| months.point.to_string(), |most| format!("up to {most}"));
            fields.refuse("months_per_recipient", ModelFault::MonthsBeyondYear { months });
            return Given::Broken;
        }
        Given::Months(slot)
    }
}

/// What the document says of the conversion.
enum Given {
    Nothing,
    Months(Slot),
    PerUnit(Slot),
    Broken,
}
