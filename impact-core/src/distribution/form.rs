//! The forms of a distribution in a document, as a list that a reader can walk.
//!
//! One rule: a layout whose parameters are plain numbers carries its constructor, so that a reader needs no knowledge of a
//! shape: it finds the layout whose parameters the document gives, reads the numbers in that order and builds.

use super::{Distribution, DistributionError};
use rust_decimal::Decimal;

/// Builds a distribution from numbers in the order of the layout's parameters.
///
/// The function fails as the constructor does, and with [`DistributionError::Count`] on another number of parameters.
pub type Build = fn(&[Decimal]) -> Result<Distribution, DistributionError>;

/// A form of a distribution: the key in the document and the ways its parameters may be given.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The key, such as `pert`.
    pub name: &'static str,
    /// The ways its parameters may be given.
    pub layouts: &'static [Layout],
    /// One of them as it stands in a document.
    pub example: &'static str,
}

/// A way the parameters of a form may be given.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Layout {
    /// One number: `{ poisson = 4 }`.
    Number {
        /// What the number is.
        parameter: &'static str,
        /// Takes this one number.
        build: Build,
    },
    /// Numbers in a fixed order: `{ pert = [6, 12, 20] }`.
    Row {
        /// What each number is.
        parameters: &'static [&'static str],
        /// The word of the key `shape` beside the form that asks for this layout; none is the layout without that key.
        shape: Option<&'static str>,
        /// Takes the numbers in their order.
        build: Build,
    },
    /// Numbers by name: `{ normal = { mean = 3, sd = 1 } }`.
    Table {
        /// The keys; all are required.
        parameters: &'static [&'static str],
        /// Takes the numbers in the order of the keys.
        build: Build,
    },
    /// Two quantiles, each a chance and a value: `{ normal = { quantiles = [[0.1, 3], [0.9, 8]] } }`.
    Quantiles {
        /// Takes chance, value, chance, value.
        build: Build,
    },
    /// Pairs of value and weight: `{ discrete = [[1, 0.2], [3, 0.8]] }`, see [`Distribution::discrete`].
    Weighted,
    /// Any number of values: `{ empirical = [3, 4, 4, 7] }`, see [`Distribution::empirical`].
    Values,
    /// `{ histogram = { edges = [0, 10, 20], weights = [1, 2] } }`, see [`Distribution::histogram`].
    Bins,
    /// Pairs of weight and distribution: `{ mixture = [[1, {…}], [3, {…}]] }`, see [`Distribution::mixture`].
    Components,
    /// `{ truncated = { of = {…}, low = 0, high = 1 } }`, one bound optional, see [`Distribution::truncated`].
    Cut,
}

impl Form {
    /// The form with this key.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::{Form, Layout};
    /// let form = Form::named("pert").ok_or("no such form")?;
    /// let [Layout::Row { parameters, build, .. }] = form.layouts else { return Err("pert is a row".into()) };
    /// assert_eq!(*parameters, ["low", "mode", "high"]);
    /// assert_eq!(build(&[6.into(), 12.into(), 20.into()])?.name(), "pert");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn named(name: &str) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.name == name)
    }
}

/// A constructor as a [`Build`]: the numbers are handed over one by one.
macro_rules! build {
    ($form:literal, $constructor:ident($($parameter:ident),+)) => {
        |numbers| match numbers {
            [$($parameter),+] => Distribution::$constructor($(*$parameter),+),
            _ => Err(DistributionError::Count {
                form: $form,
                expected: [$(stringify!($parameter)),+].len(),
                got: numbers.len(),
            }),
        }
    };
    ($form:literal, $constructor:ident from quantiles) => {
        |numbers| match numbers {
            [first, low, second, high] => Distribution::$constructor((*first, *low), (*second, *high)),
            _ => Err(DistributionError::Count { form: $form, expected: 4, got: numbers.len() }),
        }
    };
}

/// A layout by name whose constructor takes the parameters in the order of the keys.
macro_rules! table {
    ($form:literal, $constructor:ident($($parameter:ident),+)) => {
        Layout::Table { parameters: &[$(stringify!($parameter)),+], build: build!($form, $constructor($($parameter),+)) }
    };
}

/// A layout in a fixed order.
macro_rules! row {
    ($form:literal, $constructor:ident($($parameter:ident),+), $shape:expr) => {
        Layout::Row {
            parameters: &[$(stringify!($parameter)),+],
            shape: $shape,
            build: build!($form, $constructor($($parameter),+)),
        }
    };
}

