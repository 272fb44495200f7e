//! Asked: which outcome a question means.

use super::figure::Absence;
use crate::model::{Model, QuestionError};

impl Model {
    /// The position of the outcome that is asked about: the one named, or the only one.
    pub(super) fn outcome_asked(&self, named: Option<&str>) -> Result<Result<usize, Absence>, QuestionError> {
        let known = || self.outcomes().iter().map(|outcome| outcome.id.as_str()).collect::<Vec<_>>().join(", ");
        match (named, self.outcomes()) {
            (Some(id), outcomes) => match outcomes.iter().position(|outcome| outcome.id == id) {
                Some(position) => Ok(Ok(position)),
                None => Err(QuestionError::UnknownOutcome { id: id.to_owned(), known: known() }),
            },
            (None, [_]) => Ok(Ok(0)),
            (None, []) => Ok(Err(Absence::NoOutcomes)),
            (None, _) => Ok(Err(Absence::OutcomeNotNamed { known: known() })),
        }
    }
}
