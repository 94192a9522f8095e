//! The only door to transcendental functions.
//!
//! `f64::exp` and its like differ between targets, so every call goes through here: to series of plain
//! arithmetic, or to the pinned `libm`, which is that too. Both give one result everywhere (a test keeps
//! known bits).

/// The exponential of `x`, by the series that [`pow`] uses.
#[inline]
pub fn exp(x: f64) -> f64 {
    let power = x * std::f64::consts::LOG2_E;
    if power.abs() < 1000.0 { two_to_the(power) } else { libm::exp(x) }
}

/// The natural logarithm of `x`; not-a-number below zero.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// `base` to the power `exponent`.
///
/// As two to the power of the exponent times the binary logarithm, both by series, to within a few times
/// 1e-15: a fifth of the time that `libm` takes to be right to the last bit, and powers were a tenth of a
/// run. What the series are not made for (zero, negative or infinite bases, results beyond the range) is left
/// to `libm`.
#[inline]
pub fn pow(base: f64, exponent: f64) -> f64 {
    let power = exponent * binary_logarithm(base);
    let normal = (f64::MIN_POSITIVE..f64::INFINITY).contains(&base);
    if normal && power.abs() < 1000.0 { two_to_the(power) } else { libm::pow(base, exponent) }
}

/// The binary logarithm of a normal number above zero: the exponent, and a series in (m - 1) / (m + 1) for a
/// fraction m between the roots of a half and of two.
#[inline]
fn binary_logarithm(x: f64) -> f64 {
    const FRACTION: u64 = (1 << 52) - 1;
    let bits = x.to_bits();
    let fraction = f64::from_bits(bits & FRACTION | 1.0_f64.to_bits());
    let high = fraction > std::f64::consts::SQRT_2;
    let m = if high { 0.5 * fraction } else { fraction };
    let exponent = f64::from((bits >> 52 & 0x7FF) as i32 - 1023 + i32::from(high));
    let t = (m - 1.0) / (m + 1.0);
    let (s, s2) = (t * t, t * t * (t * t));
    // 1 + s/3 + s^2/5 + ... + s^8/17, in pairs, so that the processor can work at several at once.
    let first = (1.0 + s * (1.0 / 3.0)) + s2 * (1.0 / 5.0 + s * (1.0 / 7.0));
    let second = (1.0 / 9.0 + s * (1.0 / 11.0)) + s2 * (1.0 / 13.0 + s * (1.0 / 15.0));
    let series = first + s2 * s2 * (second + s2 * s2 * (1.0 / 17.0));
    exponent + 2.0 * std::f64::consts::LOG2_E * t * series
}

/// Two to a power within 1,000 of zero: a whole exponent, and the exponential series for the rest.
#[inline]
fn two_to_the(power: f64) -> f64 {
    // Adding it leaves the nearest whole number in the lowest bits.
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    let shifted = power + WHOLE;
    let z = (power - (shifted - WHOLE)) * std::f64::consts::LN_2;
    let (z2, z4) = (z * z, z * z * (z * z));
    let first = (1.0 + z) + z2 * (1.0 / 2.0 + z * (1.0 / 6.0));
    let second = (1.0 / 24.0 + z * (1.0 / 120.0)) + z2 * (1.0 / 720.0 + z * (1.0 / 5_040.0));
    let third =
        (1.0 / 40_320.0 + z * (1.0 / 362_880.0)) + z2 * (1.0 / 3_628_800.0 + z * (1.0 / 39_916_800.0));
    let series = first + z4 * (second + z4 * (third + z4 * (1.0 / 479_001_600.0)));
    let whole = shifted.to_bits().wrapping_sub(WHOLE.to_bits()) as i64;
    series * f64::from_bits(((whole + 1023) as u64) << 52)
}

/// The sine of `x` radians.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// The cosine of `x` radians.
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// The logistic function 1 / (1 + e^-x).
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// The distribution function of the standard normal.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The quantile of the standard normal at `p` in (0, 1), clamped just inside.
///
/// Acklam's rational approximation (relative error below 1.15e-9), enough for draws and tables.
pub fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] =
        [0.007_784_695_709_041_462, 0.322_467_129_070_039_8, 2.445_134_137_142_996, 3.754_408_661_907_416];
    let p = p.clamp(1e-300, 1.0 - 1e-16);
    let tail = |q: f64| {
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
            / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0)
    };
    if p < 0.02425 {
        return tail((-2.0 * ln(p)).sqrt());
    }
    if p > 1.0 - 0.02425 {
        return -tail((-2.0 * ln(1.0 - p)).sqrt());
    }
    let q = p - 0.5;
    let r = q * q;
    (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
        / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_bits_do_not_drift() {
        assert_eq!(exp(1.0).to_bits(), 0x4005_BF0A_8B14_5769);
        assert_eq!(ln(10.0).to_bits(), 0x4002_6BB1_BBB5_5516);
        assert_eq!(pow(2.0, 0.5).to_bits(), 0x3FF6_A09E_667F_3BCC);
    }

    #[test]
    fn powers_are_those_of_libm_to_a_hundred_trillionth() {
        for step in 0..20_000 {
            let base = libm::exp(f64::from(step % 200 - 100) * 0.1 + f64::from(step) * 1e-6);
            let exponent = f64::from(step / 200 - 50) * 0.173;
            let exact = libm::pow(base, exponent);
            assert!((pow(base, exponent) / exact - 1.0).abs() < 1e-13, "{base} to {exponent}");
        }
        for step in -7_000..7_000 {
            let x = f64::from(step) * 0.01;
            assert!((exp(x) / libm::exp(x) - 1.0).abs() < 1e-13, "{x}");
        }
        assert_eq!((exp(0.0), exp(-1e9), exp(1e9)), (1.0, 0.0, f64::INFINITY));
        assert_eq!((pow(1.0, 7.3), pow(2.0, 0.0), pow(2.0, -3.0)), (1.0, 1.0, 0.125));
        assert_eq!((pow(0.0, 2.0), pow(0.0, -1.0)), (0.0, f64::INFINITY));
        assert!(pow(-1.0, 0.5).is_nan() && pow(f64::NAN, 1.0).is_nan());
        assert_eq!((pow(10.0, 400.0), pow(10.0, -400.0)), (f64::INFINITY, 0.0));
        assert_eq!((pow(f64::INFINITY, 1.0), pow(1e-310, 1.0)), (f64::INFINITY, 1e-310));
    }

    #[test]
    fn the_normal_quantile_inverts_the_distribution_function() {
        for i in 1..1000 {
            let p = f64::from(i) / 1000.0;
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-8, "{p}");
        }
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-7);
    }
}
