//! Groups in results: what each part of the people gains and loses.
//!
//! One rule: the groups of a division add up to their holder, to the last digit: the last of them, or those in none, is what
//! the others leave.
//!
//! # Formula
//! ```text
//! group  = Σ over lines of share of the line's outcome · what the holder gains or loses by it, in present value
//! others = the holder's whole − Σ groups
//! ```

use super::appraisal::Appraisal;
use super::basis::Basis;
use super::figure::Absence;
use super::line::Line;
use super::sums::LineTotal;
use super::view::View;
use crate::model::{Group, Marks, Measure, Perspective, Question};
use crate::number::{Exact, Number};
use rust_decimal::Decimal;

/// What a group gains and loses. Amounts are present values.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct GroupRow {
    /// The id of the group; none for those of the holder who are in no group of this division.
    pub group: Option<String>,
    /// The holder whose people they are.
    pub holder: String,
    /// What they are divided by.
    pub by: String,
    /// Their share of the people.
    pub share: Decimal,
    /// How many they are, where the holder's size is known.
    pub people: Option<Decimal>,
    /// What one of them has a year.
    pub income: Option<Decimal>,
    /// How much a krone counts to them; none where the document has no weights for them.
    pub weight: Option<Decimal>,
    /// Present value of the outcomes.
    pub outcomes: Decimal,
    /// Present value of all they gain less all they lose.
    pub net: Decimal,
    /// The same for each of them, where they are counted.
    pub net_per_person: Option<Decimal>,
    /// `net`, weighted.
    pub weighted: Option<Decimal>,
    /// Whether what it gains and loses, or its share, rests on invented or unread numbers.
    #[serde(flatten)]
    pub marks: Marks,
}

/// The two amounts of a row while they are added up.
#[derive(Clone, Copy)]
struct Part {
    outcomes: Exact,
    net: Exact,
}

impl Appraisal {
    /// What each group gains and loses: the divisions of a holder's people one after the other, each with those who are in no
    /// group of it as its last row.
    ///
    /// # Errors
    /// A sum larger than 28 digits.
    pub fn groups(&self) -> Result<Vec<GroupRow>, Absence> {
        let model = self.model();
        let mut rows = Vec::new();
        let mut seen: Vec<(usize, &str)> = Vec::new();
        for group in model.groups() {
            let division = (group.holder.position(), group.by.as_str());
            if !seen.contains(&division) {
                seen.push(division);
                rows.extend(self.division(group)?);
            }
        }
        Ok(rows)
    }

    /// The division that a group is the first of.
    fn division(&self, first: &Group) -> Result<Vec<GroupRow>, Absence> {
        let model = self.model();
        let Some(holder) = model.holders().get(first.holder.position()) else { return Ok(Vec::new()) };
        let Ok(view) = View::new(model, &Perspective::Holder(holder.id.clone())) else { return Ok(Vec::new()) };
        let groups: Vec<&Group> =
            model.groups().iter().filter(|group| group.holder == first.holder && group.by == first.by).collect();
        let whole = self.part(&view, |_| Exact::ONE);
        let question = Question::new(Measure::Npv).seen_by(Perspective::Holder(holder.id.clone()));
        let Ok(basis) = Basis::of(model, self.ledger().lines(), &question) else { return Ok(Vec::new()) };
        let behind = basis.marks(model, None);
        let divided = groups.iter().fold(behind, |marks, group| marks.or(group.marks));
        let covers = |outcome: Option<usize>| {
            let sum: Exact = groups.iter().map(|group| Exact::from(group.share_of(outcome))).sum();
            sum == Exact::ONE
        };
        let all = std::iter::once(None).chain((0..model.outcomes().len()).map(Some)).all(covers);
        let named = if all { groups.len().saturating_sub(1) } else { groups.len() };
        let mut left = whole;
        let mut share_left = Exact::ONE;
        let mut rows = Vec::with_capacity(groups.len().saturating_add(1));
        for (position, group) in groups.iter().map(Some).chain((!all).then_some(None)).enumerate() {
            let (part, share) = match group.filter(|_| position < named) {
                Some(group) => {
                    let part = self.part(&view, |line| Exact::from(group.share_of(line.outcome)));
                    left = Part { outcomes: left.outcomes - part.outcomes, net: left.net - part.net };
                    share_left = share_left - Exact::from(group.share);
                    (part, Exact::from(group.share))
                }
                None => (left, share_left),
            };
            // What the others leave rests on all of them.
            let marks = group.filter(|_| position < named).map_or(divided, |group| behind.or(group.marks));
            rows.push(GroupRow { marks, ..self.row(first, group.copied(), part, (share, holder.size))? });
        }
        Ok(rows)
    }

    /// What a share of each line comes to.
    fn part(&self, view: &View, share: impl Fn(&Line) -> Exact) -> Part {
        let none = Part { outcomes: Exact::ZERO, net: Exact::ZERO };
        let lines = self.ledger().lines().iter().zip(self.totals());
        lines.fold(none, |part, (line, total): (&Line, &LineTotal<Exact>)| {
            let own = (view.signed_total(line, total.present_value) * share(line)).quantised();
            let of_outcome = if line.outcome.is_some() { own } else { Exact::ZERO };
            Part { outcomes: part.outcomes + of_outcome, net: part.net + own }
        })
    }

    fn row(
        &self,
        first: &Group,
        group: Option<&Group>,
        part: Part,
        (share, size): (Exact, Option<Decimal>),
    ) -> Result<GroupRow, Absence> {
        let model = self.model();
        let value = |number: Exact| number.quantised().value().map(|value| value.normalize());
        let people = size.map(|size| value(share * Exact::from(size))).transpose()?;
        let counted = people.filter(|people| *people > Decimal::ZERO);
        let weight = model.weighting().and_then(|weighting| weighting.of_group(group?));
        Ok(GroupRow {
            group: group.map(|group| group.id.clone()),
            holder: model.holders().get(first.holder.position()).map(|holder| holder.id.clone()).unwrap_or_default(),
            by: first.by.clone(),
            share: value(share)?,
            people,
            income: group.and_then(|group| group.income),
            weight,
            outcomes: part.outcomes.value()?,
            net: part.net.value()?,
            net_per_person: counted.map(|people| value(part.net / Exact::from(people))).transpose()?,
            weighted: weight.map(|weight| value(part.net * Exact::from(weight))).transpose()?,
            marks: Marks::default(),
        })
    }
}
