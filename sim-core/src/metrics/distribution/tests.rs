use super::*;
use crate::base::{Owner, Purpose, RandomStream, Seed};
use proptest::prelude::*;

const SCALES: [Scale; 4] = [Scale::DELIVERY_HOURS, Scale::MONTHLY_MONEY, Scale::YEARLY_MONEY, Scale::CHANGE];

fn of(scale: Scale, values: &[f64]) -> Histogram {
    let mut histogram = Histogram::new(scale);
    values.iter().for_each(|&value| histogram.record(value));
    histogram
}

/// Values that fall below, within and beyond a scale.
fn spread(scale: Scale, values: &[f64]) -> Vec<f64> {
    let (first, last) = (scale.bound(0), scale.bound(scale.buckets()));
    values.iter().map(|share| first + (last - first) * share * share * share.signum()).collect()
}

#[test]
fn published_bounds() {
    let last = |scale: Scale| scale.bound(scale.buckets());
    assert_eq!(last(Scale::DELIVERY_HOURS), 2_048.0);
    assert_eq!(last(Scale::MONTHLY_MONEY), 17_179_869_184.0);
    assert_eq!(last(Scale::YEARLY_MONEY), 214_748_364_800.0);
    assert_eq!((Scale::CHANGE.bound(0), Scale::CHANGE.bound(100), last(Scale::CHANGE)), (-0.5, 0.0, 0.5));
    assert_eq!(Scale::DELIVERY_HOURS.bound(8 * 5 + 4), 48.0);
}

/// Every bound begins its own bucket, and the float just before it ends the one before.
#[test]
fn bounds_and_slots_agree() {
    for scale in SCALES {
        for index in 0..=scale.buckets() {
            let bound = scale.bound(index);
            let (low, high) = scale.bounds(scale.slot(bound));
            let slack = if matches!(scale, Scale::Linear { .. }) { 1e-12 } else { 0.0 };
            assert!(low <= bound + slack && bound < high + slack, "{scale:?} {index}");
            if let Scale::Logarithmic { .. } = scale {
                assert_eq!(scale.slot(bound), index + 1, "{scale:?} {bound}");
                assert_eq!(scale.slot(bound.next_down()), index, "{scale:?} {bound}");
            }
        }
        assert_eq!(scale.slot(-1e300), 0);
        assert_eq!(scale.slot(1e300), scale.buckets() + 1);
    }
}

/// Relative widths stay within what the constants promise.
#[test]
fn logarithmic_buckets_are_relatively_narrow() {
    for (scale, widest) in
        [(Scale::DELIVERY_HOURS, 0.125), (Scale::MONTHLY_MONEY, 0.0625), (Scale::YEARLY_MONEY, 0.0625)]
    {
        for index in 0..scale.buckets() {
            let (low, high) = (scale.bound(index), scale.bound(index + 1));
            assert!(high > low && (high - low) / low <= widest * (1.0 + 1e-12), "{scale:?} {index}");
        }
    }
}

