//! Reading what varies together.
//!
//! One rule: an address that uses a shared number is that number, so two uses cannot be tied to each other, nor one number
//! twice. A number that does not vary may be named: overriding an uncertain number by a fixed one leaves the document whole.

use super::Reader;
use super::common::{Around, read_id, text};
use crate::address::Address;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::lookup::{slot_at, unknown_address};
use crate::model::{Correlation, CorrelationFault, MOST_CORRELATED, ModelFault, Ranks, Sign, Slot, Tie};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The correlations read so far.
pub(super) struct Correlations<'r> {
    reader: &'r Reader,
    document: &'r Node,
    /// Whether nothing was wrong before them: then an address that leads nowhere is unknown, not lost.
    sound: bool,
    /// The numbers tied so far, with the correlation of each.
    tied: HashMap<Slot, String>,
}

/// A number named in a correlation.
struct Named {
    /// As written.
    address: Address,
    slot: Slot,
}

/// The members of a correlation, none where one of them could not be read, and how they are tied.
type Tied = Option<(Vec<Address>, Tie)>;

impl<'r> Correlations<'r> {
    pub fn of(reader: &'r Reader, document: &'r Node, sound: bool) -> Self {
        Self { reader, document, sound, tied: HashMap::new() }
    }

    pub fn read(&mut self, node: &Node, problems: &mut Problems) -> Option<Correlation> {
        let mut fields = Fields::of(node, problems)?;
        let id = read_id(&mut fields);
        let known = id.clone().unwrap_or_default();
        fields.known(&["between", "rank", "matrix", "together"]);
        let tied = match (fields.has("between"), fields.has("together")) {
            (true, true) => {
                fields.refuse("together", ModelFault::BothGiven { first: "between", second: "together" });
                None
            }
            (false, true) => self.together(&mut fields, &known),
            (true, false) => self.ranks(&mut fields, &known),
            (false, false) => {
                fields.refuse_here(ModelFault::NeitherGiven { first: "between", second: "together" });
                None
            }
        };
        let Around { source, illustrative, .. } = Around::read(&mut fields);
        let note = text(&mut fields, "note");
        let address = fields.place().address.clone();
        fields.finish();
        let (members, tie) = tied?;
        Some(Correlation { id: id?, address, members, tie, source, illustrative, note })
    }

    /// `between` with `rank` or `matrix`.
    fn ranks(&mut self, fields: &mut Fields<'_, '_>, id: &str) -> Tied {
        let listed = fields.list("between");
        let mut named = Vec::new();
        for node in listed.unwrap_or_default() {
            // A number here is no address: `read_parsed` would take its digits for one.
            let text = node.read_text(fields.problems());
            let address = text.and_then(|text| address_of(text, node, fields.problems()));
            named.push(address.and_then(|address| self.named(&address, node, id, &named, fields.problems())));
        }
        let count = listed.map(|listed| listed.len());
        match count {
            Some(found @ (0 | 1)) => fields.refuse("between", CorrelationFault::TooFew { found }),
            Some(found) if found > MOST_CORRELATED => fields.refuse("between", CorrelationFault::TooMany { found }),
            _ => {}
        }
        let ranks = match (fields.has("rank"), fields.has("matrix")) {
            (true, true) => {
                fields.refuse("matrix", ModelFault::BothGiven { first: "rank", second: "matrix" });
                None
            }
            (true, false) => {
                let rank = fields.node("rank")?;
                rank_at(rank, fields.problems()).zip(count).map(|(rank, count)| Ranks::equal(count, rank))
            }
            (false, true) => {
                let node = fields.node("matrix")?;
                let count = count.filter(|count| *count <= MOST_CORRELATED)?;
                matrix(node, count, fields.problems())
            }
            (false, false) => {
                fields.refuse_here(ModelFault::NeitherGiven { first: "rank", second: "matrix" });
                None
            }
        };
        let members = self.members(named)?;
        Some((members, Tie::Ranks(ranks?)))
    }

    /// `together`: a sign for each address.
    fn together(&mut self, fields: &mut Fields<'_, '_>, id: &str) -> Tied {
        for key in ["rank", "matrix"] {
            if fields.has(key) {
                let because = "numbers that move `together` do so wholly; a weaker tie is written with `between`";
                fields.refuse(key, ModelFault::Meaningless { key, because });
            }
        }
        let mut block = fields.fields("together")?;
        // In the order of their addresses: the order of keys has no meaning.
        let mut entries = block.rest();
        entries.sort_by(|left, right| left.key.cmp(&right.key));
        let mut named = Vec::with_capacity(entries.len());
        let mut signs = Vec::with_capacity(entries.len());
        for entry in &entries {
            if let Some(fault) = unquoted(entry) {
                named.push(entry.node.refuse(fault, block.problems()));
                continue;
            }
            let address = address_of(&entry.key, &entry.node, block.problems());
            named.push(address.and_then(|address| self.named(&address, &entry.node, id, &named, block.problems())));
            signs.push(sign(&entry.node, block.problems()));
        }
        if entries.len() < 2 && named.iter().all(Option::is_some) {
            block.refuse_here(CorrelationFault::TooFew { found: entries.len() });
        }
        block.finish();
        let signs: Vec<Sign> = signs.into_iter().collect::<Option<_>>()?;
        let mut both: Vec<(Address, Sign)> = self.members(named)?.into_iter().zip(signs).collect();
        both.sort_by(|(left, _), (right, _)| left.cmp(right));
        let (members, signs) = both.into_iter().unzip();
        Some((members, Tie::Together(signs)))
    }

