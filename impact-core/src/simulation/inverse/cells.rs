//! Cells: the quantile as cubics over short runs of chance, looked up by the bits of the float.
//!
//! One rule: the chance is taken from its own side, v = min(u, 1 − u), and the cells of a side are log-spaced in v: each octave
//! between 2⁻¹⁷ and ½ has the same number of even cells. Exponent and first bits of v are the number of the cell, and the bits
//! after them the place in it, both exact. Where a cell says "not a number" (outside the octaves, or where one cubic
//! does not do), a slower way is taken.
//!
//! The loops below work in steps of sixty-four without a branch: half of all draws lie on either side of the median, so a
//! branch on the side alone would cost five times the look-up.

use super::knot::Knot;

/// Octaves of chance on either side that have cells: down to 2⁻¹⁷.
pub(super) const OCTAVES: u32 = 16;

/// Draws looked up together.
const LANES: usize = 64;

/// Coefficients of a cubic in the place within the cell, from 0 up to 1; lowest first.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(32))]
pub(super) struct Cell(pub(super) [f64; 4]);

impl Cell {
    pub(super) const NONE: Cell = Cell([f64::NAN; 4]);

    pub(super) fn constant(value: f64) -> Self {
        Cell([value, 0.0, 0.0, 0.0])
    }

    /// The cubic with these values and slopes at its ends, the slopes held to what keeps it monotone (three times the
    /// chord: F. N. Fritsch and R. E. Carlson, SIAM Journal on Numerical Analysis 17, 1980).
    pub(super) fn hermite(values: (f64, f64), slopes: (f64, f64)) -> Self {
        let chord = values.1 - values.0;
        let held =
            |slope: f64| if chord >= 0.0 { slope.min(3.0 * chord).max(0.0) } else { slope.max(3.0 * chord).min(0.0) };
        let (from, to) = (held(slopes.0), held(slopes.1));
        Cell([values.0, from, 3.0 * chord - 2.0 * from - to, from + to - 2.0 * chord])
    }

    /// The cubic between two knots.
    pub(super) fn between(from: &Knot, to: &Knot) -> Self {
        let width = to.v - from.v;
        Self::hermite((from.x, to.x), (from.slope * width, to.slope * width))
    }

    #[inline(always)]
    pub(super) fn at(&self, place: f64) -> f64 {
        let [a, b, c, d] = self.0;
        a + place * (b + place * (c + place * d))
    }
}

/// The cells of both sides: those of the lower side from the tail to the median, the median, a cell for what lies outside; then
/// the same for the upper side, and further cells for the outside up to a power of two. A cell is then found by the last bits of
/// its number, which needs no check that it is there.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cells {
    Sixteen(Box<[Cell; 1 << 10]>),
    SixtyFour(Box<[Cell; 1 << 12]>),
}

/// How many cells an octave has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fineness {
    Sixteen,
    SixtyFour,
}

const SIXTEEN: u32 = 4;
const SIXTY_FOUR: u32 = 6;

impl Fineness {
    fn bits(self) -> u32 {
        match self {
            Fineness::Sixteen => SIXTEEN,
            Fineness::SixtyFour => SIXTY_FOUR,
        }
    }

    /// The chances from the tail to the median between which the cells of a side lie.
    pub(super) fn borders(self) -> Vec<f64> {
        let octaves = (1..=OCTAVES).rev();
        let cells = 1_u32 << self.bits();
        let border = |octave: u32, cell: u32| {
            let size = 1.0 / f64::from(1_u32 << (octave + 1));
            size * (1.0 + f64::from(cell) / f64::from(cells))
        };
        let inner = octaves.flat_map(|octave| (0..cells).map(move |cell| border(octave, cell)));
        inner.chain([0.5]).collect()
    }
}

