//! Places: where a chance stands among draws in order.
//!
//! One rule: a quantile lies straight between the two draws nearest to its chance, wherever it is asked.

/// The place of a chance among so many draws in order, and how far it lies towards the next.
#[inline(always)]
pub(crate) fn place(count: u64, chance: f64) -> (u64, f64) {
    let place = count.saturating_sub(1) as f64 * chance;
    (place as u64, place - libm::floor(place))
}

/// The value so far from one draw to the next.
#[inline(always)]
pub(crate) fn between(low: f64, high: f64, part: f64) -> f64 {
    // Two equal draws have nothing between them, however they are rounded.
    if part == 0.0 || low == high { low } else { low + part * (high - low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_stands_between_its_two_draws() {
        assert_eq!([place(5, 0.0), place(5, 0.375), place(5, 1.0)], [(0, 0.0), (1, 0.5), (4, 0.0)]);
        assert_eq!(place(1, 0.7), (0, 0.0));
        assert_eq!([between(2.0, 4.0, 0.25), between(0.1, 0.1, 0.3)], [2.5, 0.1]);
        assert_eq!(between(1.0, f64::INFINITY, 0.0), 1.0);
    }
}
