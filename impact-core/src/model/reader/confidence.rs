//! Reading evidence and confidence: what corrects a benefit or a cost, where the conventions correct by grade.
//!
//! One rule: what has no grade is not corrected, and that is listed; a grade the conventions have no correction for is a problem.

use super::Reader;
use super::common::{source, text};
use crate::document::{Fields, Node, Value};
use crate::error::Problems;
use crate::model::{AllowedFor, Answers, AnswersFault, CorrectionFault, Evidence, GradeCorrection, OptimismBias};
use crate::reference::{ConfidenceGrade, Convention, CorrectionScheme, Corrections, Grade};
use crate::units::Label;

/// The word for a cost whose interval allows for optimism already.
pub(super) const INCLUDED: &str = "included";

const ALLOWED_FOR: &[(&str, AllowedFor)] =
    &[("discounted-prior", AllowedFor::DiscountedPrior), ("interval", AllowedFor::Interval)];

impl Reader {
    /// What the quantity rests on; none where something of it could not be read.
    pub(super) fn evidence(&mut self, fields: &mut Fields<'_, '_>) -> Option<Evidence> {
        let node = fields.node("evidence");
        let address = fields.place_of("evidence").address.child("confidence");
        let Some(node) = node else {
            let none = (!fields.has("evidence")).then(Evidence::default);
            self.ungraded(&address, None);
            return none;
        };
        if !matches!(node.value, Value::Table(_)) {
            return node.wrong_kind("a table with `grade`, `design` and `source`", fields.problems());
        }
        let mut fields = Fields::of(node, fields.problems())?;
        let grade = fields.one_of("grade", Grade::WORDS);
        let design = text(&mut fields, "design");
        let source = source(&mut fields, "source");
        let confidence = read_grade(&mut fields);
        let answers = answers(&mut fields);
        let includes = fields.one_of("includes", ALLOWED_FOR);
        let decides = self.deciding(confidence, grade);
        let correction = self.of_benefit(&mut fields, decides, includes);
        if includes.is_none() {
            self.ungraded(&address, decides);
        }
        fields.finish();
        Some(Evidence { grade, design, source, answers, confidence, includes, correction: correction? })
    }

    /// The grade that the conventions correct by.
    fn deciding(&self, confidence: Option<ConfidenceGrade>, grade: Option<Grade>) -> Option<ConfidenceGrade> {
        let by = self.corrections()?.by;
        let graded = grade.and_then(|grade| grade.word().parse().ok());
        [confidence, graded].into_iter().flatten().find(|grade| grade.is_of(by))
    }

    fn of_benefit(
        &self,
        fields: &mut Fields<'_, '_>,
        decides: Option<ConfidenceGrade>,
        includes: Option<AllowedFor>,
    ) -> Option<Option<GradeCorrection>> {
        let (Some(grade), Some(corrections)) = (decides, self.corrections()) else { return Some(None) };
        match includes {
            Some(AllowedFor::Interval) => return Some(None),
            Some(AllowedFor::DiscountedPrior) => {
                fields.refuse("includes", CorrectionFault::DoubtedTwice { grade });
                return None;
            }
            None => {}
        }
        let Some(share) = corrections.benefits.get(&grade) else {
            let key = if fields.has("confidence") { "confidence" } else { "grade" };
            fields.refuse(key, CorrectionFault::NoCorrection { grade, table: "benefits" });
            return None;
        };
        Some(Some(GradeCorrection { grade, share: *share }))
    }

    /// What the `confidence` of a cost lays on it; none inside where nothing does.
    pub(super) fn of_cost(
        &mut self,
        fields: &mut Fields<'_, '_>,
        bias: Option<OptimismBias>,
        node: Option<&Node>,
    ) -> Option<Option<GradeCorrection>> {
        let grade = read_grade(fields);
        if fields.has("confidence") && grade.is_none() {
            return None;
        }
        if grade.is_some() && bias.is_some() {
            fields.refuse("confidence", CorrectionFault::LaidTwice);
            return None;
        }
        if bias.is_some() || node.is_some_and(is_included) {
            return Some(None);
        }
        let by = self.corrections().map_or(CorrectionScheme::None, |corrections| corrections.by);
        let decides = grade.filter(|grade| grade.is_of(by));
        let address = fields.place_of("confidence").address;
        self.ungraded(&address, decides);
        let (Some(grade), Some(corrections)) = (decides, self.corrections()) else { return Some(None) };
        let Some(share) = corrections.costs.get(&grade) else {
            fields.refuse("confidence", CorrectionFault::NoCorrection { grade, table: "costs" });
            return None;
        };
        Some(Some(GradeCorrection { grade, share: *share }))
    }

    /// The corrections of the conventions, where there are any.
    fn corrections(&self) -> Option<&Corrections> {
        let convention: &Convention = &self.head.convention.as_ref()?.0;
        Some(&convention.corrections).filter(|corrections| !corrections.are_none())
    }

    /// Lists that nothing is corrected, where the conventions correct by grade and there is none.
    fn ungraded(&mut self, address: &crate::address::Address, decides: Option<ConfidenceGrade>) {
        if decides.is_none() && self.corrections().is_some() {
            let because = Label::both(
                "no grade that the conventions correct by is given: nothing is corrected",
                "ingen grad som konvensjonene korrigerer etter, er oppgitt: ingenting korrigeres",
            );
            self.numbers.defaulted(address, "none", because);
        }
    }
}

/// Whether an `optimism_bias` says that the interval allows for it already.
pub(super) fn is_included(node: &Node) -> bool {
    node.as_text() == Some(INCLUDED)
}

/// How many were asked and how many answered.
fn answers(fields: &mut Fields<'_, '_>) -> Option<Answers> {
    let [asked, answered] = ["asked", "answered"].map(|key| count(fields, key));
    if fields.has("asked") && !fields.has("answered") {
        fields.refuse("asked", AnswersFault::NobodyAnswered);
    }
    if let (Some(asked), Some(answered)) = (asked, answered)
        && answered > asked
    {
        fields.refuse("answered", AnswersFault::MoreThanAsked { answered, asked });
    }
    answered.map(|answered| Answers { asked, answered })
}

fn count(fields: &mut Fields<'_, '_>, what: &'static str) -> Option<u32> {
    let count = fields.integer(what)?;
    let counted = u32::try_from(count).ok().filter(|count| *count > 0);
    if counted.is_none() {
        fields.refuse(what, AnswersFault::NotACount { what, count });
    }
    counted
}

fn read_grade(fields: &mut Fields<'_, '_>) -> Option<ConfidenceGrade> {
    let node = fields.node("confidence")?;
    grade_at(node, fields.problems())
}

fn grade_at(node: &Node, problems: &mut Problems) -> Option<ConfidenceGrade> {
    let word = match &node.value {
        Value::Number(number) => number.value().normalize().to_string(),
        Value::Text(word) => word.clone(),
        _ => return node.wrong_kind("a grade, 1 to 6 or `A` to `D`", problems),
    };
    match word.parse() {
        Ok(grade) => Some(grade),
        Err(fault) => node.refuse::<ConfidenceGrade>(fault, problems),
    }
}
