//! Reading price series of the document's own, and carrying prices between years by a series of either kind.
//!
//! One rule: a price moves by the series it names, from the G it is set in where both are of G; else, set in G, by G; else by the
//! conventions' index. Beyond its last year
//! only prices at home go on, by the assumed inflation; G and a series of the document's own do not.

use super::Reader;
use super::common::{Named, label, source, text, year_key};
use crate::document::{DocumentError, Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{Marks, ModelFault, PriceSeries};
use crate::number::Exact;
use crate::price::{PriceError, Series};
use crate::reference::{IndexError, IndexKind, Indices, PriceIndex};
use crate::units::{Label, Year};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The index that a price names.
#[derive(Debug, Clone, Copy)]
pub(super) enum NamedIndex {
    /// One of the library's.
    Kind(IndexKind),
    /// One of the document's own, as its position there.
    Own(usize),
}

/// What carries a price from its year to the model's.
pub(super) struct Indexed {
    pub observed: Exact,
    pub assumed_years: i32,
    pub series: Option<String>,
    /// The series of the level it starts from, where that is another.
    pub from: Option<String>,
}

impl Reader {
    /// Reads `[indices]`.
    pub(super) fn read_price_series(&mut self, node: Option<&Node>, problems: &mut Problems) {
        self.price_series = read_indices(node, problems);
    }

    /// The index under `index`: a word, or a series of the document's own.
    pub(super) fn named_index(&self, fields: &mut Fields<'_, '_>) -> Option<NamedIndex> {
        let word = fields.text("index")?;
        if let Some((_, index)) = PriceIndex::WORDS.iter().find(|(known, _)| *known == word) {
            return Some(NamedIndex::Kind(index.kind()));
        }
        if let Some(known) = self.price_series.known.get(word) {
            return known.map(NamedIndex::Own);
        }
        let accepted = || PriceIndex::WORDS.iter().map(|(known, _)| *known).chain(self.price_series.ids());
        let nearest = nearest(word, accepted()).map(str::to_owned);
        let accepted = accepted().map(str::to_owned).collect();
        fields.refuse("index", DocumentError::UnknownWord { word: word.to_owned(), nearest, accepted });
        None
    }

    /// The observed index as far as it goes; for prices of the model's own country, assumed growth over the years after.
    pub(super) fn indexed(
        &self,
        named: Option<NamedIndex>,
        (from, to): (Year, Year),
        country: &str,
    ) -> Result<Indexed, IndexError> {
        if from == to {
            return Ok(Indexed { observed: Exact::ONE, assumed_years: 0, series: None, from: None });
        }
        let usual =
            || self.head.convention.as_ref().map_or(IndexKind::ConsumerPrices, |usual| usual.0.prices.index.kind());
        let kind = match named {
            Some(NamedIndex::Own(position)) => return self.indexed_by_own(position, from, to),
            Some(NamedIndex::Kind(kind)) => kind,
            None => usual(),
        };
        let series = Indices::embedded().find(kind, country)?;
        let home = self.head.country.as_ref().map_or("", |country| country.code());
        let at_home = Indices::embedded().find(kind, home).is_ok_and(|own| own.id() == series.id());
        // G follows wages: the growth of prices says nothing of it.
        let extended = self.inflation_given && at_home && !kind.is_of_g();
        let last = series.last_year().filter(|_| extended);
        let observed = |year: Year| last.map_or(year, |last| year.min(last));
        let after = |year: Year| year.since(observed(year));
        let (first, last) = (observed(from), observed(to));
        Ok(Indexed {
            observed: series.ratio(first, last)?,
            assumed_years: after(to).saturating_sub(after(from)),
            series: (first != last).then(|| series.id().to_owned()),
            from: None,
        })
    }

    /// From the G a price is set in, in its own year, to another G of the model's: so many G are so many of either.
    pub(super) fn indexed_in_g(
        set_in: IndexKind,
        named: IndexKind,
        (from, to): (Year, Year),
        country: &str,
    ) -> Result<Indexed, IndexError> {
        let [own, other] = [set_in, named].map(|kind| Indices::embedded().find(kind, country));
        let (own, other) = (own?, other?);
        let observed = Exact::from(other.value(to)?) / Exact::from(own.value(from)?);
        Ok(Indexed { observed, assumed_years: 0, series: Some(other.id().to_owned()), from: Some(own.id().to_owned()) })
    }

    fn indexed_by_own(&self, position: usize, from: Year, to: Year) -> Result<Indexed, IndexError> {
        let own = self.price_series.kept.get(position);
        let series = own.map(|own| own.id.clone()).unwrap_or_default();
        let ratio = own.map_or(Err(PriceError::Empty), |own| own.levels.ratio(from, to));
        let observed = ratio.map_err(|fault| match fault {
            PriceError::Missing { year, first, last } => {
                IndexError::NotCovered { series: series.clone(), year, first, last }
            }
            _ => IndexError::Empty { series: series.clone() },
        })?;
        Ok(Indexed { observed, assumed_years: 0, series: Some(series), from: None })
    }
}

/// The price series of the document's own, under `indices`.
pub(super) fn read_indices(node: Option<&Node>, problems: &mut Problems) -> Named<PriceSeries> {
    Named::read(node, problems, read_series)
}

fn read_series(id: &str, mut fields: Fields<'_, '_>) -> Option<PriceSeries> {
    let taken = PriceIndex::WORDS.iter().any(|(word, _)| *word == id) || Indices::embedded().get(id).is_some();
    if taken {
        fields.refuse_here(ModelFault::ReservedIndex { id: id.to_owned() });
    }
    let name = label(&mut fields, "name");
    let kind = text(&mut fields, "kind");
    let levels = fields.required("levels");
    let levels = levels.and_then(|node| read_levels(node, fields.problems()));
    let source = source(&mut fields, "source");
    let [illustrative, unverified] = ["illustrative", "unverified"].map(|key| fields.flag(key).unwrap_or(false));
    let note = text(&mut fields, "note");
    let address = fields.place().address.clone();
    fields.finish();
    let (name, marks) = (name.unwrap_or_else(|| Label::plain(id)), Marks { illustrative, unverified });
    let levels = levels.filter(|_| !taken)?;
    Some(PriceSeries { id: id.to_owned(), address, name, kind, levels, source, marks, note })
}

fn read_levels(node: &Node, problems: &mut Problems) -> Option<Series> {
    let mut fields = Fields::of(node, problems)?;
    let entries = fields.rest();
    let mut levels = BTreeMap::new();
    for entry in &entries {
        let year = year_key(entry, fields.problems());
        let level = entry.node.read_number(fields.problems());
        let Some((year, level)) = year.zip(level) else { continue };
        if level <= Decimal::ZERO {
            fields.problems().add(&entry.node.place, PriceError::NotPositive { level, year });
        } else {
            levels.insert(year, level);
        }
    }
    fields.finish();
    if levels.len() < entries.len() {
        return None;
    }
    match Series::new(levels) {
        Ok(series) => Some(series),
        Err(fault) => node.refuse(fault, problems),
    }
}
