//! Money by item over the whole run, from the ledger table.

use sim_core::metrics::ledger::{Item, Payer};
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

/// What each payer spent on the plan in the whole run \[fen\], by the one definition of [`Payer`].
pub fn spent(items: &[Paid<'_>]) -> Vec<(Payer, i128)> {
    let of = |payer: Payer| {
        let own = items.iter().filter(|paid| Item::named(paid.item).is_some_and(|item| payer.spends(item)));
        (payer, own.map(|paid| paid.fen).sum())
    };
    Payer::ALL.into_iter().map(of).collect()
}

fn sums(ledger: &Table) -> Option<Vec<Paid<'_>>> {
    let [items, from, to] = [ledger.texts("item")?, ledger.texts("from")?, ledger.texts("to")?];
    let paid = ledger.integers("paid")?;
    let mut sums: Vec<Paid<'_>> = Vec::new();
    for (((item, from), to), &fen) in items.iter().zip(from.iter()).zip(to.iter()).zip(paid) {
        match sums.iter_mut().find(|sum| sum.item == item) {
            Some(sum) => sum.fen += i128::from(fen),
            None => sums.push(Paid { item, from, to, fen: i128::from(fen) }),
        }
    }
    Some(sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::base::unit::unit;
    use sim_core::metrics::table::Column;

    #[test]
    fn months_are_summed_and_the_largest_comes_first() {
        let columns = vec![
            Column::text("item", "", ["a", "b", "c", "b"]),
            Column::text("from", "", ["x"; 4]),
            Column::text("to", "", ["y"; 4]),
            Column::integer("paid", unit!(Fen), "", [3, 2, 0, 5]),
        ];
        let ledger = Table::new("ledger", "", columns).unwrap();
        let tables = [ledger];
        let sums: Vec<_> = by_item(&tables).into_iter().map(|paid| (paid.item, paid.fen)).collect();
        assert_eq!(sums, [("b", 7), ("a", 3)]);
        assert!(by_item(&[]).is_empty());
    }

    #[test]
    fn pensions_are_paid_by_government_and_not_spent_on_the_plan() {
        let paid = |item, from, fen| Paid { item, from, to: "households", fen };
        let items = [
            paid("social_transfers", "government", 900),
            paid("broadband", "government", 7),
            paid("partner_commission", "platform", 5),
            paid("tranche", "platform", 100),
            paid("promotion", "programme", 3),
        ];
        let spent: Vec<i128> = spent(&items).into_iter().map(|(_, fen)| fen).collect();
        assert_eq!(spent, [3, 5, 7, 15]);
    }
}
