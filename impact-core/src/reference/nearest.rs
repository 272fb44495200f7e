//! Ids near to one that was not found.
//!
//! One rule: an id is named only where it shares at least half of its pairs of letters with the one asked for.

use std::collections::BTreeSet;

/// Ids named when one is not found.
const NEAREST: usize = 3;

/// The ids that share most with `id`, at most three, the nearest first.
///
/// # Formula
/// Twice the shared pairs of neighbouring letters over all pairs of both (Dice); ids under one half are left out.
pub(super) fn nearest<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let asked = pairs(id);
    let mut near: Vec<(usize, &str)> = known
        .filter_map(|candidate| {
            let other = pairs(candidate);
            let shared = asked.intersection(&other).count();
            let likeness = (2000 * shared).checked_div(asked.len() + other.len())?;
            (likeness >= 500).then_some((1000 - likeness, candidate))
        })
        .collect();
    near.sort_unstable();
    near.into_iter().take(NEAREST).map(|(_, id)| id).collect()
}

fn pairs(id: &str) -> BTreeSet<(char, char)> {
    id.chars().zip(id.chars().skip(1)).collect()
}
