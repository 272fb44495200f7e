//! Draws that depend on each other: every column stays as it was by itself, the rank correlations asked for are met, and nothing
//! else moves.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its document has failed")]

use impact_core::Model;
use impact_core::address::Address;
use impact_core::simulation::{Dependence, Inverse, Points, Sampler, Seed};
use proptest::prelude::*;

const DRAWS: usize = 20_000;

/// Standard errors that a figure may be off at the fixed seeds.
const ERRORS: f64 = 4.0;

/// Skewed, peaked, with two humps, and one that is never tied.
const HEAD: &str = r#"
impact = 1
name = "Tied"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
holders = [ { id = "people", kind = "people" } ]
[assumptions]
a = { lognormal = { mean = 100, sd = 150 } }
b = { gamma = { mean = 2, sd = 3 } }
c = { beta = { alpha = 0.5, beta = 0.5 } }
d = { pert = [0, 1, 20] }
e = { uniform = [-1, 1] }
free = { uniform = [0, 1] }
"#;

fn tied(correlations: &str) -> Model {
    Model::from_toml(&format!("{HEAD}\n{correlations}")).unwrap()
}

fn ranks(members: &str, ranks: &str) -> Model {
    let members: Vec<String> = members.chars().map(|id| format!("\"assumptions.{id}\"")).collect();
    tied(&format!("[[correlations]]\nid = \"tie\"\nbetween = [{}]\n{ranks}", members.join(", ")))
}

/// The uncertain addresses in the order of the model, and the uniforms of each after they are tied.
struct Drawn {
    addresses: Vec<Address>,
    columns: Vec<Vec<f64>>,
    dependence: Dependence,
}

impl Drawn {
    fn of(model: &Model, points: Points, draws: usize) -> Self {
        let uncertain = model.assumptions().iter().filter(|assumption| assumption.distribution.is_some());
        let addresses: Vec<Address> = uncertain.map(|assumption| assumption.address.clone()).collect();
        let dependence = Dependence::new(model.correlations(), &addresses);
        let sampler = Sampler::new(points, Seed(11), draws as u64, &addresses).unwrap();
        let mut whole = vec![0.0; draws * addresses.len()];
        for (address, column) in addresses.iter().zip(whole.chunks_mut(draws)) {
            sampler.uniforms(address).unwrap().fill(0, column);
        }
        dependence.apply(&mut whole, draws, draws);
        Self { addresses, columns: whole.chunks(draws).map(<[f64]>::to_vec).collect(), dependence }
    }

    fn column(&self, id: &str) -> &[f64] {
        let address: Address =
            if id.len() == 1 || id == "free" { format!("assumptions.{id}") } else { id.to_owned() }.parse().unwrap();
        let position = self.addresses.iter().position(|other| *other == address).unwrap();
        &self.columns[position]
    }

    fn rank(&self, first: &str, second: &str) -> f64 {
        spearman(self.column(first), self.column(second))
    }
}

fn drawn(model: &Model) -> Drawn {
    Drawn::of(model, Points::Random, DRAWS)
}

/// The rank of each value, from 0.
fn ranked(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|left, right| values[*left].total_cmp(&values[*right]));
    let mut ranks = vec![0.0; values.len()];
    order.iter().enumerate().for_each(|(rank, at)| ranks[*at] = rank as f64);
    ranks
}

fn spearman(first: &[f64], second: &[f64]) -> f64 {
    let (first, second) = (ranked(first), ranked(second));
    let mean = (first.len() as f64 - 1.0) / 2.0;
    let products: f64 = first.iter().zip(&second).map(|(x, y)| (x - mean) * (y - mean)).sum();
    let squares: f64 = first.iter().map(|x| (x - mean) * (x - mean)).sum();
    products / squares
}

/// The standard error of a rank correlation: D. G. Bonett and T. A. Wright, Psychometrika 65 (2000), 23-28.
fn error_at(rank: f64) -> f64 {
    (1.0 - rank * rank) * ((1.0 + rank * rank / 2.0) / (DRAWS as f64 - 3.0)).sqrt()
}

