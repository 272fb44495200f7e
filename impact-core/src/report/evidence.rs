//! Evidence as rows: how many numbers stand on which footing, and what rests on them.

use crate::evaluation::{Absence, Appraisal, EvidenceRow, Footing};
use crate::units::Label;
use rust_decimal::Decimal;

/// The numbers on one footing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct EvidenceReportRow {
    /// The footing.
    pub footing: Footing,
    /// What it is called.
    pub name: Label,
    /// How many numbers of the model stand on it.
    pub numbers: usize,
    /// The present value of the outcomes whose weakest number stands on it.
    pub present_value: Decimal,
    /// That as a share of all.
    pub share: Option<Decimal>,
}

/// A row for each footing that a number stands on, the best first.
///
/// # Errors
/// A sum larger than 28 digits.
pub fn evidence_rows(appraisal: &Appraisal) -> Result<Vec<EvidenceReportRow>, Absence> {
    let row = |row: EvidenceRow| EvidenceReportRow {
        footing: row.footing,
        name: footing_name(row.footing),
        numbers: row.numbers,
        present_value: row.present_value,
        share: row.share,
    };
    Ok(appraisal.evidence()?.into_iter().map(row).collect())
}

/// What a footing is called.
///
/// # Examples
/// ```
/// use impact_core::evaluation::Footing;
/// assert_eq!(impact_core::report::footing_name(Footing::FilledIn).en, "filled in by the library");
/// ```
pub fn footing_name(footing: Footing) -> Label {
    let (en, nb) = match footing {
        Footing::A => ("grade A", "karakter A"),
        Footing::B => ("grade B", "karakter B"),
        Footing::C => ("grade C", "karakter C"),
        Footing::D => ("grade D", "karakter D"),
        Footing::Ungraded => ("a source without a grade", "kilde uten karakter"),
        Footing::NoSource => ("no source", "ingen kilde"),
        Footing::FilledIn => ("filled in by the library", "fylt inn av biblioteket"),
        Footing::Illustrative => ("invented for illustration", "oppdiktet for illustrasjon"),
    };
    Label::both(en, nb)
}
