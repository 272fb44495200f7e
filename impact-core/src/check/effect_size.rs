//! Effects of a truth that are more than the whole of what would happen anyway, as they are expected or as they are drawn.
//!
//! One rule: both ends of what is drawn are looked at, and the farther one is told.

use super::finding::Found;
use super::seen::percent;
use super::terms::truths;
use crate::address::Address;
use crate::model::Contract;
use crate::model::terms::EffectIn;
use crate::units::written::Numeral;
use rust_decimal::Decimal;

/// One draw in twenty lies beyond what is told of an end of a distribution.
const SELDOM: f64 = 0.05;

pub(super) fn effects(contract: &Contract) -> Vec<Found> {
    let relative = truths(contract).filter(|(_, metric)| metric.effect_in == EffectIn::Relative);
    let found = relative.filter_map(|(_, metric)| {
        let number = contract.assumption(metric.effect)?;
        if number.point.abs() > Decimal::ONE {
            return Some(expected(&number.address, percent(number.point)));
        }
        let drawn = number.distribution.as_ref()?;
        let ends = [drawn.quantile(SELDOM).ok()?, drawn.upper_quantile(SELDOM).ok()?];
        let farthest = ends.into_iter().max_by(|one, other| one.abs().total_cmp(&other.abs()))?;
        (farthest.abs() > 1.0).then(|| seldom(&number.address, farthest))
    });
    found.collect()
}

fn expected(address: &Address, share: Numeral) -> Found {
    told(address, &format!("the effect is {share} %"), &format!("effekten er {share:#} %"))
}

/// What is said of an end that one draw in twenty passes, without a figure where it is beyond all decimals.
fn seldom(address: &Address, end: f64) -> Found {
    let share = Decimal::try_from(end).ok().filter(|end| end.checked_mul(Decimal::ONE_HUNDRED).is_some()).map(percent);
    let (en, nb) = match share {
        Some(share) if end > 0.0 => (format!("{share} % or more"), format!("{share:#} % eller mer")),
        Some(share) => (format!("{share} % or less"), format!("{share:#} % eller mindre")),
        None if end > 0.0 => ("more than the whole".to_owned(), "mer enn alt".to_owned()),
        None => ("less than minus the whole".to_owned(), "mindre enn minus alt".to_owned()),
    };
    let en = format!("one draw in twenty has an effect of {en}");
    told(address, &en, &format!("én av tjue trekninger har en effekt på {nb}"))
}

fn told(address: &Address, en: &str, nb: &str) -> Found {
    Found::at(
        address,
        format!(
            "{en} of what would happen anyway: a tenth is 0.1, and `effect_in = \"absolute\"` counts it in the unit of the metric"
        ),
        format!(
            "{nb} av det som ville skjedd uansett: en tidel er 0.1, og `effect_in = \"absolute\"` regner den i resultatmålets enhet"
        ),
    )
}