    /// The number at an address, where it is one and is not tied yet.
    fn named(
        &mut self,
        address: &Address,
        node: &Node,
        id: &str,
        before: &[Option<Named>],
        problems: &mut Problems,
    ) -> Option<Named> {
        let Some(slot) = slot_at(&self.reader.numbers.slots, address) else {
            if !self.reader.is_number(address, self.document, self.sound) {
                problems.add(&node.place, unknown_address(&self.reader.numbers.slots, address.as_str()));
            }
            return None;
        };
        let number = self.own(slot)?;
        let address = address.clone();
        if let Some(named) = before.iter().flatten().find(|named| named.slot == slot) {
            let before = named.address.clone();
            return node.refuse(CorrelationFault::NamedTwice { address, before, number }, problems);
        }
        if let Some(other) = self.tied.get(&slot) {
            let other = other.clone();
            return node.refuse(CorrelationFault::TiedTwice { address, number, other }, problems);
        }
        self.tied.insert(slot, id.to_owned());
        Some(Named { address, slot })
    }

    /// The own addresses of the numbers named, none where one could not be read.
    fn members(&self, named: Vec<Option<Named>>) -> Option<Vec<Address>> {
        named.into_iter().map(|named| self.own(named?.slot)).collect()
    }

    fn own(&self, slot: Slot) -> Option<Address> {
        self.reader.numbers.kept.get(slot.0).map(|assumption| assumption.address.clone())
    }
}

/// The address that a key is.
fn address_of(key: &str, node: &Node, problems: &mut Problems) -> Option<Address> {
    match key.parse::<Address>() {
        Ok(address) => Some(address),
        Err(fault) => node.refuse(fault, problems),
    }
}

/// The address that an author meant where tables stand in tables down to a number.
fn unquoted(entry: &crate::document::Entry) -> Option<CorrelationFault> {
    let mut address = Address::root().child(&entry.key);
    let mut inner = entry.node.as_table()?.entries().first();
    while let Some(next) = inner {
        address = address.child(&next.key);
        inner = next.node.as_table().and_then(|table| table.entries().first());
    }
    Some(CorrelationFault::AddressUnquoted { address })
}

fn sign(node: &Node, problems: &mut Problems) -> Option<Sign> {
    match node.read_number(problems)? {
        value if value == Decimal::ONE => Some(Sign::With),
        value if value == Decimal::NEGATIVE_ONE => Some(Sign::Against),
        value => node.refuse(CorrelationFault::NotASign { value }, problems),
    }
}

/// The rank correlation here.
fn rank_at(node: &Node, problems: &mut Problems) -> Option<Decimal> {
    let value = node.read_number(problems)?;
    if value.abs() > Decimal::ONE {
        let (quantity, expected) = ("rank correlation".to_owned(), "between -1 and 1");
        return node.refuse(ModelFault::NotAccepted { quantity, value, expected }, problems);
    }
    Some(value)
}

/// The rank correlations of a matrix with ones on the diagonal, the same above it as below.
fn matrix(node: &Node, numbers: usize, problems: &mut Problems) -> Option<Ranks> {
    let before = problems.total();
    let listed = node.read_list(problems)?;
    if listed.len() != numbers {
        return node.refuse(CorrelationFault::MatrixSize { row: None, found: listed.len(), numbers }, problems);
    }
    let mut rows = Vec::with_capacity(numbers);
    for (row, node) in (1..).zip(listed) {
        let Some(nodes) = node.read_list(problems) else { continue };
        if nodes.len() != numbers {
            problems.add(&node.place, CorrelationFault::MatrixSize { row: Some(row), found: nodes.len(), numbers });
        }
        rows.push(nodes.iter().map(|node| Some((node, rank_at(node, problems)?))).collect::<Vec<_>>());
    }
    if rows.len() == numbers && rows.iter().all(|row| row.len() == numbers) {
        check_pairs(&rows, problems);
    }
    let rows: Vec<Vec<Decimal>> =
        rows.into_iter().map(|row| row.into_iter().flatten().map(|(_, rank)| rank).collect()).collect();
    (problems.total() == before).then(|| Ranks::from_rows(&rows))
}

/// What is wrong on the diagonal, and with pairs that stand twice.
fn check_pairs(rows: &[Vec<Option<(&Node, Decimal)>>], problems: &mut Problems) {
    let at = |row: usize, column: usize| *rows.get(row)?.get(column)?;
    for row in 0..rows.len() {
        for column in 0..=row {
            let (Some((node, value)), Some((_, mirrored))) = (at(row, column), at(column, row)) else { continue };
            if row == column && value != Decimal::ONE {
                problems.add(&node.place, CorrelationFault::Diagonal { value });
            } else if value != mirrored {
                let (row, column) = (row.saturating_add(1), column.saturating_add(1));
                problems.add(&node.place, CorrelationFault::NotSymmetric { row, column, value, mirrored });
            }
        }
    }
}
