//! What carries a resource to market prices, explained.

use super::Explanation;
use crate::address::Address;
use crate::evaluation::appraisal::Appraisal;
use crate::evaluation::line::Class;
use crate::model::Marks;
use crate::number::Exact;
use crate::units::Label;

/// What society counts of a cause beside the amount itself; none where it is at market prices already, or nobody asks.
pub(super) fn part(appraisal: &Appraisal, address: &Address) -> Option<Explanation> {
    let convention = appraisal.model().convention();
    let factor = convention.prices.market_factor?.value();
    let lines = appraisal.ledger().lines().iter().zip(appraisal.totals());
    let mut marked_up = lines.filter(|(line, _)| line.cause == *address && line.is_markup()).peekable();
    marked_up.peek()?;
    let total: Exact = marked_up
        .map(|(line, total)| match line.class {
            Class::Displaced => Exact::ZERO - total.present_value,
            _ => total.present_value,
        })
        .sum();
    let (id, edition) = (&convention.id, &convention.edition);
    let title = Label::both(
        format!("factor to market prices, by {id}, edition {edition}"),
        format!("faktor til markedspriser, etter {id}, utgave {edition}"),
    );
    let marks = Marks { illustrative: false, unverified: convention.mark("prices.market_factor").is_some() };
    let stated =
        Explanation { marks, source: Some(convention.source.clone()), ..Explanation::titled(title).worth(factor, "") };
    let title = Label::both(
        "carried to market prices: to society only, in no budget",
        "ført til markedspriser: bare for samfunnet, ikke i noe budsjett",
    );
    let formula = Label::both("present value × (factor − 1)", "nåverdi × (faktor − 1)");
    let explained = Explanation::titled(title).by(formula).of(vec![stated]);
    Some(explained.worth_if(total, super::measure::money(appraisal)))
}
