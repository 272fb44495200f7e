//! The exponential function over lanes.
//!
//! One rule: plain additions, multiplications and shifts only, so that a compiler can widen it and every machine gives the
//! same bits.
//! Method: reduction by multiples of ln 2 in two parts, the first with so few bits that its multiples are exact; then the Taylor
//! polynomial of degree 13 on half a multiple, whose remainder is below 1e-17. A test holds it to libm.

use crate::number::Lanes;

const LOG2_E: f64 = std::f64::consts::LOG2_E;
/// ln 2 with its last 21 bits zero, so that small multiples are exact, and the rest.
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// Added to a float and taken away again, it rounds to whole numbers; the low bits then hold the number.
const TO_WHOLE: f64 = 6_755_399_441_055_744.0;
/// Beyond this nothing is left of a float.
const LARGEST: f64 = 700.0;
/// The bits of 1.0.
const ONE: u64 = 0x3ff0_0000_0000_0000;

/// 1/n! from n = 13 down to 0.
const TAYLOR: [f64; 14] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// `e^x` in each lane; arguments are held within ±700.
#[inline(always)]
pub(super) fn exp<const N: usize>(x: Lanes<N>) -> Lanes<N> {
    let mut whole = x.0;
    let mut rest = x.0;
    for (whole, rest) in whole.iter_mut().zip(&mut rest) {
        let x = if *rest > LARGEST { LARGEST } else { *rest };
        let x = if x < -LARGEST { -LARGEST } else { x };
        let shifted = x * LOG2_E + TO_WHOLE;
        let multiple = shifted - TO_WHOLE;
        *whole = shifted;
        *rest = (x - multiple * LN2_HIGH) - multiple * LN2_LOW;
    }
    let rest = Lanes(rest);
    let mut sum = Lanes::all(0.0);
    for coefficient in TAYLOR {
        sum = sum * rest + Lanes::all(coefficient);
    }
    for (sum, whole) in sum.0.iter_mut().zip(whole) {
        *sum *= f64::from_bits((whole.to_bits() << 52).wrapping_add(ONE));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_libm_to_the_last_digits() {
        for step in -6990..=6990 {
            let x = f64::from(step) * 0.1001;
            let (ours, theirs) = (exp(Lanes([x, -x])).0[0], libm::exp(x));
            assert!((ours / theirs - 1.0).abs() < 4e-16, "{x}: {ours} against {theirs}");
        }
    }

    #[test]
    fn ends_are_held() {
        assert_eq!(exp(Lanes([0.0, 1e300])).0, [1.0, exp(Lanes([700.0])).0[0]]);
        assert_eq!(exp(Lanes([-1e300])).0, exp(Lanes([-700.0])).0);
    }
}
