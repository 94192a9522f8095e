//! Groups of nodes of about equal weight.

use std::ops::Range;

/// Cuts nodes with these weights into at most `parts` neighbouring groups of about equal weight; together
/// they cover every node once, in order, and none is empty.
///
/// A group ends where its running total comes nearest to its share. Rejected: longest processing time
/// first, which balances better by a few per cent but scatters neighbours, when dealing out small groups as
/// threads become free balances better still.
pub fn contiguous(weights: &[u64], parts: usize) -> Vec<Range<usize>> {
    let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    let parts = parts.max(1) as u128;
    let mut groups = Vec::with_capacity(weights.len().min(parts as usize));
    let (mut start, mut sum) = (0, 0_u128);
    for (at, &weight) in weights.iter().enumerate() {
        sum += u128::from(weight);
        let cuts = groups.len() as u128 + 1;
        // The middle of this node lies beyond the next cut: end the group before it.
        let beyond = (2 * sum - u128::from(weight)) * parts > 2 * cuts * total;
        if beyond && at > start && cuts < parts {
            groups.push(start..at);
            start = at;
        }
    }
    if start < weights.len() {
        groups.push(start..weights.len());
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(weights: &[u64], parts: usize) -> Vec<Range<usize>> {
        let groups = contiguous(weights, parts);
        let covered: Vec<usize> = groups.iter().cloned().flatten().collect();
        assert_eq!(covered, (0..weights.len()).collect::<Vec<_>>());
        assert!(groups.len() <= parts.max(1) && groups.iter().all(|group| !group.is_empty()));
        groups
    }

    #[test]
    fn every_node_is_in_one_group_whatever_the_weights() {
        for parts in [0, 1, 2, 7, 100] {
            for weights in [&[][..], &[0], &[0, 0, 0], &[u64::MAX; 5], &[1, 1000, 1, 1], &[9, 1]] {
                check(weights, parts);
            }
        }
    }

    #[test]
    fn equal_weights_make_equal_groups() {
        let sizes: Vec<usize> = check(&[3; 40], 8).iter().map(Range::len).collect();
        assert_eq!(sizes, [5; 8]);
    }

    #[test]
    fn no_group_exceeds_its_share_by_more_than_its_heaviest_node() {
        let weights: Vec<u64> = (0..1000_u64).map(|i| 1 + i * 7919 % 101).collect();
        let share = weights.iter().sum::<u64>() / 16;
        for group in check(&weights, 16) {
            assert!(weights[group].iter().sum::<u64>() <= share + 102);
        }
    }
}