fn assert_rank(drawn: &Drawn, first: &str, second: &str, asked: f64) {
    let found = drawn.rank(first, second);
    assert!((found - asked).abs() <= ERRORS * error_at(asked), "{first}, {second}: asked {asked}, found {found}");
}

/// Kolmogorov's distance of a column from the uniform distribution, in units of 1/√n.
fn distance_from_uniform(column: &[f64]) -> f64 {
    let mut sorted = column.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let apart = |(at, u): (usize, &f64)| ((at as f64 + 1.0) / n - u).max(u - at as f64 / n);
    sorted.iter().enumerate().map(apart).fold(0.0, f64::max) * n.sqrt()
}

/// Exceeded by one of 10,000 columns of uniform draws.
const FAR_FROM_UNIFORM: f64 = 2.23;

#[test]
fn the_rank_correlation_asked_for_is_achieved_whatever_the_distributions() {
    for asked in [-0.95, -0.7, -0.3, -0.05, 0.0, 0.1, 0.5, 0.8, 0.95] {
        let model = ranks("ab", &format!("rank = {asked}"));
        let drawn = drawn(&model);
        assert_rank(&drawn, "a", "b", asked);
        // The values, by their inverses: a skewed one against a skewed one.
        let values = |id: &str| {
            let slot = model.number_at(&format!("assumptions.{id}")).unwrap();
            let inverse = Inverse::new(model.assumption(slot).unwrap().distribution.as_ref().unwrap());
            drawn.column(id).iter().map(|u| inverse.at(*u)).collect::<Vec<f64>>()
        };
        let found = spearman(&values("a"), &values("b"));
        assert!((found - asked).abs() <= ERRORS * error_at(asked), "{asked}: {found}");
    }
}

#[test]
fn every_pair_of_a_matrix_has_its_own_rank_correlation() {
    let drawn = drawn(&ranks("cad", "matrix = [[1, 0.6, -0.4], [0.6, 1, 0.2], [-0.4, 0.2, 1]]"));
    for (first, second, asked) in
        [("c", "a", 0.6), ("c", "d", -0.4), ("a", "d", 0.2), ("c", "free", 0.0), ("a", "e", 0.0)]
    {
        assert_rank(&drawn, first, second, asked);
    }
    assert!(drawn.dependence.repairs().is_empty());
}

#[test]
fn every_column_stays_uniform() {
    let model = ranks("abcde", "rank = 0.7");
    for points in [Points::Random, Points::Latin, Points::Sobol] {
        let drawn = Drawn::of(&model, points, DRAWS);
        for (address, column) in drawn.addresses.iter().zip(&drawn.columns) {
            let distance = distance_from_uniform(column);
            assert!(distance < FAR_FROM_UNIFORM, "{points:?} {address}: {distance}");
        }
    }
}

#[test]
fn the_first_member_and_all_that_is_not_tied_keep_their_draws() {
    let (free, tied) = (drawn(&tied("")), drawn(&ranks("bda", "rank = 0.5")));
    assert!(free.dependence.is_empty() && !tied.dependence.is_empty());
    for id in ["b", "c", "e", "free"] {
        assert_eq!(free.column(id), tied.column(id), "{id}");
    }
    for id in ["d", "a"] {
        assert_ne!(free.column(id), tied.column(id), "{id}");
    }
}

#[test]
fn the_order_of_members_says_whose_draws_are_kept_and_nothing_else() {
    let (one, other) = (drawn(&ranks("abc", "rank = 0.4")), drawn(&ranks("cba", "rank = 0.4")));
    for drawn in [&one, &other] {
        for (first, second) in [("a", "b"), ("a", "c"), ("b", "c")] {
            assert_rank(drawn, first, second, 0.4);
        }
        for id in ["a", "b", "c"] {
            assert!(distance_from_uniform(drawn.column(id)) < FAR_FROM_UNIFORM);
        }
    }
    let free = drawn(&tied(""));
    assert_eq!([one.column("a"), other.column("c")], [free.column("a"), free.column("c")]);
}

