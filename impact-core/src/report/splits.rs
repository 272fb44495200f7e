//! Splits that every report shows: who should pay for the work, and for each payment that leaves the public budgets.

use crate::evaluation::{Appraisal, Split, SplitError, SplitQuestion};
use crate::model::{HolderIndex, HolderKind, Model};

/// Who should pay for all costs, as if nobody had paid yet; then for each transfer from a public budget to somebody else, all
/// others as they are. None where the model has no public budget.
///
/// # Errors
/// A sum larger than 28 digits.
pub fn split_reports(appraisal: &Appraisal) -> Result<Vec<Split>, SplitError> {
    let model = appraisal.model();
    if !model.holders().iter().any(|holder| holder.kind == HolderKind::Public) {
        return Ok(Vec::new());
    }
    let costs = (!model.costs().is_empty()).then(SplitQuestion::default);
    let leaves = model.transfers().iter().filter(|paid| is_public(model, paid.from) && !is_public(model, paid.to));
    let named =
        leaves.map(|paid| SplitQuestion { flows: vec![paid.address.as_str().to_owned()], ..SplitQuestion::default() });
    costs.into_iter().chain(named).map(|question| appraisal.split(&question)).collect()
}

/// Whether a holder is a public budget, or several of them jointly.
fn is_public(model: &Model, holder: HolderIndex) -> bool {
    model.holders().get(holder.position()).is_some_and(|holder| match holder.kind {
        HolderKind::Joint => holder.members.iter().all(|member| is_public(model, member.holder)),
        kind => kind == HolderKind::Public,
    })
}
