//! Answers: how many were asked about a change, and how many answered.
//!
//! One rule: a share found among those who answered is theirs; whoever uses it for others says so.

/// How many a quantity was found among.
///
/// In a document: `evidence = { design = "survey", asked = 120, answered = 83 }`; `asked` may be left out.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// let text = r#"
///     impact = 1
///     name = "Gardening group"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     holders = [ { id = "neighbours", kind = "people", size = 200 } ]
///     [[outcomes]]
///     id = "less-lonely"
///     holder = "neighbours"
///     quantity = { chain = { reached = 200, less_lonely = 0.4 } }
///     evidence = { design = "survey", source = "own survey 2024", asked = 120, answered = 83 }
/// "#;
/// let model = Model::from_toml(text)?;
/// assert_eq!(model.outcomes()[0].evidence.answers.unwrap().answered, 83);
/// let findings = model.appraise()?.findings();
/// assert!(findings.iter().any(|finding| finding.rule.id() == "stretched-from-answers"));
/// let slip = Model::from_toml(&text.replace("asked = 120", "asked = 80")).unwrap_err().to_string();
/// assert!(slip.contains("83 answered, and 80 were asked"), "{slip}");
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Answers {
    /// How many were asked, where the document says so.
    pub asked: Option<u32>,
    /// How many answered.
    pub answered: u32,
}

/// What a document says of answers that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswersFault {
    /// Nobody, or no whole number.
    #[error("{what} `{count}` is not a whole number above zero")]
    NotACount {
        /// `asked` or `answered`.
        what: &'static str,
        /// The number as written.
        count: i64,
    },
    /// More answers than questions.
    #[error("{answered} answered, and {asked} were asked: correct one of them")]
    MoreThanAsked {
        /// How many answered.
        answered: u32,
        /// How many were asked.
        asked: u32,
    },
    /// Nothing said of who answered.
    #[error("`asked` says how many were asked, and not how many answered: give `answered`")]
    NobodyAnswered,
}
