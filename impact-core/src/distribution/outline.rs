//! The outline of a distribution: the points that draw it.
//!
//! One rule: the area below the line from point to point is the chance between them; a point is added in the middle of the
//! stretch where the two differ most, so that neither a long tail nor a narrow peak is drawn wrong.

use super::Distribution;
use super::shape::Shape;
use std::collections::BinaryHeap;

/// The chance left out at each end.
const TAIL: f64 = 0.001;
/// Less chance than this on a single value is none: it is the last digit of a float.
const NO_CHANCE: f64 = 1e-9;

/// A stretch between two points, and by how much its area misses its chance.
struct Stretch {
    from: OutlinePoint,
    to: OutlinePoint,
    missed: f64,
}

impl Stretch {
    fn new(from: OutlinePoint, to: OutlinePoint) -> Self {
        // Where the density has no end, that of the other point is as good as any.
        let (low, high) = (from.density.min(to.density), from.density.max(to.density));
        let height = if high.is_finite() { (low + high) / 2.0 } else { low };
        let missed = ((to.x - from.x) * height - (to.cdf - to.chance - from.cdf)).abs();
        Self { from, to, missed }
    }
}

impl Ord for Stretch {
    /// The one that misses most is the greatest; of equals, the first.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.missed.total_cmp(&other.missed).then_with(|| other.from.x.total_cmp(&self.from.x))
    }
}

impl PartialOrd for Stretch {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Stretch {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Stretch {}

/// A point of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutlinePoint {
    /// The value.
    pub x: f64,
    /// The density there, as [`Distribution::density`] gives it.
    pub density: f64,
    /// The chance of a value at or below it.
    pub cdf: f64,
    /// The chance of exactly this value: zero in a continuous distribution, the density in a discrete one. In a mixture
    /// of both, single values of a hundredth and more are found where `points` are 200 or more.
    pub chance: f64,
}

impl Distribution {
    /// Points in rising order over the central 99.8 %, at most `points` of them. Of a discrete distribution every value;
    /// where it has more than `points`, those at even chances.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let either = Distribution::discrete(&[(0.into(), 1.into()), (10.into(), 1.into())])?;
    /// let chances: Vec<_> = either.outline(9).iter().map(|point| (point.x, point.chance)).collect();
    /// assert_eq!(chances, [(0.0, 0.5), (10.0, 0.5)]);
    /// assert_eq!(Distribution::normal(0.into(), 1.into())?.outline(201).len(), 201);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn outline(&self, points: usize) -> Vec<OutlinePoint> {
        if self.is_discrete() {
            let mut places = self.values(points).unwrap_or_else(|| self.at_even_chances(points));
            places.dedup();
            return places.into_iter().map(|x| self.outline_point(x)).collect();
        }
        let at_chances = points / 4;
        let mut places = self.at_even_distances(points.div_ceil(2).saturating_sub(at_chances));
        places.extend(self.at_even_chances(at_chances));
        places.sort_by(f64::total_cmp);
        places.dedup();
        self.refined(places.into_iter().map(|x| self.outline_point(x)).collect(), points)
    }

    /// The outline with points added where they are missed most, until there are `points`.
    fn refined(&self, mut outline: Vec<OutlinePoint>, points: usize) -> Vec<OutlinePoint> {
        let mut stretches: BinaryHeap<Stretch> =
            outline.iter().zip(outline.iter().skip(1)).map(|(from, to)| Stretch::new(*from, *to)).collect();
        while outline.len() < points {
            let Some(Stretch { from, to, .. }) = stretches.pop() else { break };
            let middle = from.x / 2.0 + to.x / 2.0;
            if from.x < middle && middle < to.x {
                let middle = self.outline_point(middle);
                outline.push(middle);
                stretches.extend([Stretch::new(from, middle), Stretch::new(middle, to)]);
            }
        }
        outline.sort_by(|left, right| left.x.total_cmp(&right.x));
        outline
    }

    fn outline_point(&self, x: f64) -> OutlinePoint {
        let (density, cdf) = (self.density(x), self.cdf(x));
        let step = if self.is_discrete() { density } else { cdf - self.cdf(x.next_down()) };
        OutlinePoint { x, density, cdf, chance: if step > NO_CHANCE { step } else { 0.0 } }
    }

    fn between(&self, u: f64) -> f64 {
        self.kind().lower_quantile(u)
    }

