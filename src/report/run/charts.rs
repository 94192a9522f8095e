//! Charts of the nation's months, by theme. What never happened is named instead of drawn.

use crate::command_error::CommandError;
use crate::report::series::{Line, MonthlyChart};
use crate::report::unit::{ShownUnit, capitalised, meaning, shown_column, words};
use maud::{Markup, html};
use sim_core::metrics::table::Table;

/// A chart: its title, and its columns with what they are called in the key.
struct ChartPlan {
    title: &'static str,
    columns: &'static [(&'static str, &'static str)],
}

const fn plan(title: &'static str, columns: &'static [(&'static str, &'static str)]) -> ChartPlan {
    ChartPlan { title, columns }
}

const THEMES: [(&str, &[ChartPlan]); 5] = [
    (
        "The programme",
        &[
            plan("", &[("centres_open", "")]),
            plan("", &[("stations_open", "")]),
            plan(
                "Stations opened and closed",
                &[("stations_opened", "opened"), ("stations_closed", "closed")],
            ),
            plan("", &[("orders_per_open_station", "")]),
            plan("Partners who refused or left", &[("refusals", "refused"), ("partners_left", "left")]),
        ],
    ),
    (
        "Buying",
        &[
            plan(
                "Orders by way",
                &[
                    ("station_orders", "through stations"),
                    ("self_service_orders", "self-service"),
                    ("rival_orders", "through rivals"),
                ],
            ),
            plan("", &[("buying_share", "")]),
            plan("", &[("better_off_share", "")]),
            plan(
                "Change of the cost of living",
                &[
                    ("cost_of_living_change_mean", "mean household"),
                    ("cost_of_living_change_p10", "10th percentile"),
                ],
            ),
            plan("", &[("mean_order_value", "")]),
        ],
    ),
    (
        "Delivery",
        &[
            plan("", &[("parcels_per_village_day", "")]),
            plan(
                "Median time from order to collection",
                &[
                    ("station_delivery_p50", "through stations"),
                    ("self_service_delivery_p50", "self-service"),
                ],
            ),
            plan("", &[("delivered_village_share", "")]),
            plan("", &[("late_share", "")]),
        ],
    ),
    (
        "Selling",
        &[
            plan("", &[("shops", "")]),
            plan("", &[("shop_jobs", "")]),
            plan("", &[("shop_sales", "")]),
            plan(
                "Shops opened and closed",
                &[("shops_opened_unprompted", "unprompted"), ("shops_closed", "closed")],
            ),
            plan("", &[("taobao_villages", "")]),
        ],
    ),
    (
        "Incomes and people",
        &[
            plan("", &[("income_per_head", "")]),
            plan("", &[("online_income_share", "")]),
            plan("", &[("poverty_rate", "")]),
            plan("", &[("income_gini", "")]),
            plan(
                "Migrants who left and returned",
                &[("migrants_left", "left"), ("migrants_returned", "returned")],
            ),
        ],
    ),
];

/// The section.
///
/// # Errors
/// If a chart cannot be drawn.
pub fn section(nation: &Table, months: &[String]) -> Result<Markup, CommandError> {
    let mut themes = Vec::new();
    let mut nothing = Vec::new();
    for (theme, plans) in THEMES {
        let mut figures = Vec::new();
        for series in plans.iter().filter_map(|plan| series(nation, plan)) {
            if series.is_eventful() {
                figures.push(series.figure(months)?);
            } else {
                nothing.push(series.title.to_lowercase());
            }
        }
        if !figures.is_empty() {
            themes.push((theme, figures));
        }
    }
    Ok(html! {
        @for (theme, figures) in &themes {
            h3 { (theme) }
            div class="plots" { @for figure in figures { (figure) } }
        }
        @if !nothing.is_empty() { p class="note" { "Nothing to draw, as nothing happened: "
            (nothing.join(", ")) "." } }
    })
}

fn series(nation: &Table, plan: &ChartPlan) -> Option<MonthlyChart> {
    let columns: Vec<_> =
        plan.columns.iter().filter_map(|(name, key)| Some((nation.column(name)?, *key))).collect();
    let (first, _) = columns.first()?;
    let title = match plan.title {
        "" => capitalised(&words(&first.name)),
        title => title.to_owned(),
    };
    let definitions: Vec<String> = columns
        .iter()
        .map(|(column, key)| match *key {
            "" => meaning(&column.definition),
            key => format!("{}: {}", capitalised(key), lowered(&meaning(&column.definition))),
        })
        .collect();
    Some(MonthlyChart {
        unit: ShownUnit::of(first.unit).name,
        definition: definitions.join(" "),
        lines: columns
            .iter()
            .map(|(column, key)| Line {
                name: if key.is_empty() { title.clone() } else { (*key).to_owned() },
                values: shown_column(nation, &column.name).unwrap_or_default(),
            })
            .collect(),
        bands: Vec::new(),
        title,
    })
}

/// A sentence that goes on after a colon.
fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}
