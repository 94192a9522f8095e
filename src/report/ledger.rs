//! Money by item over the whole run, from the ledger table.

use sim_core::metrics::table::Table;

/// What was paid for one item in the whole run.
#[derive(Clone, Debug, PartialEq)]
pub struct Paid<'a> {
    /// What for.
    pub item: &'a str,
    /// By whom.
    pub from: &'a str,
    /// To whom.
    pub to: &'a str,
    /// The sum \[fen\].
    pub fen: i128,
}

/// Payments by item, the largest first, without those that never happened; nothing without a ledger.
pub fn by_item(tables: &[Table]) -> Vec<Paid<'_>> {
    let ledger = tables.iter().find(|table| table.name == "ledger");
    let mut sums = ledger.and_then(sums).unwrap_or_default();
    sums.retain(|paid| paid.fen != 0);
    sums.sort_by_key(|paid| std::cmp::Reverse(paid.fen));
    sums
}

fn sums(ledger: &Table) -> Option<Vec<Paid<'_>>> {
    let [items, from, to] = [ledger.texts("item")?, ledger.texts("from")?, ledger.texts("to")?];
    let paid = ledger.integers("paid")?;
    let mut sums: Vec<Paid<'_>> = Vec::new();
    for (((item, from), to), &fen) in items.iter().zip(from.iter()).zip(to.iter()).zip(paid) {
        match sums.iter_mut().find(|sum| sum.item == item) {
            Some(sum) => sum.fen += i128::from(fen),
            None => sums.push(Paid {
                item,
                from,
                to,
                fen: i128::from(fen),
            }),
        }
    }
    Some(sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::metrics::table::Column;

    #[test]
    fn months_are_summed_and_the_largest_comes_first() {
        let columns = vec![
            Column::text("item", "", ["a", "b", "c", "b"]),
            Column::text("from", "", ["x"; 4]),
            Column::text("to", "", ["y"; 4]),
            Column::integer("paid", "fen", "", [3, 2, 0, 5]),
        ];
        let ledger = Table::new("ledger", "", columns).unwrap();
        let tables = [ledger];
        let sums: Vec<_> = by_item(&tables)
            .into_iter()
            .map(|paid| (paid.item, paid.fen))
            .collect();
        assert_eq!(sums, [("b", 7), ("a", 3)]);
        assert!(by_item(&[]).is_empty());
    }
}