    /// All values of a discrete distribution within the central part; none where they are more than `most`.
    fn values(&self, most: usize) -> Option<Vec<f64>> {
        let last = self.kind().upper_quantile(TAIL);
        let mut values = vec![self.between(TAIL)];
        while let Some(value) = values.last().copied().filter(|value| *value < last) {
            let next = self.between((self.cdf(value) + NO_CHANCE).min(1.0));
            values.push(if next > value { next } else { last });
            if values.len() > most {
                return None;
            }
        }
        (values.len() <= most).then_some(values)
    }

    fn at_even_distances(&self, count: usize) -> Vec<f64> {
        let (low, high) = (self.between(TAIL), self.kind().upper_quantile(TAIL));
        let steps = count.saturating_sub(1).max(1) as f64;
        (0..count).map(|step| step as f64 / steps).map(|part| low * (1.0 - part) + high * part).collect()
    }

    fn at_even_chances(&self, count: usize) -> Vec<f64> {
        let chance = |step: usize| TAIL + (1.0 - 2.0 * TAIL) * (step as f64 + 0.5) / count as f64;
        (0..count).map(|step| self.between(chance(step))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn area(outline: &[OutlinePoint]) -> f64 {
        outline.windows(2).map(|pair| (pair[1].x - pair[0].x) * (pair[0].density + pair[1].density) / 2.0).sum()
    }

    #[test]
    fn a_narrow_peak_on_a_wide_base_is_drawn() {
        let base = Distribution::uniform(0.into(), 1_000_000.into()).unwrap();
        let peak = Distribution::normal(500_000.into(), 1.into()).unwrap();
        let mixed = Distribution::mixture(vec![(1.into(), base), (1.into(), peak)]).unwrap();
        let outline = mixed.outline(401);
        assert!((area(&outline) - 0.998).abs() < 0.02, "{}", area(&outline));
        assert!(outline.iter().all(|point| point.chance == 0.0));
    }

    #[test]
    fn the_density_of_ordinary_shapes_adds_up_to_the_central_part() {
        for shape in [
            Distribution::normal(3.into(), 2.into()).unwrap(),
            Distribution::lognormal(0.into(), decimal("1.5")).unwrap(),
            Distribution::beta(2.into(), 9.into()).unwrap(),
            Distribution::pert(6.into(), 6.into(), 20.into()).unwrap(),
        ] {
            let outline = shape.outline(201);
            assert!((area(&outline) - 0.998).abs() < 0.003, "{}: {}", shape.name(), area(&outline));
            assert!(outline.windows(2).all(|pair| pair[0].x < pair[1].x && pair[0].cdf <= pair[1].cdf));
        }
    }

    #[test]
    fn every_value_of_a_count_stands_once_with_its_chance() {
        let outline = Distribution::poisson(4.into()).unwrap().outline(201);
        let values: Vec<f64> = outline.iter().map(|point| point.x).collect();
        assert_eq!(values, (0..=11).map(f64::from).collect::<Vec<_>>());
        let total: f64 = outline.iter().map(|point| point.chance).sum();
        assert!(total > 0.998 && total < 1.0);
    }

    #[test]
    fn a_count_of_very_many_values_is_thinned_at_even_chances() {
        let outline = Distribution::poisson(1_000_000.into()).unwrap().outline(50);
        assert!(outline.len() <= 50 && outline.len() > 45);
        assert!(outline.iter().all(|point| point.x == libm::floor(point.x)));
    }

    #[test]
    fn a_single_value_within_a_continuous_shape_shows_its_chance() {
        let nothing = Distribution::discrete(&[(0.into(), 1.into())]).unwrap();
        let some = Distribution::uniform(10.into(), 20.into()).unwrap();
        let mixed = Distribution::mixture(vec![(1.into(), nothing), (9.into(), some)]).unwrap();
        let steps: Vec<_> = mixed.outline(201).into_iter().filter(|point| point.chance > 0.0).collect();
        assert_eq!(steps.len(), 1);
        assert!(steps[0].x == 0.0 && (steps[0].chance - 0.1).abs() < 1e-15);
    }

    #[test]
    fn no_points_are_no_outline() {
        for shape in [Distribution::poisson(4.into()).unwrap(), Distribution::normal(0.into(), 1.into()).unwrap()] {
            assert!(shape.outline(0).is_empty());
            assert_eq!(shape.outline(1).len(), 1);
        }
    }
}