#[test]
fn faulty_values_are_set_apart() {
    let histogram = of(Scale::CHANGE, &[0.1, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
    assert_eq!((histogram.count(), histogram.refused()), (1, 3));
    assert!(histogram.filled().all(|bucket| (bucket.low, bucket.high) == (0.1, 0.1)));
    assert_eq!(histogram.quantile(0.5), Some(0.1));
}

#[test]
fn nothing_recorded_has_no_quantile() {
    let empty = Histogram::new(Scale::MONTHLY_MONEY);
    assert_eq!(empty.quantile(0.5), None);
    assert_eq!(empty.mean(), None);
    assert_eq!(empty.filled().count(), 0);
}

/// Partner incomes of a month: none, some, many.
#[test]
fn the_mean_is_exact() {
    let histogram = of(Scale::MONTHLY_MONEY, &[0.0, 340.0, 1_190.0, 3_584.0, 10_000.0]);
    assert_eq!(histogram.mean(), Some(3_022.8));
}

/// Log-normal delivery times, by order statistics.
#[test]
fn quantiles_are_within_a_bucket_of_the_exact_ones() {
    let mut stream = RandomStream::new(Seed(11), Owner::NATION, Purpose::Test, 0);
    let mut hours: Vec<f64> = (0..20_001).map(|_| stream.log_normal(68.0, 0.6).round()).collect();
    let histogram = of(Scale::DELIVERY_HOURS, &hours);
    hours.sort_by(f64::total_cmp);
    for percent in 0..=100_u32 {
        let exact = hours[percent as usize * 200];
        let found = histogram.quantile(f64::from(percent) / 100.0).unwrap();
        let (low, high) = histogram.scale().bounds(histogram.scale().slot(exact));
        assert!((found - exact).abs() <= high - low, "{percent} %: {found} for {exact}");
    }
}

proptest! {
    #[test]
    fn quantiles_are_near_the_exact_and_rise(
        shares in prop::collection::vec(-0.2_f64..1.2, 1..300), p in 0.0_f64..=1.0
    ) {
        for scale in SCALES {
            let mut values = spread(scale, &shares);
            let histogram = of(scale, &values);
            values.sort_by(f64::total_cmp);
            let found = histogram.quantile(p).unwrap();
            // A share p lies below the exact quantile: between the order statistics around p n.
            let rank = p * values.len() as f64;
            let at = |rank: f64| values[(rank.max(0.0) as usize).min(values.len() - 1)];
            let (low, high) = (at((rank - 1e-9).ceil() - 1.0), at(rank));
            let (least, greatest) = (values[0], values[values.len() - 1]);
            let reach = |value: f64| {
                let (low, high) = scale.bounds(scale.slot(value));
                (low.max(least), high.min(greatest))
            };
            prop_assert!(found >= reach(low).0 && found <= reach(high).1, "{:?} {}", scale, found);
            prop_assert!(histogram.quantile((p + 0.1).min(1.0)).unwrap() >= found);
        }
    }

    #[test]
    fn merging_is_the_same_in_any_order_and_grouping(
        first in prop::collection::vec(-0.2_f64..1.2, 0..50),
        second in prop::collection::vec(-0.2_f64..1.2, 0..50),
        third in prop::collection::vec(-0.2_f64..1.2, 0..50),
    ) {
        for scale in SCALES {
            let [a, b, c] = [&first, &second, &third].map(|shares| of(scale, &spread(scale, shares)));
            let merged = |mut left: Histogram, right: &Histogram| {
                left.merge(right).unwrap();
                left
            };
            let whole = of(scale, &spread(scale, &[first.clone(), second.clone(), third.clone()].concat()));
            prop_assert_eq!(&merged(merged(a.clone(), &b), &c), &whole);
            prop_assert_eq!(&merged(a.clone(), &merged(b.clone(), &c)), &whole);
            prop_assert_eq!(&merged(merged(c, &a), &b), &whole);
        }
    }

    #[test]
    fn a_weight_is_a_repetition(share in -0.2_f64..1.2, times in 0_u64..50) {
        for scale in SCALES {
            let value = spread(scale, &[share])[0];
            let mut weighted = Histogram::new(scale);
            weighted.record_many(value, times);
            prop_assert_eq!(weighted, of(scale, &vec![value; times as usize]));
        }
    }

    #[test]
    fn a_stored_histogram_comes_back(shares in prop::collection::vec(-0.2_f64..1.2, 0..50)) {
        let histogram = of(Scale::YEARLY_MONEY, &spread(Scale::YEARLY_MONEY, &shares));
        let bytes = postcard::to_stdvec(&histogram).unwrap();
        prop_assert_eq!(postcard::from_bytes::<Histogram>(&bytes).unwrap(), histogram);
    }
}

#[test]
fn a_stored_histogram_that_does_not_fit_its_scale_is_refused() {
    let bytes = postcard::to_stdvec(&Histogram::new(Scale::DELIVERY_HOURS)).unwrap();
    // The variant (1 byte), the first bound (8), then the number of doublings.
    for (place, value) in [(9, 12), (9, 0), (10, 60)] {
        let mut damaged = bytes.clone();
        damaged[place] = value;
        assert!(postcard::from_bytes::<Histogram>(&damaged).is_err(), "{place} {value}");
    }
    assert!(postcard::from_bytes::<Histogram>(&bytes).is_ok());
}

#[test]
fn another_scale_is_not_merged() {
    let mut hours = Histogram::new(Scale::DELIVERY_HOURS);
    assert_eq!(hours.merge(&Histogram::new(Scale::CHANGE)), Err(Scale::CHANGE));
}
