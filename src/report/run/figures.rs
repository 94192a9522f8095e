//! Headline figures: the chief ones as cards, all in a table.

use crate::report::shell::{cell, table};
use crate::report::unit::{ShownUnit, capitalised, meaning, words};
use crate::text::number::{change, compact};
use maud::{Markup, html};
use sim_core::metrics::table::{Column, Table};
use sim_core::simulation::HEADLINES;

/// What is told first, as far as it happened.
const CARDS: [&str; 12] = [
    "stations_open",
    "station_orders",
    "orders_per_open_station",
    "partner_income_p50",
    "station_delivery_p50",
    "buying_share",
    "better_off_share",
    "cost_of_living_change_mean",
    "shops",
    "taobao_villages",
    "income_per_head",
    "poverty_rate",
];
const MOST: usize = 10;

/// A headline figure over the run.
struct Figure<'a> {
    column: &'a Column,
    unit: ShownUnit,
    is_sum: bool,
    /// The first month's value.
    first: f64,
    /// The first value that there is, and its month.
    begin: (f64, usize),
    last: f64,
    total: f64,
}

impl<'a> Figure<'a> {
    fn of(column: &'a Column, is_sum: bool) -> Option<Figure<'a>> {
        let values = crate::report::unit::shown(column)?;
        Some(Figure {
            column,
            unit: ShownUnit::of(column.unit),
            is_sum,
            begin: values
                .iter()
                .enumerate()
                .find(|(_, value)| value.is_finite())
                .map_or((f64::NAN, 0), |(at, &value)| (value, at)),
            first: values.first().copied().unwrap_or(f64::NAN),
            last: values.last().copied().unwrap_or(f64::NAN),
            total: values.iter().sum(),
        })
    }

    fn is_eventful(&self) -> bool {
        self.last.is_finite() && (self.last != 0.0 || self.first != 0.0 || self.total != 0.0)
    }
}

/// The section.
pub fn section(nation: &Table, months: &[String]) -> Markup {
    let figures: Vec<Figure<'_>> =
        HEADLINES.iter().filter_map(|&(name, is_sum)| Figure::of(nation.column(name)?, is_sum)).collect();
    let find = |name: &str| figures.iter().find(|figure| figure.column.name == name);
    let cards = CARDS.iter().filter_map(|name| find(name)).filter(|figure| figure.is_eventful()).take(MOST);
    let since = months.first().map_or("", String::as_str);
    let until = months.last().map_or("", String::as_str);
    html! {
        ul class="cards" { @for figure in cards { (card(figure, months)) } }
        (all(&figures, since, until))
        p class="definition" {
            "M: million. A dash: nothing to divide by or to count. Totals are of what adds up over months." }
    }
}

fn card(figure: &Figure<'_>, months: &[String]) -> Markup {
    let column = figure.column;
    let (value, unit) = if figure.is_sum {
        (figure.total, figure.unit.of_sum())
    } else {
        (figure.last, figure.unit.name.clone())
    };
    let (begin, at) = figure.begin;
    let changed = figure.last - begin;
    let since = months.get(at).map_or("", String::as_str);
    html! {
        li {
            div class="name" { (capitalised(&words(&column.name))) @if figure.is_sum { ", total" } }
            div class="value" { (compact(value)) span class="unit" { (unit) } }
            @if figure.is_sum {
                div class="change" { (compact(figure.last)) " in the last month" }
            } @else if changed.is_finite() {
                div class="change" { (arrow(changed)) " " (change(changed)) " " (figure.unit.of_change())
                    ", from " (compact(begin)) " in " (since) }
            }
            div class="definition" { (meaning(&column.definition)) }
        }
    }
}

fn arrow(change: f64) -> &'static str {
    match change {
        change if change > 0.0 => "▲",
        change if change < 0.0 => "▼",
        _ => "=",
    }
}

fn all(figures: &[Figure<'_>], since: &str, until: &str) -> Markup {
    let header = ["outcome [unit]", since, until, "change", "total of the run"];
    let rows: Vec<Vec<Markup>> = figures
        .iter()
        .map(|figure| {
            let changed = figure.last - figure.first;
            let changed = if changed.is_finite() { change(changed) } else { "-".to_owned() };
            let total = if figure.is_sum { compact(figure.total) } else { String::new() };
            vec![
                html! {
                    span title=(meaning(&figure.column.definition)) {
                        (capitalised(&words(&figure.column.name))) }
                    " " span class="unit" { "[" (figure.unit.name) "]" }
                },
                cell(compact(figure.first)),
                cell(compact(figure.last)),
                cell(changed),
                cell(total),
            ]
        })
        .collect();
    table("All headline figures, first and last month", &header, 1, &rows)
}