#[test]
fn perfect_pairs_are_the_same_draw_or_its_mirror() {
    let one = drawn(&ranks("ab", "rank = 1"));
    assert_eq!(one.column("a"), one.column("b"));
    let three = drawn(&ranks("acb", "matrix = [[1, 0.5, -1], [0.5, 1, -0.5], [-1, -0.5, 1]]"));
    let mirrored: Vec<f64> = three.column("a").iter().map(|u| 1.0 - u).collect();
    assert_eq!(three.column("b"), mirrored);
    assert_rank(&three, "a", "c", 0.5);
    assert!(three.dependence.repairs().is_empty());
}

#[test]
fn a_signed_block_moves_as_one_by_the_first_of_its_addresses() {
    let block = "[[correlations]]\nid = \"trial\"\ntogether = { \"assumptions.d\" = 1, \"assumptions.b\" = -1, \"assumptions.c\" = -1 }";
    let (free, tied) = (drawn(&tied("")), drawn(&tied(block)));
    assert_eq!(tied.column("b"), free.column("b"));
    assert_eq!(tied.column("c"), free.column("b"));
    let mirrored: Vec<f64> = free.column("b").iter().map(|u| 1.0 - u).collect();
    assert_eq!(tied.column("d"), mirrored);
    // The order of keys has no meaning: the same model has the same draws.
    let turned =
        block.replace("\"assumptions.d\" = 1, \"assumptions.b\" = -1", "\"assumptions.b\" = -1, \"assumptions.d\" = 1");
    assert_eq!(drawn(&self::tied(&turned)).columns, tied.columns);
}

#[test]
fn what_cannot_be_is_repaired_and_the_repair_says_what_is_achieved() {
    let drawn = drawn(&ranks("abc", "matrix = [[1, 0.9, -0.5], [0.9, 1, 0.8], [-0.5, 0.8, 1]]"));
    let repair = &drawn.dependence.repairs()[0];
    assert_eq!((repair.correlation.as_str(), repair.address.as_str()), ("tie", "correlations.tie"));
    assert_eq!(repair.pairs.iter().map(|pair| pair.asked).collect::<Vec<_>>(), [0.9, -0.5, 0.8]);
    for pair in &repair.pairs {
        assert_rank(&drawn, pair.first.as_str(), pair.second.as_str(), pair.used);
        assert!(pair.change() <= repair.largest_change());
    }
    assert!((0.2..0.6).contains(&repair.largest_change()), "{}", repair.largest_change());
}

#[test]
fn numbers_that_all_go_against_each_other_do_so_as_far_as_they_can() {
    // Three normals have a common correlation of -1/2 at the lowest: ranks of 6/π asin(-1/4).
    let drawn = drawn(&ranks("abc", "rank = -0.8"));
    let repair = &drawn.dependence.repairs()[0];
    let lowest = 6.0 / std::f64::consts::PI * libm::asin(-0.25);
    for pair in &repair.pairs {
        assert!((pair.used - lowest).abs() < 1e-6, "{pair:?}");
        assert_rank(&drawn, pair.first.as_str(), pair.second.as_str(), lowest);
    }
    let label = repair.label();
    assert_eq!(
        label.en,
        "`tie` asks for rank correlations that no numbers have together; the nearest they can have are used for 3 pairs, and \
         `assumptions.a` and `assumptions.b` move furthest, from -0.800 to -0.483"
    );
    assert_eq!(
        label.nb.unwrap(),
        "`tie` ber om rangkorrelasjoner som ingen tall kan ha samtidig; de nærmeste de kan ha, er brukt for 3 par, og \
         `assumptions.a` og `assumptions.b` flyttes lengst, fra -0,800 til -0,483"
    );
}

#[test]
fn a_number_that_is_fixed_drops_out_and_the_others_keep_their_ranks() {
    let model = ranks("abc", "matrix = [[1, 0.6, 0.3], [0.6, 1, 0.7], [0.3, 0.7, 1]]");
    let fixed = drawn(&model.with("assumptions.a", 100).unwrap());
    assert_rank(&fixed, "b", "c", 0.7);
    assert_eq!(fixed.column("b"), drawn(&tied("")).column("b"));
    let alone = drawn(&model.with_all([("assumptions.a", 100), ("assumptions.b", 2)]).unwrap());
    assert!(alone.dependence.is_empty());
}

