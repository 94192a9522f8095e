//! Many tests at once: p-values that keep the chance of any false finding in a family of tests.

/// Holm's step-down p-values, in the order of the given ones: with the family's nulls all true, the chance
/// that any of them is below a level is that level at most, however the tests depend on each other (Holm,
/// *Scandinavian Journal of Statistics* 1979). What has no p-value has none here and counts for nothing.
pub fn holm(tests: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<usize> = (0..tests.len()).filter(|&at| tests[at].is_some()).collect();
    order.sort_by(|&a, &b| {
        tests[a].partial_cmp(&tests[b]).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(&b))
    });
    let mut adjusted = vec![None; tests.len()];
    let mut least = 0.0_f64;
    for (rank, &at) in order.iter().enumerate() {
        let p = tests[at].unwrap_or(1.0) * (order.len() - rank) as f64;
        least = least.max(p.min(1.0));
        adjusted[at] = Some(least);
    }
    adjusted
}