impl Cells {
    /// Cells of the lower and the upper side, each from the tail to the median, and the median.
    pub(super) fn new(fineness: Fineness, lower: Vec<Cell>, median: f64, upper: Vec<Cell>) -> Self {
        let ends = [Cell::constant(median), Cell::NONE];
        let cells = lower.into_iter().chain(ends).chain(upper).chain(ends);
        match fineness {
            Fineness::Sixteen => Self::Sixteen(filled(cells)),
            Fineness::SixtyFour => Self::SixtyFour(filled(cells)),
        }
    }

    /// Replaces chances by values; where no cell answers, `slowly` is asked.
    #[inline(always)]
    pub(super) fn look_up(&self, values: &mut [f64], slowly: impl Fn(f64) -> f64) {
        match self {
            Cells::Sixteen(cells) => look_up::<SIXTEEN, _>(cells, values, slowly),
            Cells::SixtyFour(cells) => look_up::<SIXTY_FOUR, _>(cells, values, slowly),
        }
    }
}

/// Room for so many cells with these first.
fn filled<const N: usize>(cells: impl Iterator<Item = Cell>) -> Box<[Cell; N]> {
    let mut room = Box::new([Cell::NONE; N]);
    room.iter_mut().zip(cells).for_each(|(place, cell)| *place = cell);
    room
}

/// Replaces chances by values, a step of lanes after the other, the last one filled up.
#[inline(always)]
fn look_up<const BITS: u32, const N: usize>(cells: &[Cell; N], values: &mut [f64], slowly: impl Fn(f64) -> f64) {
    let mut step = Step { cells: [0; LANES], places: [0.0; LANES], values: [0.0; LANES] };
    let (whole, rest) = values.as_chunks_mut();
    for lanes in whole {
        step.look_up::<BITS, N>(cells, lanes, &slowly);
        *lanes = step.values;
    }
    if !rest.is_empty() {
        let mut lanes = [0.5; LANES];
        lanes.iter_mut().zip(rest.iter()).for_each(|(lane, chance)| *lane = *chance);
        step.look_up::<BITS, N>(cells, &lanes, &slowly);
        rest.iter_mut().zip(step.values).for_each(|(value, found)| *value = found);
    }
}

/// Room for the draws of one step after the other: the numbers of their cells, the places in these, and the values.
#[repr(align(64))]
struct Step {
    cells: [u64; LANES],
    places: [f64; LANES],
    values: [f64; LANES],
}

impl Step {
    #[inline(always)]
    fn look_up<const BITS: u32, const N: usize>(
        &mut self,
        cells: &[Cell; N],
        chances: &[f64; LANES],
        slowly: &impl Fn(f64) -> f64,
    ) {
        for ((chance, cell), place) in chances.iter().zip(&mut self.cells).zip(&mut self.places) {
            (*cell, *place) = locate::<BITS>(*chance);
        }
        let fours = self.cells.as_chunks().0.iter().zip(self.places.as_chunks().0);
        // A sum is not a number where one of its terms is not; where two infinities meet, asking each costs little.
        let mut sums = [0.0; 4];
        for ((numbers, places), values) in fours.zip(self.values.as_chunks_mut().0) {
            *values = four(numbers.map(|number| nth(cells, number).0), places);
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += *value);
        }
        if sums.iter().sum::<f64>().is_nan() {
            let each = self.values.iter_mut().zip(chances);
            for (value, chance) in each.filter(|(value, _)| value.is_nan()) {
                *value = slowly(*chance);
            }
        }
    }
}

/// The cell of a number, by its last bits.
#[allow(
    clippy::indexing_slicing,
    reason = "a power of two of cells, and a number cut to less: checked by the compiler"
)]
#[inline(always)]
fn nth<const N: usize>(cells: &[Cell; N], number: u64) -> Cell {
    const { assert!(N.is_power_of_two()) };
    cells[number as usize & (N - 1)]
}

