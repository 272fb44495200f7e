//! Reading optimism bias: what is laid on top of a cost because estimates are habitually too low.
//!
//! One rule: a bias is a number by itself, or an upper bound with the share of it that is managed away; `included` says that the
//! interval of the amount allows for it already, so that nothing is laid on top.

use super::Reader;
use super::common::Around;
use super::confidence::is_included;
use super::numbers::Meant;
use crate::document::Fields;
use crate::model::{Accepts, OptimismBias};
use crate::units::Label;
use rust_decimal::Decimal;

impl Reader {
    /// None inside where nothing is given.
    pub(super) fn optimism_bias(
        &mut self,
        fields: &mut Fields<'_, '_>,
        around: &Around,
    ) -> Option<Option<OptimismBias>> {
        let Some(node) = fields.node("optimism_bias") else {
            return (!fields.has("optimism_bias")).then_some(None);
        };
        if is_included(node) {
            return Some(None);
        }
        let parts =
            node.as_table().filter(|table| ["upper_bound", "mitigation"].iter().any(|key| table.get(key).is_some()));
        if parts.is_none() {
            // Upper bounds in use reach 200 %, so that a bias is no share.
            let meant = Meant::new("optimism bias", Accepts::NotNegative, "share of the amount", around);
            let upper_bound = self.numbers.number(node, &meant, fields.problems())?;
            return Some(Some(OptimismBias { upper_bound, mitigation: None }));
        }
        let mut fields = Fields::of(node, fields.problems())?;
        let meant = Meant::new("upper bound", Accepts::NotNegative, "share of the amount", around);
        let upper_bound = self.numbers.required(&mut fields, "upper_bound", &meant);
        let because = Label::both("nothing is said to mitigate it", "ingenting er oppgitt å dempe den");
        let meant = Meant::share("mitigation", around);
        let mitigation = self.numbers.or_default(&mut fields, "mitigation", &meant, (Decimal::ZERO, because));
        fields.finish();
        Some(Some(OptimismBias { upper_bound: upper_bound?, mitigation: Some(mitigation?) }))
    }
}
