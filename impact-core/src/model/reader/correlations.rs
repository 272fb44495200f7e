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
    /// How many correlations were read.
    read: usize,
    /// The numbers tied so far, by what each was named and in which correlation.
    tied: HashMap<Slot, Naming>,
}

/// How a number came to be tied.
struct Naming {
    /// The address as written.
    address: Address,
    /// The correlation, counted from 0.
    correlation: usize,
    /// Its id, or where it stands.
    called: String,
}

/// The members of a correlation, none where one of them could not be read, and how they are tied.
type Tied = Option<(Vec<Address>, Tie)>;

/// A correlation that is being read.
struct Here {
    correlation: usize,
    called: String,
}

impl<'r> Correlations<'r> {
    pub fn of(reader: &'r Reader, document: &'r Node, sound: bool) -> Self {
        Self { reader, document, sound, tied: HashMap::new(), read: 0 }
    }

    pub fn read(&mut self, node: &Node, problems: &mut Problems) -> Option<Correlation> {
        let mut fields = Fields::of(node, problems)?;
        let id = read_id(&mut fields);
        let called = id.clone().unwrap_or_else(|| fields.place().address.to_string());
        let here = Here { correlation: self.read, called };
        self.read = self.read.saturating_add(1);
        fields.known(&["between", "rank", "matrix", "together"]);
        let tied = match (fields.has("between"), fields.has("together")) {
            (true, true) => {
                fields.refuse("together", ModelFault::BothGiven { first: "between", second: "together" });
                None
            }
            (false, true) => self.together(&mut fields, &here),
            (true, false) => self.ranks(&mut fields, &here),
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
    fn ranks(&mut self, fields: &mut Fields<'_, '_>, here: &Here) -> Tied {
        let listed = fields.list("between").unwrap_or_default();
        let count = listed.len();
        let nodes = if count > MOST_CORRELATED { &[] } else { listed };
        let mut named = Vec::with_capacity(nodes.len());
        for node in nodes {
            let written = node.read_text(fields.problems());
            let address = written.and_then(|written| address_of(written, node, fields.problems()));
            named.push(address.and_then(|address| self.named(address, node, here, fields.problems())));
        }
        match (count, fields.node("between").and_then(Node::as_list)) {
            (_, None) => {}
            (found @ (0 | 1), _) => fields.refuse("between", CorrelationFault::TooFew { found }),
            (found, _) if found > MOST_CORRELATED => fields.refuse("between", CorrelationFault::TooMany { found }),
            _ => {}
        }
        let ranks = rank_or_matrix(fields, (2..=MOST_CORRELATED).contains(&count).then_some(count));
        let members = named.into_iter().collect::<Option<Vec<Address>>>();
        Some((members?, Tie::Ranks(ranks?)))
    }

    /// `together`: a sign for each address.
    fn together(&mut self, fields: &mut Fields<'_, '_>, here: &Here) -> Tied {
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
        let mut signed = Vec::with_capacity(entries.len());
        for entry in &entries {
            let problems = block.problems();
            signed.push(match unquoted(entry) {
                Some(fault) => entry.node.refuse(fault, problems),
                None => {
                    let address = address_of(&entry.key, &entry.node, problems);
                    let named = address.and_then(|address| self.named(address, &entry.node, here, problems));
                    named.zip(sign(&entry.node, problems))
                }
            });
        }
        if entries.len() < 2 && signed.iter().all(Option::is_some) {
            block.refuse_here(CorrelationFault::TooFew { found: entries.len() });
        }
        block.finish();
        let mut signed: Vec<(Address, Sign)> = signed.into_iter().collect::<Option<_>>()?;
        signed.sort_by(|(left, _), (right, _)| left.cmp(right));
        let (members, signs) = signed.into_iter().unzip();
        Some((members, Tie::Together(signs)))
    }

    /// The own address of the number at an address, where it is one and is not tied yet.
    fn named(&mut self, address: Address, node: &Node, here: &Here, problems: &mut Problems) -> Option<Address> {
        let numbers = &self.reader.numbers;
        let Some(slot) = slot_at(&numbers.slots, &address) else {
            if !self.reader.is_number(&address, self.document, self.sound) {
                // Past the problems that are kept nobody reads which number is nearest.
                let slots = if problems.is_full() { &HashMap::new() } else { &numbers.slots };
                problems.add(&node.place, unknown_address(slots, address.as_str()));
            }
            return None;
        };
        let number = numbers.kept.get(slot.0)?.address.clone();
        match self.tied.get(&slot) {
            Some(naming) if naming.correlation == here.correlation => {
                let before = naming.address.clone();
                node.refuse(CorrelationFault::NamedTwice { address, before, number }, problems)
            }
            Some(naming) => {
                let other = naming.called.clone();
                node.refuse(CorrelationFault::TiedTwice { address, number, other }, problems)
            }
            None => {
                let Here { correlation, called } = here;
                let naming = Naming { address, correlation: *correlation, called: called.clone() };
                self.tied.insert(slot, naming);
                Some(number)
            }
        }
    }
}

/// The rank correlations of so many numbers; where their number is not right, nothing is said of the size of a matrix.
fn rank_or_matrix(fields: &mut Fields<'_, '_>, numbers: Option<usize>) -> Option<Ranks> {
    match (fields.has("rank"), fields.has("matrix")) {
        (true, true) => {
            fields.refuse("matrix", ModelFault::BothGiven { first: "rank", second: "matrix" });
            None
        }
        (true, false) => {
            let node = fields.node("rank")?;
            let rank = rank_at(node, fields.problems())?;
            Some(Ranks::equal(numbers?, rank))
        }
        (false, true) => {
            let node = fields.node("matrix")?;
            matrix(node, numbers?, fields.problems())
        }
        (false, false) => {
            fields.refuse_here(ModelFault::NeitherGiven { first: "rank", second: "matrix" });
            None
        }
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
