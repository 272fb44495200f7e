//! Reading what a document says for its checks: what is silenced and why, and what somebody reports.

use super::Reader;
use super::common::{list, source, text};
use super::questions::{Known, read_outcome};
use crate::address::Address;
use crate::document::{DocumentError, Fields, Node, nearest};
use crate::error::Problems;
use crate::model::silence::{ALWAYS_SAID, CHECK_IDS, Silence, SilenceFault};
use crate::model::{Measure, Question, Reported};
use rust_decimal::Decimal;

/// The silences of a document under the key `silenced`.
pub(super) fn silences(fields: &mut Fields<'_, '_>) -> Vec<Silence> {
    let node = fields.node("silenced");
    list(node, fields.problems(), silence)
}

fn silence(node: &Node, problems: &mut Problems) -> Option<Silence> {
    let mut fields = Fields::of(node, problems)?;
    let rule = read_rule(&mut fields);
    let at = fields.parsed::<Address>("at");
    let whole = !fields.has("at") || at.is_some();
    let reason = fields.required_text("reason").map(str::to_owned);
    if reason.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        fields.refuse("reason", SilenceFault::NoReason);
        return None;
    }
    let address = fields.place().address.clone();
    fields.finish();
    whole.then_some(Silence { address, rule: rule?, at, reason: reason? })
}

impl Reader {
    pub(super) fn reported(&self, node: &Node, outcomes: &Known<'_>, problems: &mut Problems) -> Option<Reported> {
        let mut fields = Fields::of(node, problems)?;
        text(&mut fields, "id");
        let measure = fields.required_parsed::<Measure>("measure");
        let perspective = self.perspective(&mut fields);
        let outcome = read_outcome(&mut fields, measure, outcomes);
        let value = fields.required_number("value");
        let printed = fields.node("value").and_then(Node::as_number).map(|number| number.text().to_owned());
        let within = match fields.has("within") {
            true => fields.number("within"),
            false => printed.as_deref().map(half_the_last_digit),
        };
        if within.is_some_and(|within| within < Decimal::ZERO) {
            let (quantity, expected) = ("within".to_owned(), "zero or more");
            let value = within.unwrap_or_default();
            fields.refuse("within", crate::model::ModelFault::NotAccepted { quantity, value, expected });
            return None;
        }
        let source = source(&mut fields, "source");
        if !fields.has("source") {
            fields.refuse_here(DocumentError::Missing { key: "source".to_owned() });
        }
        let address = fields.place().address.clone();
        fields.finish();
        let question = Question { measure: measure?, perspective, outcome };
        Some(Reported { address, question, value: value?, within: within?, source: source? })
    }
}

fn read_rule(fields: &mut Fields<'_, '_>) -> Option<String> {
    let id = fields.required_text("rule")?.to_owned();
    let fault = if ALWAYS_SAID.contains(&id.as_str()) {
        SilenceFault::AlwaysSaid { id }
    } else if CHECK_IDS.contains(&id.as_str()) {
        return Some(id);
    } else {
        let nearest = nearest(&id, CHECK_IDS.iter().copied()).map(str::to_owned);
        SilenceFault::UnknownRule { id, nearest }
    };
    fields.refuse("rule", fault);
    None
}

/// Half a unit of the last digit written: 4.2 is a figure between 4.15 and 4.25, and 4.2e6 one between 4,150,000 and
/// 4,250,000.
fn half_the_last_digit(printed: &str) -> Decimal {
    let (mantissa, exponent) = printed.split_once(['e', 'E']).unwrap_or((printed, "0"));
    let after_point = mantissa.split_once('.').map_or("", |(_, decimals)| decimals);
    let decimals = after_point.chars().filter(char::is_ascii_digit).count();
    let scale = exponent.parse::<i64>().ok().zip(i64::try_from(decimals).ok());
    let scale = scale.map(|(exponent, decimals)| decimals.saturating_sub(exponent).saturating_add(1));
    let half = match scale {
        Some(scale @ 0..) => u32::try_from(scale).ok().and_then(|scale| Decimal::try_new(5, scale).ok()),
        Some(zeros) => {
            let power = u32::try_from(zeros.saturating_neg()).ok().and_then(|zeros| 10_i128.checked_pow(zeros));
            power.and_then(|power| Decimal::try_from_i128_with_scale(power.checked_mul(5)?, 0).ok())
        }
        None => None,
    };
    half.unwrap_or(Decimal::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_as_exact_as_its_last_digit_written() {
        let halves = [
            ("4.2", "0.05"),
            ("4.20", "0.005"),
            ("4_200_000", "0.5"),
            ("4.2e6", "50000"),
            ("42E+5", "50000"),
            ("4.2e1", "0.5"),
            ("4.2e-3", "0.00005"),
            ("1e27", "500000000000000000000000000"),
            ("0e999999999999999999999", "0"),
            ("0.0000000000000000000000000042", "0"),
        ];
        for (printed, half) in halves {
            assert_eq!(half_the_last_digit(printed).to_string(), half, "{printed}");
        }
    }
}
