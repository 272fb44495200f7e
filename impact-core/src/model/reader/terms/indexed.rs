//! Reading `indexed`: which index the prices of a payment follow, from which year, and to which.

use super::TermsReader;
use super::payments::Known;
use super::words::INDEX_YEARS;
use crate::document::{DocumentError, Fields, nearest};
use crate::model::reader::common::required_year;
use crate::model::terms::{Figure, IndexYear, Indexation, Per, Schedule, TermsFault};
use crate::model::{Marks, Slot};
use crate::price::Series;
use crate::reference::{IndexKind, Indices, PriceIndex, Source};
use crate::units::Label;

/// The levels of an index, and what is said of them.
struct Levels {
    by: String,
    series: Series,
    source: Option<Source>,
    marks: Marks,
}

impl TermsReader<'_> {
    /// `indexed = { by = "cpi-no", base = 2018, year = "observation", rounding = { to = 1, rule = "half-up" } }`.
    pub(super) fn indexed(
        &mut self,
        fields: &mut Fields<'_, '_>,
        known: &Known<'_>,
        of: Option<(Figure, Per)>,
        schedule: Option<&Schedule>,
    ) -> Option<Option<Indexation>> {
        if !fields.has("indexed") {
            fields.known(&["indexed"]);
            return Some(None);
        }
        let mut inner = fields.fields("indexed")?;
        let before = inner.problems().total();
        let address = inner.place().address.clone();
        let levels = self.levels(&mut inner);
        let base = required_year(&mut inner, "base");
        let year = inner.required_one_of("year", INDEX_YEARS);
        let rounding = if inner.has("rounding") {
            self.rounding(&mut inner).map(Some)
        } else {
            inner.known(&["rounding"]);
            let because =
                Label::both("indexed prices are not rounded by themselves", "indekserte priser avrundes ikke for seg");
            self.numbers.defaulted(&inner.place_of("rounding").address, "none", because);
            Some(None)
        };
        if let Some((levels, base)) = levels.as_ref().zip(base)
            && let Err(fault) = levels.series.level(base)
        {
            inner.refuse("base", fault);
        }
        if year == Some(IndexYear::Cohort) && !known.figures.has_cohorts {
            inner.refuse("year", TermsFault::YearOfNoCohort);
        }
        if matches!(schedule, Some(Schedule::Share(_))) {
            inner.refuse_here(TermsFault::IndexedShare);
        }
        let figures: Vec<Slot> = schedule.into_iter().flat_map(Schedule::figures).collect();
        if let Some(slot) = schedule.and_then(|schedule| schedule.prices().find(|price| figures.contains(price))) {
            let number = self.numbers.address(slot).map_or_else(String::new, |address| address.to_string());
            inner.refuse_here(TermsFault::IndexedFigure { number });
        }
        // A fee, or an estimate of all cohorts, is one line of one year.
        if let Some((Figure::Metric(_), Per::Contract)) = of {
            inner.refuse_here(TermsFault::IndexedTogether);
        }
        if year == Some(IndexYear::Cohort) && of.is_some_and(|(_, per)| per != Per::Cohort && per != Per::Observation) {
            inner.refuse("year", TermsFault::IndexedTogether);
        }
        let whole = inner.problems().total() == before;
        inner.finish();
        let Levels { by, series, source, marks } = levels?;
        let found =
            Indexation { address, by, source, levels: series, base: base?, year: year?, rounding: rounding?, marks };
        whole.then_some(Some(found))
    }

    /// The series under `by`: of the document's own `indices`, or of the library's prices.
    fn levels(&self, fields: &mut Fields<'_, '_>) -> Option<Levels> {
        let id = fields.required_text("by")?;
        if let Some(position) = self.indices.known.get(id) {
            let own = self.indices.kept.get((*position)?)?;
            let (series, source) = (own.levels.clone(), own.source.clone());
            return Some(Levels { by: own.id.clone(), series, source, marks: own.marks });
        }
        let library = || Indices::embedded().series().iter().filter(|series| is_price(series.kind()));
        if let Some(found) = library().find(|series| series.id() == id) {
            let mut source = found.source().clone();
            source.section.get_or_insert_with(|| found.edition().to_string());
            let (series, source) = (found.levels().clone(), Some(source));
            return Some(Levels { by: id.to_owned(), series, source, marks: Marks::default() });
        }
        let accepted = || self.indices.ids().chain(library().map(|series| series.id()));
        let nearest = nearest(id, accepted()).map(str::to_owned);
        let accepted = accepted().map(str::to_owned).collect();
        fields.refuse("by", DocumentError::UnknownWord { word: id.to_owned(), nearest, accepted });
        None
    }
}

/// Whether a series of the library follows prices.
fn is_price(kind: IndexKind) -> bool {
    PriceIndex::WORDS.iter().any(|(_, index)| index.kind() == kind)
}