/// Four cubics at once: their coefficients turned on their side, so that one vector holds one power.
#[inline(always)]
fn four([w, x, y, z]: [[f64; 4]; 4], places: &[f64; 4]) -> [f64; 4] {
    let [a, b, c, d] =
        [[w[0], x[0], y[0], z[0]], [w[1], x[1], y[1], z[1]], [w[2], x[2], y[2], z[2]], [w[3], x[3], y[3], z[3]]];
    let mut values = [0.0; 4];
    let powers = a.iter().zip(&b).zip(c.iter().zip(&d));
    for ((value, place), ((a, b), (c, d))) in values.iter_mut().zip(places).zip(powers) {
        *value = a + place * (b + place * (c + place * d));
    }
    values
}

/// The number of the cell of a chance, and the place in it.
#[inline(always)]
fn locate<const BITS: u32>(u: f64) -> (u64, f64) {
    let tail = (1023 - 1 - u64::from(OCTAVES)) << BITS;
    let side = u64::from(OCTAVES) << BITS;
    let complement = 1.0 - u;
    let v = if u < complement { u } else { complement };
    let bits = v.to_bits();
    // Below the octaves this wraps to a large number; it and what lies beyond the median meet the cell for the outside.
    let cell = (bits >> (52 - BITS)).wrapping_sub(tail).min(side + 1);
    let place = f64::from_bits(0x3ff0_0000_0000_0000 | ((bits << BITS) & 0x000f_ffff_ffff_ffff)) - 1.0;
    // All ones above the median, all noughts up to it.
    let above = ((0.5 - u).to_bits() >> 63).wrapping_neg();
    (cell.wrapping_add(above & (side + 2)), place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_is_the_beginning_of_its_cell_on_both_sides() {
        let borders = Fineness::Sixteen.borders();
        assert_eq!((borders.len(), borders[0], borders[256]), (257, 1.0 / 131_072.0, 0.5));
        for (cell, v) in (0..).zip(&borders) {
            assert_eq!(locate::<SIXTEEN>(*v), (cell, 0.0));
            if cell < 256 {
                assert_eq!(locate::<SIXTEEN>(1.0 - v), (258 + cell, 0.0));
                let (before, place) = locate::<SIXTEEN>(borders[cell as usize + 1].next_down());
                assert!(before == cell && place > 1.0 - 1e-10, "{cell}");
            }
        }
        let fine = Fineness::SixtyFour.borders();
        assert_eq!(fine.len(), 1_025);
        assert!((0..).zip(&fine).all(|(cell, v)| locate::<SIXTY_FOUR>(*v) == (cell, 0.0)));
    }

    #[test]
    fn what_lies_outside_the_octaves_meets_no_cell() {
        let cells = Cells::new(Fineness::Sixteen, vec![Cell::constant(1.0); 256], 2.0, vec![Cell::constant(3.0); 256]);
        let mut values = [0.0, 1e-300, 1e-6, 0.3, 0.5, 0.7, 1.0 - 1e-6, 1.0, -0.5, 1.5, f64::NAN, f64::INFINITY];
        cells.look_up(&mut values, |_| 7.0);
        assert_eq!(values, [7.0, 7.0, 7.0, 1.0, 2.0, 3.0, 7.0, 7.0, 7.0, 7.0, 7.0, 7.0]);
        let mut many = [0.2; 37];
        cells.look_up(&mut many, |_| 7.0);
        assert_eq!(many, [1.0; 37]);
    }

    #[test]
    fn a_cubic_meets_values_and_slopes_and_stays_monotone() {
        let cell = Cell::hermite((1.0, 3.0), (1.5, 2.5));
        assert_eq!((cell.at(0.0), cell.at(1.0)), (1.0, 3.0));
        for (values, slopes) in
            [((0.0, 1.0), (f64::INFINITY, 0.0)), ((5.0, 2.0), (-40.0, -1e9)), ((1.0, 1.0), (7.0, 7.0))]
        {
            let cell = Cell::hermite(values, slopes);
            let places: Vec<f64> = (0..=100).map(|step| cell.at(f64::from(step) / 100.0)).collect();
            let rising = values.1 >= values.0;
            assert!(places.windows(2).all(|pair| if rising { pair[1] >= pair[0] } else { pair[1] <= pair[0] }));
        }
    }
}
