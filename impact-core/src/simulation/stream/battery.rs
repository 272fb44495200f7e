//! A statistical battery for streams: within one, across addresses, across seeds.
//!
//! One rule: seeds are fixed, so a verdict never changes by itself. A source fails a test where fewer than one fair source in a
//! million would be as far out on either side (`FAIR`); some three hundred verdicts are given, so all pass for a fair
//! definition with a chance of 0.9994. Weak sources are put through the same battery and must fail.
//!
//! Methods: D. E. Knuth, "The Art of Computer Programming" 2, 3.3.2 (equidistribution, serial, gap); G. Marsaglia, "A
//! current view of random number generators" (1985; birthday spacings).

use super::measures::{chi_square, correlation, even, kolmogorov, normal_tail, poisson_tail};
use super::{GOLDEN, Seed, Stream, midpoint, mix};
use crate::address::Address;

/// The share of fair sources that a test may turn away on either side.
const FAIR: f64 = 1e-6;

/// Numbers in 64 bits by position.
type Source = Box<dyn Fn(u64) -> u64>;

fn address(position: u64) -> Address {
    format!("outcomes.outcome-{position}.deadweight").parse().unwrap()
}

/// One stream; draw 0, 1, … of many addresses in turn; the same of many seeds; and streams of the simplest seeds.
fn sources() -> Vec<(&'static str, Source)> {
    let one = Stream::new(Seed(7), &address(0));
    let addresses: Vec<Stream> = (0..1_024).map(|position| Stream::new(Seed(1), &address(position))).collect();
    let seeds: Vec<Stream> = (0..1_024).map(|seed| Stream::new(Seed(seed), &address(1))).collect();
    let nought = Stream::new(Seed(0), &"a".parse().unwrap());
    let in_turn = |streams: Vec<Stream>| move |at: u64| streams[at as usize % 1_024].bits(at / 1_024);
    vec![
        ("one stream", Box::new(move |at| one.bits(at))),
        ("one stream, every 65,536th", Box::new(move |at| one.bits(at << 16))),
        ("one stream, backwards bits", Box::new(move |at| one.bits(at).reverse_bits())),
        ("the shortest address under seed 0", Box::new(move |at| nought.bits(at))),
        ("addresses in turn", Box::new(in_turn(addresses))),
        ("seeds in turn", Box::new(in_turn(seeds))),
    ]
}

/// What each test says of a source of `size` numbers: the name, and the share of fair sources farther out.
fn verdicts(source: &Source, size: u64) -> Vec<(String, f64)> {
    let mut verdicts = Vec::new();
    for cells in [16, 256, 4_096] {
        verdicts.push((format!("{cells} cells"), one_dimension(source, size, cells)));
    }
    for lag in [1, 2, 7, 1_024] {
        verdicts.push((format!("pairs {lag} apart"), two_dimensions(source, size, lag)));
        let pairs = (0..size).map(|at| (midpoint(source(at)), midpoint(source(at + lag))));
        verdicts.push((format!("serial correlation {lag} apart"), normal_tail(correlation(pairs))));
    }
    verdicts.push(("ones in each bit".to_owned(), bits(source, size)));
    verdicts.push(("gaps".to_owned(), gaps(source, size)));
    verdicts.push(("birthday spacings".to_owned(), birthdays(source, size)));
    let numbers = (0..size.min(200_000)).map(|at| midpoint(source(at))).collect();
    verdicts.push(("Kolmogorov-Smirnov".to_owned(), kolmogorov(numbers)));
    verdicts
}

fn one_dimension(source: &Source, size: u64, cells: usize) -> f64 {
    let mut counts = vec![0; cells];
    for at in 0..size {
        counts[(midpoint(source(at)) * cells as f64) as usize] += 1;
    }
    even(&counts)
}

fn two_dimensions(source: &Source, size: u64, lag: u64) -> f64 {
    let mut counts = vec![0; 4_096];
    for at in 0..size / 2 {
        // Pairs that share no number.
        let first = at / lag * 2 * lag + at % lag;
        let cell = |at: u64| (source(at) >> 58) as usize;
        counts[cell(first) * 64 + cell(first + lag)] += 1;
    }
    even(&counts)
}

fn bits(source: &Source, size: u64) -> f64 {
    let mut ones = [0_u64; 64];
    for at in 0..size {
        let number = source(at);
        for (bit, count) in ones.iter_mut().enumerate() {
            *count += (number >> bit) & 1;
        }
    }
    let half = size as f64 / 2.0;
    let statistic = ones.iter().map(|count| (*count as f64 - half) * (*count as f64 - half) / (half / 2.0)).sum();
    super::measures::chi_square_tail(statistic, 64)
}

/// How many numbers lie between two in the lowest eighth.
fn gaps(source: &Source, size: u64) -> f64 {
    const LONGEST: usize = 60;
    let mut counts = [0_u64; LONGEST + 1];
    let mut gap = 0;
    for at in 0..size {
        if source(at) >> 61 == 0 {
            counts[gap.min(LONGEST)] += 1;
            gap = 0;
        } else {
            gap += 1;
        }
    }
    let found = counts.iter().sum::<u64>() as f64;
    let longer = |gap: usize| (0..gap).fold(found, |left, _| left * 0.875);
    chi_square(&counts, |gap| if gap < LONGEST { longer(gap) * 0.125 } else { longer(gap) })
}

