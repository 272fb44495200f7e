//! What can be wrong with a correlation.
//!
//! One rule: a fault says what to write instead.

use super::correlation::MOST_CORRELATED;
use crate::address::Address;
use rust_decimal::Decimal;

/// Something a document says of numbers that vary together, and that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CorrelationFault {
    /// Nothing, or one number, to be tied.
    #[error("{} named: a correlation is between two or more", counted(*found))]
    TooFew {
        /// How many are named.
        found: usize,
    },
    /// More numbers than rank correlations tie.
    #[error("{found} numbers are named: rank correlations tie at most {most}, so split them", most = MOST_CORRELATED)]
    TooMany {
        /// How many are named.
        found: usize,
    },
    /// One number named twice, perhaps by two addresses.
    #[error("`{address}` is named already{}: name each number once", as_other(before, address, number))]
    NamedTwice {
        /// The address as written.
        address: Address,
        /// The address it was named by before.
        before: Address,
        /// The address of the number itself.
        number: Address,
    },
    /// A number in two correlations.
    #[error(
        "{} is in the correlation `{other}` already: write one correlation between all that vary together, with a `matrix`",
        in_own_name(address, number)
    )]
    TiedTwice {
        /// The address as written.
        address: Address,
        /// The address of the number itself.
        number: Address,
        /// The other correlation.
        other: String,
    },
    /// A matrix without a row for each number, or a row without a number for each.
    #[error("{} for {numbers} numbers: a matrix has a row for each of `between`, and in each row a rank correlation for each", rows_or_ranks(*row, *found))]
    MatrixSize {
        /// The row, from 1; none where the number of rows is wrong.
        row: Option<usize>,
        /// How many rows, or rank correlations in the row, there are.
        found: usize,
        /// How many numbers are tied.
        numbers: usize,
    },
    /// A number that is not wholly correlated with itself.
    #[error("`{value}` stands on the diagonal: a number has rank correlation 1 with itself")]
    Diagonal {
        /// What stands there.
        value: Decimal,
    },
    /// Two rank correlations of one pair.
    #[error(
        "`{value}` here and `{mirrored}` at row {column}, column {row}: a pair has one rank correlation, so write it in both places"
    )]
    NotSymmetric {
        /// The row, from 1.
        row: usize,
        /// The column, from 1.
        column: usize,
        /// What stands here.
        value: Decimal,
        /// What stands across the diagonal.
        mirrored: Decimal,
    },
    /// A sign that is none.
    #[error(
        "`{value}` is not 1 (moves with the others) or -1 (moves against them); for less than that, use `between` and `rank`"
    )]
    NotASign {
        /// The number as written.
        value: Decimal,
    },
    /// An address without quotes, which TOML takes for tables in tables.
    #[error("an address has dots, so it is written in quotes here: `\"{address}\" = 1`")]
    AddressUnquoted {
        /// The address, or what could be its beginning.
        address: Address,
    },
}

fn counted(found: usize) -> String {
    match found {
        0 => "no number is".to_owned(),
        1 => "one number is".to_owned(),
        more => format!("{more} numbers are"),
    }
}

fn as_other(before: &Address, address: &Address, number: &Address) -> String {
    match (before == address, before == number) {
        (true, _) => String::new(),
        (false, true) => format!(" as `{before}`, which it uses"),
        (false, false) if address == number => format!(" by `{before}`, which uses it"),
        (false, false) => format!(" by `{before}`, which uses `{number}` too"),
    }
}

fn in_own_name(address: &Address, number: &Address) -> String {
    if address == number { format!("`{address}`") } else { format!("`{number}`, which `{address}` uses,") }
}

fn rows_or_ranks(row: Option<usize>, found: usize) -> String {
    let plural = if found == 1 { "" } else { "s" };
    match row {
        None => format!("{found} row{plural}"),
        Some(row) => format!("{found} rank correlation{plural} in row {row}"),
    }
}
