//! What an analyst should know about a distribution before it is drawn from.

use crate::distribution::{Distribution, Family};

/// Shape parameters below this pile values up at an end.
const STEEP: f64 = 0.1;

/// Why draws of a distribution say less than they seem to.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Caveat {
    /// A shape parameter so small that values lie closer to an end of the range than a float can tell.
    #[error(
        "{parameter} `{value}` is below 0.1: values are packed so closely to the {end} end of the range that a number of \
         15 digits cannot tell them from it; single values with weights say the same more plainly"
    )]
    Steep {
        /// The parameter as documents write it.
        parameter: &'static str,
        /// Its value.
        value: f64,
        /// Which end: lower or upper.
        end: &'static str,
    },
}

impl Caveat {
    /// The same in Norwegian bokmål.
    pub fn in_norwegian(&self) -> String {
        match self {
            Caveat::Steep { parameter, value, end } => {
                let end = if *end == "lower" { "nedre" } else { "øvre" };
                format!(
                    "{parameter} `{value}` er under 0,1: verdiene ligger så tett inntil den {end} enden at et tall med 15 sifre \
                     ikke skiller dem fra den; enkeltverdier med vekter sier det samme klarere"
                )
            }
        }
    }
}

/// The caveats of a distribution and of what it is made of.
///
/// # Examples
/// ```
/// use impact_core::distribution::Distribution;
/// use impact_core::simulation::caveats;
/// let share = Distribution::beta("0.02".parse()?, 3.into())?;
/// let text = caveats(&share)[0].to_string();
/// assert!(text.starts_with("alpha `0.02` is below 0.1: values are packed so closely to the lower end"));
/// assert!(caveats(&Distribution::beta(2.into(), 3.into())?).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn caveats(distribution: &Distribution) -> Vec<Caveat> {
    of_family(&distribution.family())
}

fn of_family(family: &Family<'_>) -> Vec<Caveat> {
    let steep = |parameter, value, end| (value < STEEP).then_some(Caveat::Steep { parameter, value, end });
    match family {
        Family::Beta { alpha, beta, .. } => {
            steep("alpha", *alpha, "lower").into_iter().chain(steep("beta", *beta, "upper")).collect()
        }
        Family::Gamma { shape, .. } => steep("shape", *shape, "lower").into_iter().collect(),
        Family::Mixture(parts) => parts.iter().flat_map(|part| of_family(&part.family)).collect(),
        Family::Truncated { base, .. } => of_family(base),
        _ => Vec::new(),
    }
}
