//! Repairs: rank correlations that no numbers can have together, and what is used in their place.

use crate::address::Address;
use crate::units::Label;

/// A correlation whose pairs cannot all be as asked, as where two numbers follow a third closely and are said to have nothing to do
/// with each other. The nearest that can be is used in its place.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// use impact_core::simulation::Dependence;
/// let model = Model::from_toml(r#"
///     impact = 1
///     name = "Gardening group"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     holders = [ { id = "neighbours", kind = "people" } ]
///     assumptions = { a = { uniform = [0, 1] }, b = { uniform = [0, 1] }, c = { uniform = [0, 1] } }
///
///     [[correlations]]
///     id = "at-odds"
///     between = ["assumptions.a", "assumptions.b", "assumptions.c"]
///     matrix = [[1, 0.9, 0], [0.9, 1, 0.9], [0, 0.9, 1]]
/// "#)?;
/// let addresses: Vec<_> = model.correlations()[0].members.clone();
/// let dependence = Dependence::new(model.correlations(), &addresses);
/// assert_eq!(
///     dependence.repairs()[0].label().en,
///     "`at-odds` asks for rank correlations that no numbers have together; the nearest they can have are used for 3 pairs, \
///      and `assumptions.a` and `assumptions.b` move furthest, from 0.900 to 0.729"
/// );
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// The id of the correlation.
    pub correlation: String,
    /// Where it stands in the document: `correlations.<id>`.
    pub address: Address,
    /// The pairs that moved, in the order of the document.
    pub pairs: Vec<MovedPair>,
}

/// A pair whose rank correlation is not as asked.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct MovedPair {
    /// The number that is named first.
    pub first: Address,
    /// The other one.
    pub second: Address,
    /// Spearman's rank correlation in the document.
    pub asked: f64,
    /// The one used.
    pub used: f64,
}

impl MovedPair {
    /// How far the rank correlation moved, up or down.
    pub fn change(&self) -> f64 {
        (self.used - self.asked).abs()
    }
}

impl Repair {
    /// The pair that moved furthest, the first of them where several did.
    pub fn furthest(&self) -> Option<&MovedPair> {
        self.pairs.iter().reduce(|most, pair| if pair.change() > most.change() + MOVED { pair } else { most })
    }

    /// The largest change of a rank correlation, up or down.
    pub fn largest_change(&self) -> f64 {
        self.furthest().map_or(0.0, MovedPair::change)
    }

    /// What was repaired, in words.
    pub fn label(&self) -> Label {
        let Some(pair) = self.furthest() else { return Label::plain(self.correlation.clone()) };
        let MovedPair { first, second, asked, used } = pair;
        let (id, count) = (&self.correlation, self.pairs.len());
        // As many decimals as show the change, three at least.
        let digits = (3..9).find(|digits| pair.change() * DECIMALS.iter().take(*digits).product::<f64>() >= 1.0);
        let digits = digits.unwrap_or(9);
        let figure = |value: &f64| match format!("{value:.digits$}") {
            zero if zero.trim_matches(['-', '0', '.']).is_empty() => zero.trim_start_matches('-').to_owned(),
            text => text,
        };
        let (asked, used) = (figure(asked), figure(used));
        let (pairs, par) =
            if count == 1 { ("1 pair", "1 par") } else { (&*format!("{count} pairs"), &*format!("{count} par")) };
        Label::both(
            format!(
                "`{id}` asks for rank correlations that no numbers have together; the nearest they can have are used for {pairs}, \
                 and `{first}` and `{second}` move furthest, from {asked} to {used}"
            ),
            format!(
                "`{id}` ber om rangkorrelasjoner som ingen tall kan ha samtidig; de nærmeste de kan ha, er brukt for {par}, \
                 og `{first}` og `{second}` flyttes lengst, fra {} til {}",
                asked.replace('.', ","),
                used.replace('.', ",")
            ),
        )
    }
}

/// A change of a rank correlation below this is rounding.
pub(super) const MOVED: f64 = 1e-6;

/// A ten for each decimal.
const DECIMALS: [f64; 9] = [10.0; 9];
