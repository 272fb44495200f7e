//! A cursor over the keys of a table, for those who read a document for its meaning.
//!
//! One rule: every key is asked for by somebody; a key nobody asked for is a problem, with the nearest known key.

use super::words::nearest;
use super::{DocumentError, Entry, Node, Table};
use crate::address::Place;
use crate::error::Problems;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::error::Error;
use std::str::FromStr;

/// Reads the keys of one table and adds what is wrong to the problems.
///
/// A key that is absent gives `None`; so does one that does not fit, which adds a problem. A `required_…` reader adds a
/// problem for an absent key too. [`Fields::finish`] makes a problem of every key that nobody asked for.
///
/// # Examples
/// ```
/// use impact_core::document::{Fields, Node};
/// use impact_core::error::Problems;
/// let node = Node::from_toml("name = 'Garden'\nquantiy = 25\nshare = '0,5'")?;
/// let mut problems = Problems::new();
/// if let Some(mut fields) = Fields::of(&node, &mut problems) {
///     assert_eq!(fields.required_text("name"), Some("Garden"));
///     assert_eq!(fields.required_number("quantity"), None);
///     assert_eq!(fields.number("share"), None);
///     fields.finish();
/// }
/// assert_eq!(
///     problems.into_result().unwrap_err().to_string(),
///     "document (line 1, column 1): `quantity` is missing\n\
///      document (line 2, column 1): unknown key `quantiy`: did you mean `quantity`?\n\
///      share (line 3, column 9): `0,5` is written with a decimal comma: write 0.5"
/// );
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[must_use = "call `finish`, so that unknown keys are found"]
pub struct Fields<'n, 'p> {
    node: &'n Node,
    table: &'n Table,
    known: Vec<String>,
    problems: &'p mut Problems,
}

impl<'n, 'p> Fields<'n, 'p> {
    /// The keys of the table here; a problem where this is no table.
    pub fn of(node: &'n Node, problems: &'p mut Problems) -> Option<Self> {
        let table = node.read_table(problems)?;
        Some(Self { node, table, known: Vec::new(), problems })
    }

    /// The table's node.
    pub fn here(&self) -> &'n Node {
        self.node
    }

    /// The place of the table.
    pub fn place(&self) -> &'n Place {
        &self.node.place
    }

    /// The place of a key's value, or of where it would stand: the place of the table with the key's address.
    #[inline(never)]
    pub fn place_of(&self, key: &str) -> Place {
        match self.table.get(key) {
            Some(node) => node.place.clone(),
            None => Place { address: self.node.place.address.child(key), span: self.node.place.span },
        }
    }

    /// Whether the key is written, readable or not. It does not count as asking for it.
    #[inline(never)]
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some() || self.table.is_unread(key)
    }

    /// The problems, for readers of what lies below and for problems of one's own.
    pub fn problems(&mut self) -> &mut Problems {
        self.problems
    }

    /// Notes a problem at a key's value; at the table where it has no such key.
    #[cold]
    pub fn refuse(&mut self, key: &str, fault: impl Error + Send + Sync + 'static) {
        let place = self.table.get(key).map_or(&self.node.place, |node| &node.place);
        self.problems.add(place, fault);
    }

    /// Notes a problem at the table itself.
    #[cold]
    pub fn refuse_here(&mut self, fault: impl Error + Send + Sync + 'static) {
        self.problems.add(&self.node.place, fault);
    }

    /// Notes keys as known without reading them.
    pub fn known(&mut self, keys: &[&str]) {
        for key in keys {
            self.ask(key);
        }
    }

    /// The entries nobody asked for yet, all of which count as asked for: tables whose keys are the author's own.
    pub fn rest(&mut self) -> Vec<&'n Entry> {
        let entries = self.table.entries();
        let rest: Vec<&'n Entry> = entries.iter().filter(|entry| !self.is_known(&entry.key)).collect();
        self.known.extend(rest.iter().map(|entry| entry.key.clone()));
        rest
    }

    /// The value of a key.
    #[inline(never)]
    pub fn node(&mut self, key: &str) -> Option<&'n Node> {
        self.ask(key);
        self.table.get(key)
    }

    /// The value of a key; a problem where it is absent.
    #[inline(never)]
    pub fn required(&mut self, key: &str) -> Option<&'n Node> {
        let node = self.node(key);
        if node.is_none() && !self.table.is_unread(key) {
            self.refuse_here(DocumentError::Missing { key: key.to_owned() });
        }
        node
    }

    /// The keys of the table under a key.
    #[inline(never)]
    pub fn fields(&mut self, key: &str) -> Option<Fields<'n, '_>> {
        let node = self.node(key)?;
        Fields::of(node, self.problems)
    }

    /// Makes a problem of every key that nobody asked for.
    pub fn finish(self) {
        for entry in self.table.entries() {
            if self.is_known(&entry.key) {
                continue;
            }
            let known = self.known.iter().map(String::as_str);
            let nearest = if self.problems.is_full() { None } else { nearest(&entry.key, known) };
            let fault = DocumentError::UnknownKey {
                key: super::words::shortened(&entry.key),
                nearest: nearest.map(str::to_owned),
                known: if nearest.is_some() { Vec::new() } else { self.known.clone() },
            };
            self.problems.add(&Place { address: self.node.place.address.clone(), span: entry.span }, fault);
        }
    }

    fn ask(&mut self, key: &str) {
        if !self.is_known(key) {
            self.known.push(key.to_owned());
        }
    }

    fn is_known(&self, key: &str) -> bool {
        self.known.iter().any(|known| known == key)
    }
}

