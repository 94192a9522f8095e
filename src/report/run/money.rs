//! Money by payer and item over the whole run, from the ledger.

use crate::command_error::CommandError;
use crate::payments::{Paid, by_item, spent};
use crate::report::folder::ResultFolder;
use crate::report::region::ReportRegion;
use crate::report::shell::{cell, table};
use crate::report::unit::{capitalised, words};
use crate::text::number::figure;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The section; nothing without a ledger.
///
/// # Errors
/// If the ledger is damaged.
pub fn section(folder: &mut ResultFolder) -> Result<Option<Markup>, CommandError> {
    let Some(ledger) = folder.table("ledger", &|_| true)? else {
        return Ok(None);
    };
    let tables = [ledger];
    let items = by_item(&tables);
    let payers = by_payer(&items);
    let Some(greatest) = payers.iter().map(|(_, items)| total(items)).reduce(f64::max) else {
        return Ok(None);
    };
    let region = ReportRegion::of(folder);
    let currency = region.currency();
    let money = currency.english();
    let (unit, scale) = match greatest {
        greatest if greatest >= 1e12 => (format!("million {money}"), 1e-6),
        greatest if greatest >= 1e6 => (format!("thousand {money}"), 1e-3),
        _ => (money.to_owned(), 1.0),
    };
    let unit = unit.as_str();
    Ok(Some(html! {
        (costs(&items, unit, scale))
        p {
            "What was paid for what in the whole run. Every payment has two sides: what one account pays, \
                another receives, so that the balances of all "
            "accounts sum to nothing, to the last hundredth. Bars compare the payments of one payer."
        }
        div class="scroll" tabindex="0" role="region" aria-label="Payments by payer and item" {
            table {
                caption { "Payments by payer and item, whole run" }
                thead { tr { th scope="col" { "item" } th scope="col" { "paid to" } th scope="col"
                    class="number" { (unit) } th scope="col" { "size" } } }
                @for (payer, items) in &payers { (of_payer(payer, items, scale)) }
            }
        }
    }))
}

/// What the plan cost, and whose account it was paid from.
fn costs(items: &[Paid<'_>], unit: &str, scale: f64) -> Markup {
    let rows: Vec<Vec<Markup>> = spent(items)
        .into_iter()
        .map(|(payer, fen)| vec![cell(payer.definition()), cell(figure(fen as f64 / 100.0 * scale))])
        .collect();
    table("What was spent on the plan, by whose account, whole run", &["account", unit], 1, &rows)
}

/// Payments by payer, the greatest payer first.
fn by_payer<'a>(items: &'a [Paid<'a>]) -> Vec<(&'a str, Vec<&'a Paid<'a>>)> {
    let mut payers: BTreeMap<&str, Vec<&Paid<'_>>> = BTreeMap::new();
    for item in items {
        payers.entry(item.from).or_default().push(item);
    }
    let mut payers: Vec<_> = payers.into_iter().collect();
    payers.sort_by(|a, b| total(&b.1).total_cmp(&total(&a.1)));
    payers
}

/// The sum \[yuan\].
fn total(items: &[&Paid<'_>]) -> f64 {
    items.iter().map(|item| yuan(item)).sum()
}

fn yuan(item: &Paid<'_>) -> f64 {
    item.fen as f64 / 100.0
}

fn of_payer(payer: &str, items: &[&Paid<'_>], scale: f64) -> Markup {
    let greatest = items.iter().map(|item| yuan(item).abs()).fold(0.01, f64::max);
    html! {
        tbody {
            tr class="group" {
                th scope="rowgroup" { (capitalised(&words(payer))) " paid" }
                td {} td class="number" { (figure(total(items) * scale)) } td {}
            }
            @for item in items {
                tr {
                    th scope="row" { (capitalised(&words(item.item))) }
                    td { (words(item.to)) }
                    td class="number" { (figure(yuan(item) * scale)) }
                    td class="bar" { span aria-hidden="true" style=(format!("width:{:.1}%", (yuan(item)
                        / greatest * 100.0).clamp(0.0, 100.0))) {} }
                }
            }
        }
    }
}