#[test]
fn blocks_of_any_size_in_any_order_have_the_same_bits() {
    let text = "[[correlations]]\nid = \"trial\"\ntogether = { \"assumptions.e\" = 1, \"assumptions.d\" = -1 }\n\
                [[correlations]]\nid = \"tie\"\nbetween = [\"assumptions.c\", \"assumptions.a\", \"assumptions.b\"]\nrank = 0.6";
    let model = tied(text);
    let whole = Drawn::of(&model, Points::Random, 5_000);
    let sampler = Sampler::new(Points::Random, Seed(11), 5_000, &whole.addresses).unwrap();
    // Runs are longer than what is filled of them, and what is not filled stays.
    let stride = 2_050;
    for parts in [vec![2_048, 2_048, 904], vec![1, 127, 128, 129, 2_047, 7, 1_000, 1_561]] {
        let mut last = 5_000;
        for part in parts.iter().rev() {
            let first = last - part;
            let mut block = vec![0.123; stride * whole.addresses.len()];
            for (address, run) in whole.addresses.iter().zip(block.chunks_mut(stride)) {
                sampler.uniforms(address).unwrap().fill(first as u64, &mut run[..*part]);
            }
            whole.dependence.apply(&mut block, stride, *part);
            for (run, column) in block.chunks(stride).zip(&whole.columns) {
                assert_eq!(run[..*part], column[first..last]);
                assert!(run[*part..].iter().all(|rest| *rest == 0.123));
            }
            last = first;
        }
    }
}

#[test]
fn all_who_read_the_same_document_draw_the_same_bits() {
    // Computed by this library on x86-64 and kept: a machine or a compiler that draws otherwise shows here. Python's own integers
    // and its `statistics.NormalDist` agree to the last two bits, by the definitions of `simulation` and of the copula.
    let drawn = Drawn::of(&ranks("abc", "rank = 0.6"), Points::Random, 3);
    let bits: Vec<String> = drawn.column("c").iter().map(|u| format!("{:016x}", u.to_bits())).collect();
    assert_eq!(bits, KEPT_BITS);
}

const KEPT_BITS: [&str; 3] = ["3fce5d8ec2030774", "3fe4f755500431c0", "3fd211f4d6e63e62"];

/// Rank correlations in hundredths for up to six numbers: impossible more often than not.
fn matrices() -> impl Strategy<Value = Vec<Vec<i32>>> {
    (2..6_usize).prop_flat_map(|size| proptest::collection::vec(proptest::collection::vec(-100..=100, size), size))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_matrix_makes_a_draw_that_is_none(matrix in matrices()) {
        let entry = |row: usize, column: usize| match row.cmp(&column) {
            std::cmp::Ordering::Equal => "1".to_owned(),
            std::cmp::Ordering::Less => format!("{}e-2", matrix[row][column]),
            std::cmp::Ordering::Greater => format!("{}e-2", matrix[column][row]),
        };
        let size = matrix.len();
        let rows = (0..size).map(|row| format!("[{}]", (0..size).map(|column| entry(row, column)).collect::<Vec<_>>().join(", ")));
        let model = ranks(&"abcde"[..size], &format!("matrix = [{}]", rows.collect::<Vec<_>>().join(", ")));
        let drawn = Drawn::of(&model, Points::Random, 500);
        for column in &drawn.columns {
            prop_assert!(column.iter().all(|u| *u > 0.0 && *u < 1.0));
            // Five hundred draws, one of 10,000 columns at 200 times 6: a column gone astray is far beyond this.
            prop_assert!(distance_from_uniform(column) < 3.0);
        }
        for pair in drawn.dependence.repairs().iter().flat_map(|repair| &repair.pairs) {
            prop_assert!(pair.used.abs() <= 1.0 && pair.change() > 0.0);
        }
    }
}