/// 512 birthdays in a year of 2²⁴ days: pairs of equal spacings are nearly Poisson.
fn birthdays(source: &Source, size: u64) -> f64 {
    const GUESTS: u64 = 512;
    let years = size / GUESTS;
    let mut pairs = 0;
    for year in 0..years {
        let mut days: Vec<u64> = (0..GUESTS).map(|guest| source(year * GUESTS + guest) >> 40).collect();
        days.sort_unstable();
        let mut spacings: Vec<u64> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
        spacings.sort_unstable();
        let equal = spacings.chunk_by(|one, other| one == other).map(|group| group.len() as u64);
        pairs += equal.map(|alike| alike * (alike - 1) / 2).sum::<u64>();
    }
    // n points make (n − 1)(n − 2) / 2 pairs of spacings, and two spacings are equal with chance n / 2 days.
    poisson_tail(pairs, years * GUESTS * (GUESTS - 1) * (GUESTS - 2) / (4 << 24))
}

/// The tests a source fails.
fn failures(source: &Source, size: u64) -> Vec<(String, f64)> {
    let fair = FAIR..=1.0 - FAIR;
    verdicts(source, size).into_iter().filter(|(_, tail)| !fair.contains(tail)).collect()
}

#[test]
fn streams_pass_within_themselves_across_addresses_and_across_seeds() {
    for (name, source) in sources() {
        assert_eq!(failures(&source, 1 << 18), [], "{name}");
    }
}

#[test]
#[ignore = "some minutes: cargo test --release -p impact-core battery -- --ignored"]
fn streams_pass_at_length() {
    for (name, source) in sources() {
        assert_eq!(failures(&source, 1 << 26), [], "{name}");
    }
}

#[test]
fn weak_sources_fail() {
    let counter: Source = Box::new(|at| at.wrapping_mul(GOLDEN));
    let poor_bits: Source = Box::new(|at| mix(at) & !(1 << 40));
    let repeated: Source = Box::new(|at| mix(at / 2));
    let in_turn: Source = Box::new(|at| mix((at % 1_024).wrapping_mul(GOLDEN)).wrapping_add((at / 1_024) << 50));
    for (name, source) in
        [("a counter", counter), ("a stuck bit", poor_bits), ("pairs", repeated), ("shifted addresses", in_turn)]
    {
        assert_ne!(failures(&source, 1 << 18), [], "{name}");
    }
}

#[test]
fn no_two_of_many_streams_move_together() {
    const DRAWS: usize = 4_096;
    let by_address = (0..40).map(|position| Stream::new(Seed(3), &address(position)));
    let by_seed = (4..40).map(|seed| Stream::new(Seed(seed), &address(0)));
    let flipped = (0..40).map(|bit| Stream::new(Seed(3 ^ (1 << (bit + 6))), &address(0)));
    let columns: Vec<Vec<f64>> = by_address
        .chain(by_seed)
        .chain(flipped)
        .map(|stream| {
            let mut column = vec![0.0; DRAWS];
            stream.fill(0, &mut column);
            column
        })
        .collect();
    let (mut squares, mut pairs) = (0.0, 0);
    for (position, one) in columns.iter().enumerate() {
        for (other, column) in columns.iter().enumerate().skip(position + 1) {
            let deviations = correlation(one.iter().copied().zip(column.iter().copied()));
            assert!(normal_tail(deviations.abs()) > FAIR / 6_670.0, "{position} and {other}: {deviations}");
            squares += deviations * deviations;
            pairs += 1;
        }
    }
    let tail = super::measures::chi_square_tail(squares, pairs);
    assert!((FAIR..=1.0 - FAIR).contains(&tail), "{tail} over {pairs} pairs");
}

#[test]
fn pairs_of_addresses_fill_the_square_evenly() {
    for other in [1, 2, 10] {
        let (x, y) = (Stream::new(Seed(5), &address(0)), Stream::new(Seed(5), &address(other)));
        let mut counts = vec![0; 4_096];
        for draw in 0..1 << 18 {
            counts[(x.bits(draw) >> 58) as usize * 64 + (y.bits(draw) >> 58) as usize] += 1;
        }
        let tail = even(&counts);
        assert!((FAIR..=1.0 - FAIR).contains(&tail), "{other}: {tail}");
    }
}

#[test]
fn a_changed_bit_of_seed_or_draw_changes_half_the_bits() {
    let bits = |seed: u64, draw: u64| Stream::new(Seed(seed), &address(0)).bits(draw);
    for bit in 0..64 {
        let changed = |flip: &dyn Fn(u64) -> u64| (0..1_000).map(|at| flip(at).count_ones()).sum::<u32>();
        let by_draw = changed(&|draw| bits(9, draw) ^ bits(9, draw ^ (1 << bit)));
        let by_seed = changed(&|seed| bits(seed, 5) ^ bits(seed ^ (1 << bit), 5));
        // 64,000 fair bits: a standard deviation of 126.
        for count in [by_draw, by_seed] {
            let tail = normal_tail((f64::from(count) - 32_000.0).abs() / 126.49);
            assert!(tail > FAIR, "bit {bit}: {count} of 64,000");
        }
    }
}
