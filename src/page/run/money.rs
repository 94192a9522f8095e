//! Money by item over the whole run, from the ledger.

use crate::failure::Failure;
use crate::page::folder::Folder;
use crate::page::shell::{cell, table};
use crate::page::unit::{capitalised, words};
use crate::report::ledger::by_item;
use crate::report::number::{compact, of};
use maud::{Markup, html};

/// Items that are listed one by one.
const LISTED: usize = 20;

/// The section; nothing without a ledger.
///
/// # Errors
/// If the ledger is damaged.
pub fn section(folder: &mut Folder) -> Result<Option<Markup>, Failure> {
    let Some(ledger) = folder.table("ledger", &|_| true)? else {
        return Ok(None);
    };
    let tables = [ledger];
    let items = by_item(&tables);
    let Some(greatest) = items.first().map(|item| item.fen as f64 / 100.0) else {
        return Ok(None);
    };
    let (unit, scale) = match greatest {
        greatest if greatest >= 1e9 => ("million yuan", 1e-6),
        greatest if greatest >= 1e6 => ("thousand yuan", 1e-3),
        _ => ("yuan", 1.0),
    };
    let row = |item: &crate::report::ledger::Paid<'_>| {
        let yuan = item.fen as f64 / 100.0;
        let share = (yuan / greatest * 100.0).clamp(0.0, 100.0);
        vec![
            cell(capitalised(&words(item.item))),
            cell(words(item.from)),
            cell(words(item.to)),
            cell(compact(yuan * scale)),
            html! { div class="bar" aria-hidden="true" { span style=(format!("width:{share:.1}%")) {} } },
        ]
    };
    let rows: Vec<Vec<Markup>> = items.iter().take(LISTED).map(row).collect();
    let header = ["item", "paid by", "paid to", unit, "size"];
    Ok(Some(html! {
        p {
            "What was paid for what in the whole run. Every yuan has two sides: what one account pays, another receives, so that the balances of all "
            "accounts sum to zero to the fen."
        }
        (table(&format!("Payments by item, whole run, in {unit}"), &header, 3, &rows))
        @if items.len() > LISTED {
            p class="note" { (of((items.len() - LISTED) as u64, "smaller item is", "smaller items are")) " in the ledger table." }
        }
    }))
}
