//! Indicators: what others call the same figure, in catalogues that many report by.
//!
//! One rule: an id is kept as written and held only to the form of its scheme: whether it exists is for its catalogue to say.
//! Sources: IRIS+ (Global Impact Investing Network), ids of two letters and four digits; Common Impact Data Standard (Common
//! Approach), whose indicators are named by IRIs; INDIGO (Government Outcomes Lab), ids within a project.

/// What an outcome or a metric is called in a catalogue of indicators.
///
/// # Examples
/// ```
/// use impact_core::Contract;
/// use impact_core::model::Scheme;
/// let text = r#"
///     impact = 1
///     name = "Denver: supportive housing"
///     currency = "USD"
///     holders = [ { id = "city", kind = "public", level = "municipality" }, { id = "lenders", kind = "investor" } ]
///     [contract]
///     payee = "lenders"
///     payers = [ { holder = "city" } ]
///     metrics = [ { id = "days", kind = "count", indicators = [{ scheme = "iris+", id = "OD3725" }] } ]
///     payments = [ { id = "housing", of = "days", schedule = { per_unit = 15.12 } } ]
/// "#;
/// let contract = Contract::from_toml(text)?;
/// let indicator = contract.terms().metrics.first().and_then(|metric| metric.indicators.first()).ok_or("one")?;
/// assert_eq!((indicator.scheme, indicator.id.as_str()), (Scheme::Iris, "OD3725"));
/// let slip = Contract::from_toml(&text.replace("OD3725", "od 3725")).unwrap_err().to_string();
/// assert!(slip.ends_with("`od 3725` is no id of IRIS+: two capital letters and four digits, such as `OD3725`"), "{slip}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Indicator {
    /// The catalogue.
    pub scheme: Scheme,
    /// The id in it.
    pub id: String,
}

/// A catalogue of indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[non_exhaustive]
pub enum Scheme {
    /// IRIS+.
    #[serde(rename = "iris+")]
    Iris,
    /// The Common Impact Data Standard.
    #[serde(rename = "cids")]
    Cids,
    /// The outcome metrics of a project of INDIGO.
    #[serde(rename = "indigo")]
    Indigo,
}

/// What is wrong with an indicator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IndicatorFault {
    /// An id that its scheme does not have.
    #[error("`{id}` is no id of {scheme}: {form}")]
    NoId {
        /// The id as written.
        id: String,
        /// The scheme.
        scheme: &'static str,
        /// What its ids look like.
        form: &'static str,
    },
    /// The same indicator twice.
    #[error("indicator `{id}` is named twice")]
    NamedTwice {
        /// The id.
        id: String,
    },
}

impl Scheme {
    /// What is wrong with an id of the scheme, where anything is.
    pub(super) fn fault(self, id: &str) -> Option<IndicatorFault> {
        let (good, scheme, form) = match self {
            Self::Iris => (is_iris(id), "IRIS+", "two capital letters and four digits, such as `OD3725`"),
            Self::Cids => (
                is_iri(id),
                "the Common Impact Data Standard",
                "the address of its indicator, such as `https://example.org/indicator/1`",
            ),
            Self::Indigo => (is_plain(id), "INDIGO", "a text without spaces around it"),
        };
        (!good).then(|| IndicatorFault::NoId { id: id.to_owned(), scheme, form })
    }
}

fn is_iris(id: &str) -> bool {
    let (letters, digits) = id.split_at_checked(2).unwrap_or_default();
    let all = |text: &str, least: usize, is: fn(u8) -> bool| text.len() == least && text.bytes().all(is);
    all(letters, 2, |byte| byte.is_ascii_uppercase()) && all(digits, 4, |byte| byte.is_ascii_digit())
}

/// Whether a text has the form of an absolute IRI: a scheme, a colon and something without spaces.
fn is_iri(id: &str) -> bool {
    let (scheme, rest) = id.split_once(':').unwrap_or_default();
    let begins = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let good = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let plain =
        !id.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "<>\"{}|\\^`".contains(letter));
    begins && good && plain && !rest.trim_start_matches('/').is_empty()
}

fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.trim() == id && !id.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_held_to_the_form_of_their_scheme() {
        let good = |scheme: Scheme, id: &str| scheme.fault(id).is_none();
        for id in ["OD3725", "PD6806"] {
            assert!(good(Scheme::Iris, id), "{id}");
        }
        for id in ["", "od3725", "OD372", "OD37255", "ODD372", "Ø13725", "OD 725", "https://iris.thegiin.org"] {
            assert!(!good(Scheme::Iris, id), "{id}");
        }
        for id in ["https://example.org/indicator/1", "urn:indicator:1"] {
            assert!(good(Scheme::Cids, id), "{id}");
        }
        for id in ["", "indicator", "https://", ":x", "1a:b", "https://example.org/a b", "https://example.org/<a>"] {
            assert!(!good(Scheme::Cids, id), "{id}");
        }
        assert!(good(Scheme::Indigo, "outcomemetric1"));
        for id in ["", " a", "a\n"] {
            assert!(!good(Scheme::Indigo, id), "{id}");
        }
    }
}
