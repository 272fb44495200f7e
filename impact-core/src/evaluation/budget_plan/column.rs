//! The years of a plan: what each row comes to, exact and in whole thousands, or why it comes to nothing.

use super::PlanCell;
use super::sheet::Sheet;
use super::thousands::{apportioned, nearest};
use crate::evaluation::figure::Absence;
use crate::number::Exact;
use crate::units::Year;

/// An amount, and the whole thousands it is read as.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub amount: Exact,
    pub thousands: Exact,
}

impl Cell {
    pub const NONE: Cell = Cell { amount: Exact::ZERO, thousands: Exact::ZERO };
}

/// A year of the plan; where it has no figures, why.
pub(super) struct Column {
    year: Year,
    absent: Option<Absence>,
    pub rows: Vec<Cell>,
    pub net: Cell,
    pub cashable: Cell,
    /// The net of the plan's years so far, or the year without a price level that spoils it.
    pub cumulative: Result<Cell, Year>,
    /// The net of all years so far, or the year that spoils it.
    pub since_start: Result<Cell, Year>,
}

impl Column {
    pub fn cell(&self, cell: &dyn Fn(&Column) -> Cell) -> PlanCell {
        match &self.absent {
            Some(absence) => self.empty(absence.clone()),
            None => self.filled(cell(self)),
        }
    }

    /// A sum over years, which an earlier year may spoil.
    pub fn standing(&self, cell: Result<Cell, Year>) -> PlanCell {
        match (&self.absent, cell) {
            (Some(absence), _) => self.empty(absence.clone()),
            (None, Ok(cell)) => self.filled(cell),
            (None, Err(year)) => self.empty(Absence::NoPriceLevel { year }),
        }
    }

    fn filled(&self, cell: Cell) -> PlanCell {
        match (cell.amount.value(), cell.thousands.value()) {
            (Ok(amount), Ok(thousands)) => {
                let thousands = Some(thousands.normalize());
                PlanCell { year: self.year, amount: Ok(amount.normalize()), thousands }
            }
            (Err(fault), _) | (_, Err(fault)) => self.empty(Absence::from(fault)),
        }
    }

    fn empty(&self, absence: Absence) -> PlanCell {
        PlanCell { year: self.year, amount: Err(absence), thousands: None }
    }
}

/// What the years before have come to: exact, and in whole thousands.
struct Running {
    /// The net since the first year appraised, or the year that spoils it.
    since_start: Result<Cell, Year>,
    /// The net of the plan's years, or the year that spoils it.
    cumulative: Result<Cell, Year>,
}

/// The years of a plan.
pub(super) fn columns(sheet: &Sheet, appraised: &[Year], years: &[Year]) -> Vec<Column> {
    let (first, last) = (appraised.first().copied(), appraised.last().copied());
    let at = |year: Year| appraised.iter().position(|known| *known == year);
    let opening = years.first().map_or(0, |opening| appraised.iter().filter(|year| *year < opening).count());
    let spoiled = appraised.iter().zip(&sheet.unknown).find(|(_, unknown)| **unknown).map(|(year, _)| *year);
    let before = sheet.before(opening).ok_or(spoiled.unwrap_or(Year::FIRST));
    let mut running = Running {
        since_start: before.map(|amount| Cell { amount, thousands: nearest(amount) }),
        cumulative: Ok(Cell::NONE),
    };
    let mut column = |year: &Year| {
        let (year, ends) = (*year, first.zip(last));
        match (at(year), ends) {
            (Some(at), _) if sheet.unknown.get(at) == Some(&true) => {
                running = Running { since_start: Err(year), cumulative: Err(year) };
                Column::without(year, Absence::NoPriceLevel { year })
            }
            (Some(at), _) => Column::of(sheet, year, at, &mut running),
            (None, ends) => {
                let (first, last) = ends.unwrap_or((year, year));
                Column::without(year, Absence::YearNotAppraised { year, first, last })
            }
        }
    };
    years.iter().map(&mut column).collect()
}

/// Whole thousands of what is a part of a net amount: no more of it than the whole is shown with.
fn part_of(net: &Cell, part: Exact) -> Exact {
    let nearest = nearest(part);
    let numbers = (net.amount.value(), net.thousands.value(), part.value(), nearest.value());
    let (Ok(whole), Ok(shown), Ok(part), Ok(rounded)) = numbers else { return nearest };
    let is_part = part.abs() <= whole.abs() && part.is_sign_negative() == whole.is_sign_negative();
    match (is_part, part == whole) {
        (true, true) => net.thousands,
        (true, false) if rounded.abs() > shown.abs() => net.thousands,
        _ => nearest,
    }
}

impl Column {
    fn without(year: Year, absence: Absence) -> Self {
        let none = Ok(Cell::NONE);
        Self {
            year,
            absent: Some(absence),
            rows: vec![],
            net: Cell::NONE,
            cashable: Cell::NONE,
            cumulative: none,
            since_start: none,
        }
    }

    fn of(sheet: &Sheet, year: Year, at: usize, running: &mut Running) -> Self {
        let amounts: Vec<Exact> =
            sheet.rows.iter().map(|row| row.amounts.get(at).copied().unwrap_or(Exact::ZERO)).collect();
        let exact = sheet.net(at);
        let before = running.since_start.or(running.cumulative).unwrap_or(Cell::NONE);
        let net = Cell { amount: exact, thousands: nearest(before.amount + exact) - before.thousands };
        let added = |cell: Cell| Cell { amount: cell.amount + net.amount, thousands: cell.thousands + net.thousands };
        running.since_start = running.since_start.map(added);
        running.cumulative = running.cumulative.map(added);
        let cashable = sheet.cashable.get(at).copied().unwrap_or(Exact::ZERO);
        Self {
            year,
            absent: None,
            rows: apportioned(&amounts, net.thousands),
            net,
            cashable: Cell { amount: cashable, thousands: part_of(&net, cashable) },
            cumulative: running.cumulative,
            since_start: running.since_start,
        }
    }
}
