//! The standard normal distribution: density, both tails, and the inverse.
//!
//! The tails are halves of the complementary error function. The inverse is algorithm AS 241 (PPND16): M. J. Wichura,
//! "The percentage points of the normal distribution", Applied Statistics 37 (1988), 477-484; about 1 part in 10^16.

use std::f64::consts::FRAC_1_SQRT_2;

/// The logarithm of the square root of 2π.
pub(crate) const LN_SQRT_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// The logarithm of the density at `z`.
pub(crate) fn ln_density(z: f64) -> f64 {
    -0.5 * z * z - LN_SQRT_TWO_PI
}

/// The density at `z`.
pub(crate) fn density(z: f64) -> f64 {
    libm::exp(ln_density(z))
}

/// The chance of a value at or below `z`.
pub(crate) fn cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The value with chance `p` at or below it, for `p` in (0, 1/2]: accurate however small `p` is.
fn lower_half(p: f64) -> f64 {
    let centred = p - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * ratio(&BODY, r);
    }
    let r = libm::sqrt(-libm::log(p));
    if r <= 5.0 { -ratio(&TAIL, r - 1.6) } else { -ratio(&FAR_TAIL, r - 5.0) }
}

/// The value with chance `p` at or below it, for `p` in (0, 1).
pub(crate) fn quantile(p: f64) -> f64 {
    if p <= 0.5 { lower_half(p) } else { -lower_half(1.0 - p) }
}

/// Numerator and denominator of a rational approximation, highest power first.
struct Rational {
    above: [f64; 8],
    below: [f64; 8],
}

fn ratio(rational: &Rational, r: f64) -> f64 {
    let horner = |coefficients: &[f64; 8]| coefficients.iter().fold(0.0, |sum, c| sum * r + c);
    horner(&rational.above) / horner(&rational.below)
}

#[expect(clippy::excessive_precision, reason = "the coefficients stand as they were published")]
const BODY: Rational = Rational {
    above: [
        2.509_080_928_730_122_672_7e3,
        3.343_057_558_358_812_810_5e4,
        6.726_577_092_700_870_085_3e4,
        4.592_195_393_154_987_145_7e4,
        1.373_169_376_550_946_112_5e4,
        1.971_590_950_306_551_442_7e3,
        1.331_416_678_917_843_774_5e2,
        3.387_132_872_796_366_608_0,
    ],
    below: [
        5.226_495_278_852_854_561_0e3,
        2.872_908_573_572_194_267_4e4,
        3.930_789_580_009_271_061_0e4,
        2.121_379_430_158_659_586_7e4,
        5.394_196_021_424_751_107_7e3,
        6.871_870_074_920_579_083_0e2,
        4.231_333_070_160_091_125_2e1,
        1.0,
    ],
};

#[expect(clippy::excessive_precision, reason = "the coefficients stand as they were published")]
const TAIL: Rational = Rational {
    above: [
        7.745_450_142_783_414_076_40e-4,
        2.272_384_498_926_918_458_33e-2,
        2.417_807_251_774_506_117_70e-1,
        1.270_458_252_452_368_382_58,
        3.647_848_324_763_204_605_04,
        5.769_497_221_460_691_405_50,
        4.630_337_846_156_545_295_90,
        1.423_437_110_749_683_577_34,
    ],
    below: [
        1.050_750_071_644_416_843_24e-9,
        5.475_938_084_995_344_946_00e-4,
        1.519_866_656_361_645_719_66e-2,
        1.481_039_764_274_800_745_90e-1,
        6.897_673_349_851_000_045_50e-1,
        1.676_384_830_183_803_849_40,
        2.053_191_626_637_758_821_87,
        1.0,
    ],
};

#[expect(clippy::excessive_precision, reason = "the coefficients stand as they were published")]
const FAR_TAIL: Rational = Rational {
    above: [
        2.010_334_399_292_288_132_65e-7,
        2.711_555_568_743_487_578_15e-5,
        1.242_660_947_388_078_438_60e-3,
        2.653_218_952_657_612_309_30e-2,
        2.965_605_718_285_048_912_30e-1,
        1.784_826_539_917_291_335_80,
        5.463_784_911_164_114_369_90,
        6.657_904_643_501_103_777_20,
    ],
    below: [
        2.044_263_103_389_939_785_64e-15,
        1.421_511_758_316_445_888_70e-7,
        1.846_318_317_510_054_681_80e-5,
        7.868_691_311_456_132_591_00e-4,
        1.487_536_129_085_061_485_25e-2,
        1.369_298_809_227_358_053_10e-1,
        5.998_322_065_558_879_376_90e-1,
        1.0,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_undoes_the_lower_tail_down_to_the_smallest_chances() {
        for p in [1e-300, 1e-100, 1e-12, 1e-6, 0.02, 0.07, 0.08, 0.3, 0.5, 0.7, 0.95] {
            let back = cdf(quantile(p));
            // A unit in the last place of z moves a tail of z deviations by z² units.
            assert!((back / p - 1.0).abs() < 1e-12, "{p}: {back}");
        }
    }

    #[test]
    fn the_median_is_zero() {
        assert_eq!(quantile(0.5), 0.0);
    }
}
