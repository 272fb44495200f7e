//! Paths of real growth explained: what a price has grown to by the last year appraised, and by which rates.

use super::{Explanation, assumption};
use crate::evaluation::appraisal::Appraisal;
use crate::evaluation::prepare::growth_plans;
use crate::model::GrowthPoint;
use crate::units::Label;

/// The path at an address.
pub(super) fn explain_at(appraisal: &Appraisal, address: &str) -> Option<Explanation> {
    let path = appraisal.model().growth().iter().position(|path| path.address.as_str() == address)?;
    explain(appraisal, path)
}

/// The path at a position of the model.
pub(super) fn explain(appraisal: &Appraisal, path: usize) -> Option<Explanation> {
    let model = appraisal.model();
    let years = model.years();
    let (plan, path) = (growth_plans(model, &years).into_iter().nth(path)?, model.growth().get(path)?);
    let mut levels = Vec::new();
    plan.levels(|slot| appraisal.point(slot), &mut levels);
    let (base, last) = (model.price_year(), years.last()?);
    let title = Label::both(
        format!("real growth of the price, {}: {base} to {last}", path.name.en),
        format!("realvekst i prisen, {}: {base} til {last}", path.name.nb.as_ref().unwrap_or(&path.name.en)),
    );
    let formula = Label::both(
        format!("the product of (1 + growth) over the years after {base}"),
        format!("produktet av (1 + vekst) over årene etter {base}"),
    );
    let between = Label::both(
        "none before its first year, a straight line between the years given, constant after the last",
        "ingen før det første året, en rett linje mellom årene som er oppgitt, konstant etter det siste",
    );
    let rate = |point: &GrowthPoint| {
        let title = Label::both(format!("growth in {}", point.year), format!("vekst i {}", point.year));
        assumption::explain(appraisal, point.rate, title)
    };
    let explained = Explanation::titled(title).at(&path.address).by(formula);
    let explained = Explanation { source: path.source.clone(), ..explained };
    let explained = explained.of(path.points.iter().map(rate).collect()).noted(between);
    Some(explained.worth_if(*levels.last()?, ""))
}