/// The readers of values, called at hundreds of places and so kept out of line: each asks for a key, and with `required_` insists on it.
macro_rules! readers {
    ($($(#[$doc:meta])* $name:ident, $required:ident, $read:ident -> $value:ty;)*) => {
        impl<'n> Fields<'n, '_> {
            $(
                $(#[$doc])*
                #[inline(never)]
                pub fn $name(&mut self, key: &str) -> Option<$value> {
                    self.node(key)?.$read(self.problems)
                }

                $(#[$doc])*
                /// An absent key is a problem.
                #[inline(never)]
                pub fn $required(&mut self, key: &str) -> Option<$value> {
                    self.required(key)?.$read(self.problems)
                }
            )*
        }
    };
}

readers! {
    /// The number under a key.
    number, required_number, read_number -> Decimal;
    /// The whole number under a key.
    integer, required_integer, read_integer -> i64;
    /// The text under a key.
    text, required_text, read_text -> &'n str;
    /// True or false under a key.
    flag, required_flag, read_flag -> bool;
    /// The date under a key: a date of TOML or a text `2024-01-31`.
    date, required_date, read_date -> NaiveDate;
    /// The list under a key.
    list, required_list, read_list -> &'n [Node];
    /// The table under a key.
    table, required_table, read_table -> &'n Table;
}

impl Fields<'_, '_> {
    /// The text (or the digits of a number) under a key as a value of the field, such as a currency.
    pub fn parsed<T>(&mut self, key: &str) -> Option<T>
    where
        T: FromStr,
        T::Err: Error + Send + Sync + 'static,
    {
        self.node(key)?.read_parsed(self.problems)
    }

    /// The text (or the digits of a number) under a key as a value of the field. An absent key is a problem.
    pub fn required_parsed<T>(&mut self, key: &str) -> Option<T>
    where
        T: FromStr,
        T::Err: Error + Send + Sync + 'static,
    {
        self.required(key)?.read_parsed(self.problems)
    }

    /// What the word under a key stands for.
    pub fn one_of<T: Clone>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        self.node(key)?.read_one_of(words, self.problems)
    }

    /// What the word under a key stands for. An absent key is a problem.
    pub fn required_one_of<T: Clone>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        self.required(key)?.read_one_of(words, self.problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Direction {
        Increase,
        Decrease,
    }

    const DIRECTIONS: [(&str, Direction); 2] = [("increase", Direction::Increase), ("decrease", Direction::Decrease)];

    /// The problems a reader finds in a text.
    fn found(text: &str, read: impl FnOnce(&mut Fields<'_, '_>)) -> Vec<String> {
        let node = Node::from_toml(text).unwrap();
        let mut problems = Problems::new();
        let mut fields = Fields::of(&node, &mut problems).unwrap();
        read(&mut fields);
        fields.finish();
        problems
            .into_result()
            .map_or_else(|error| error.problems().iter().map(ToString::to_string).collect(), |()| vec![])
    }

    #[test]
    fn every_kind_is_read() {
        let text =
            "n = 1.5\ni = 2.0\nt = 'x'\nf = true\nd = 2024-02-29\ne = '2024-02-29'\nl = [1]\nc = 'NOK'\nw = 'decrease'";
        let problems = found(text, |fields| {
            let leap = NaiveDate::from_ymd_opt(2024, 2, 29);
            assert_eq!(fields.required_number("n"), Some(Decimal::new(15, 1)));
            assert_eq!(fields.required_integer("i"), Some(2));
            assert_eq!(fields.required_text("t"), Some("x"));
            assert_eq!(fields.required_flag("f"), Some(true));
            assert_eq!((fields.required_date("d"), fields.date("e")), (leap, leap));
            assert_eq!(fields.required_list("l").map(<[Node]>::len), Some(1));
            assert_eq!(fields.required_parsed("c"), "NOK".parse::<crate::units::Currency>().ok());
            assert_eq!(fields.required_one_of("w", &DIRECTIONS), Some(Direction::Decrease));
            assert_eq!(fields.number("absent"), None);
        });
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_is_said_at_its_place() {
        let text = "n = 'x'\ni = 2.5\nt = 1\nf = 'yes'\nd = '2024-02-30'\nl = { a = 1 }\nc = 'kroner'\nw = 'increse'\nv = 'up'\nk = '1 000'";
        let problems = found(text, |fields| {
            fields.number("n");
            fields.integer("i");
            fields.text("t");
            fields.flag("f");
            fields.date("d");
            fields.list("l");
            fields.parsed::<crate::units::Currency>("c");
            fields.one_of("w", &DIRECTIONS);
            fields.one_of("v", &DIRECTIONS);
            fields.number("k");
        });
        assert_eq!(
            problems,
            [
                "n (line 1, column 5): expected a number, found a text",
                "i (line 2, column 5): `2.5` is not a whole number",
                "t (line 3, column 5): expected a text, found a number",
                "f (line 4, column 5): expected true or false, found a text",
                "d (line 5, column 5): `2024-02-30` is not a date: write year-month-day, such as 2024-01-31",
                "l (line 6, column 5): expected a list, found a table",
                "c (line 7, column 5): currency `kroner` is not a code of three capital letters such as `NOK`",
                "w (line 8, column 5): unknown word `increse`: did you mean `increase`? accepted are `increase`, `decrease`",
                "v (line 9, column 5): unknown word `up`: accepted are `increase`, `decrease`",
                "k (line 10, column 5): `1 000` is written with parted thousands: write 1000",
            ]
        );
    }

    #[test]
    fn unknown_and_missing_keys_are_said_at_their_table() {
        let text = "[[outcomes]]\nid = 'work'\nquantiy = 1\ncolour = 'red'\nown = { x = 1 }\nlater = 2";
        let problems = found(text, |fields| {
            for node in fields.required_list("outcomes").unwrap_or_default() {
                let Some(mut outcome) = Fields::of(node, fields.problems()) else { continue };
                outcome.required_text("id");
                outcome.required("quantity");
                outcome.known(&["later"]);
                let mut own = outcome.fields("own").unwrap();
                assert_eq!(own.rest().len(), 1);
                own.finish();
                outcome.finish();
            }
        });
        assert_eq!(
            problems,
            [
                "outcomes.work (line 1, column 1): `quantity` is missing",
                "outcomes.work (line 3, column 1): unknown key `quantiy`: did you mean `quantity`?",
                "outcomes.work (line 4, column 1): unknown key `colour`: the keys here are `id`, `quantity`, `later`, `own`",
            ]
        );
    }

    #[test]
    fn a_number_where_a_table_is_meant_is_refused() {
        let node = Node::from_toml("a = 1").unwrap();
        let mut problems = Problems::new();
        let inner = node.at(&"a".parse().unwrap()).unwrap();
        assert!(Fields::of(inner, &mut problems).is_none());
        let error = problems.into_result().unwrap_err();
        assert_eq!(error.to_string(), "a (line 1, column 5): expected a table, found a number");
    }
}