/// All forms.
pub const FORMS: &[Form] = &[
    Form {
        name: "uniform",
        layouts: &[
            row!("uniform", uniform(low, high), None),
            Layout::Quantiles { build: build!("uniform", uniform_from_quantiles from quantiles) },
        ],
        example: "{ uniform = [2, 5] }",
    },
    Form {
        name: "triangular",
        layouts: &[row!("triangular", triangular(low, mode, high), None)],
        example: "{ triangular = [2, 3, 10] }",
    },
    Form { name: "pert", layouts: &[row!("pert", pert(low, mode, high), None)], example: "{ pert = [6, 12, 20] }" },
    Form {
        name: "normal",
        layouts: &[
            table!("normal", normal(mean, sd)),
            Layout::Quantiles { build: build!("normal", normal_from_quantiles from quantiles) },
        ],
        example: "{ normal = { mean = 0.4, sd = 0.2 } }",
    },
    Form {
        name: "lognormal",
        layouts: &[
            table!("lognormal", lognormal_from_mean(mean, sd)),
            table!("lognormal", lognormal(mu, sigma)),
            Layout::Quantiles { build: build!("lognormal", lognormal_from_quantiles from quantiles) },
        ],
        example: "{ lognormal = { mean = 52000, sd = 9000 } }",
    },
    Form {
        name: "beta",
        layouts: &[
            table!("beta", beta_from_mean(mean, sd)),
            table!("beta", beta(alpha, beta)),
            Layout::Quantiles { build: build!("beta", beta_from_quantiles from quantiles) },
        ],
        example: "{ beta = { mean = 0.35, sd = 0.10 } }",
    },
    Form {
        name: "gamma",
        layouts: &[
            table!("gamma", gamma_from_mean(mean, sd)),
            table!("gamma", gamma(shape, scale)),
            Layout::Quantiles { build: build!("gamma", gamma_from_quantiles from quantiles) },
        ],
        example: "{ gamma = { shape = 2.5, scale = 4 } }",
    },
    Form {
        name: "student",
        layouts: &[table!("student", student(location, scale, df))],
        example: "{ student = { location = 0.3, scale = 0.1, df = 4 } }",
    },
    Form {
        name: "poisson",
        layouts: &[Layout::Number { parameter: "mean", build: build!("poisson", poisson(mean)) }],
        example: "{ poisson = 4 }",
    },
    Form {
        name: "binomial",
        layouts: &[table!("binomial", binomial(n, p))],
        example: "{ binomial = { n = 25, p = 0.3 } }",
    },
    Form {
        name: "negative_binomial",
        layouts: &[
            table!("negative_binomial", negative_binomial(mean, dispersion)),
            table!("negative_binomial", negative_binomial_from_mean(mean, sd)),
        ],
        example: "{ negative_binomial = { mean = 6, dispersion = 2 } }",
    },
    Form { name: "discrete", layouts: &[Layout::Weighted], example: "{ discrete = [[1, 0.2], [3, 0.8]] }" },
    Form { name: "empirical", layouts: &[Layout::Values], example: "{ empirical = [3, 4, 4, 7] }" },
    Form {
        name: "histogram",
        layouts: &[Layout::Bins],
        example: "{ histogram = { edges = [0, 10, 20], weights = [1, 2] } }",
    },
    Form {
        name: "mixture",
        layouts: &[Layout::Components],
        example: "{ mixture = [[1, { discrete = [[0, 1]] }], [3, { uniform = [10, 20] }]] }",
    },
    Form {
        name: "truncated",
        layouts: &[Layout::Cut],
        example: "{ truncated = { of = { normal = { mean = 1, sd = 1 } }, low = 0 } }",
    },
    Form {
        name: "range90",
        layouts: &[
            row!("range90", range90(low, high), None),
            row!("range90", lognormal_range90(low, high), Some("lognormal")),
        ],
        example: "{ range90 = [10, 25] }",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_stands_once_and_its_example_begins_with_its_name() {
        for (position, form) in FORMS.iter().enumerate() {
            assert!(form.example.starts_with(&format!("{{ {} = ", form.name)), "{}", form.name);
            assert!(FORMS.iter().skip(position + 1).all(|other| other.name != form.name), "{}", form.name);
        }
        assert!(Form::named("weibull").is_none());
    }

    #[test]
    fn a_wrong_number_of_parameters_is_refused_by_every_layout() {
        for form in FORMS {
            for layout in form.layouts {
                if let Layout::Number { build, .. }
                | Layout::Row { build, .. }
                | Layout::Table { build, .. }
                | Layout::Quantiles { build } = layout
                {
                    let wrong = build(&[Decimal::ONE; 7]).unwrap_err();
                    assert!(matches!(wrong, DistributionError::Count { got: 7, form: name, .. } if name == form.name));
                }
            }
        }
    }
}
