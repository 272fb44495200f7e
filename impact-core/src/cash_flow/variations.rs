//! How many rates there can be at most: changes of sign in flows and in balances.
//!
//! One rule: a count is only given where rounding cannot have changed it.

/// Changes of sign in a row of numbers, zeros left out: the number of roots, counted with multiplicity, is at most this, and
/// differs from it by an even number (Descartes' rule; the proof for any exponents heads `roots.rs`).
pub(super) fn changes(numbers: &[f64]) -> usize {
    let mut last = 0.0;
    let mut changes = 0_usize;
    for number in numbers.iter().filter(|number| **number != 0.0) {
        if last * number.signum() < 0.0 {
            changes = changes.saturating_add(1);
        }
        last = number.signum();
    }
    changes
}

/// At most how many roots lie above and below the point at which these are the discounted flows; none where rounding hides
/// the sign of a balance.
///
/// # Formula
/// With `Sₖ = Σᵢ≤ₖ aᵢ e^(−tᵢ p)`, at most `changes(S)` roots are above `p`, and their number differs from it by an even one;
/// below it the same with the sums from the other end. Proof: at `p + y`, summing by parts, the curve is
/// `∫ S(t) y e^(−ty) dt` over the time from the first flow on, with `S(t)` the balance at that time. Where `S` changes sign
/// *n* times, multiplying by `e^(cy)` with `c` at the first change and differentiating takes one change away, as in `roots.rs`.
///
/// # References
/// For investments and rates above zero: C. J. Norstrom, A sufficient condition for a unique nonnegative internal rate of
/// return, Journal of Financial and Quantitative Analysis 7 (1972).
pub(super) fn bounds(flows: &[f64]) -> Option<(usize, usize)> {
    let gross: f64 = flows.iter().map(|flow| flow.abs()).sum();
    let above = turns(flows.iter(), gross, flows.len())?;
    let below = turns(flows.iter().rev(), gross, flows.len())?;
    Some((above, below))
}

/// How often the running sums change their sign, where each is larger than its rounding error.
fn turns<'a>(flows: impl Iterator<Item = &'a f64>, gross: f64, count: usize) -> Option<usize> {
    let rounding = f64::EPSILON * 4.0 * gross * count as f64;
    let (mut balance, mut before, mut turns) = (0.0_f64, 0.0_f64, 0_usize);
    for flow in flows {
        balance += flow;
        if balance.abs() <= rounding {
            return None;
        }
        turns = turns.saturating_add(usize::from(before * balance.signum() < 0.0));
        before = balance.signum();
    }
    Some(turns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_no_change_of_sign() {
        assert_eq!(changes(&[-1.0, 0.0, -2.0, 0.0, 3.0, 0.0, 4.0]), 1);
        assert_eq!(changes(&[0.0, -1.0, 2.0, -1.0]), 2);
        assert_eq!(changes(&[]), 0);
    }

    #[test]
    fn balances_bound_the_roots_on_either_side() {
        // Rates of 12 % and −82 %.
        assert_eq!(bounds(&[-100.0, 130.0, -20.0]), Some((1, 1)));
        assert_eq!(bounds(&[-100.0, 60.0, 60.0]), Some((1, 0)));
        assert_eq!(bounds(&[-1.0, 1.0]), None, "the root is at zero itself");
    }
}
