//! What a run found, on a page.

use super::finished::FinishedRun;
use crate::engine::Headline;
use crate::output::manifest::Manifest;
use crate::payments;
use crate::terminal::harmless;
use crate::text::chart;
use crate::text::layout;
use crate::text::name::in_words;
use crate::text::number::{change, compact, count, duration, figure, of};
use crate::text::sample;
use sim_core::base::Currency;
use sim_core::metrics::table::Table;
use std::fmt::Write;
use std::path::Path;

/// What is worth drawing, the first that changed first.
const CHARTED: [&str; 6] =
    ["stations_open", "station_orders", "partner_income_mean", "buying_share", "shops", "taobao_villages"];
/// At most so many charts and items of money: a page, not a book.
const CHARTS: usize = 4;
const ITEMS: usize = 12;
const CHART_HEIGHT: usize = 4;
const CHART_WIDTH: usize = 60;

/// The page, for a width of text \[columns\].
pub fn text(finished: &FinishedRun, folder: Option<&Path>, width: u16) -> String {
    let parts = [
        heading(finished, width),
        outcomes(&finished.outcome.headline, width) + &incomplete(finished) + &distorted(finished, width),
        decided(finished, width),
        charts(finished, width),
        money(finished, width),
        books(finished),
        ending(finished, folder),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    harmless(&parts.join("\n"))
}

fn heading(finished: &FinishedRun, width: u16) -> String {
    let scenario = finished.simulation.scenario();
    let Manifest { counts, household_sample, from, until, identity, .. } = &finished.manifest;
    let mut text = layout::wrapped(&format!("{}: {}", scenario.name, scenario.question), usize::from(width));
    let _ = write!(
        text,
        "\n  {from} to {until}, seed {}\n  {}, {}, {}\n  {}\n",
        identity.seed,
        of(counts.counties, "county", "counties"),
        of(counts.villages, "village", "villages"),
        of(counts.households, "household", "households"),
        sample::described(*household_sample),
    );
    if let Some(moment) = &identity.branched_from {
        let _ = writeln!(text, "  branched from {moment}");
    } else if let Some(moment) = &finished.manifest.execution.resumed_at {
        let _ = writeln!(text, "  resumed from a checkpoint at {moment}");
    }
    text
}

fn outcomes(headline: &[Headline], width: u16) -> String {
    if headline.is_empty() {
        return String::new();
    }
    let mut table =
        layout::table(width - 2, &["Outcome [unit]", "first month", "last month", "change", "total"]);
    for outcome in headline {
        let first = outcome.series.first().copied();
        let last = outcome.series.last().copied();
        let shown = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), compact);
        let changed = first.zip(last).map_or_else(|| "-".to_owned(), |(first, last)| change(last - first));
        table.add_row([
            format!("{} [{}]", in_words(outcome.name), outcome.unit),
            shown(first),
            shown(last),
            changed,
            if outcome.is_sum { compact(outcome.value) } else { String::new() },
        ]);
    }
    layout::numbers(&mut table, 1..5);
    let text = layout::text(&table, "  ");
    // Names and units are in lower case, so that a capital is that of a figure.
    let note = if text.contains(" M") { "  M: million\n" } else { "" };
    text + note
}

/// The months of which only some days were simulated.
fn incomplete(finished: &FinishedRun) -> String {
    let outcome = &finished.outcome;
    let each = outcome.months.iter().zip(&outcome.days);
    each.filter(|(month, days)| **days < month.days())
        .map(|(month, days)| {
            format!(
                "  {month} has {days} of its {} days: what is counted in it is of these days\n",
                month.days()
            )
        })
        .collect()
}

/// What the sample distorts, as was measured.
fn distorted(finished: &FinishedRun, width: u16) -> String {
    let told = sample::distorted(finished.manifest.household_sample, in_words)
        .map(|text| layout::wrapped(&text, usize::from(width).saturating_sub(2)).replace('\n', "\n  "));
    told.map_or_else(String::new, |text| format!("  {}\n", text.trim_end()))
}

/// What rules decided, and how far targets have come; nothing without rules and targets.
fn decided(finished: &FinishedRun, width: u16) -> String {
    let table = |name: &str| finished.outcome.tables.iter().find(|table| table.name == name);
    let cell = |table: &Table, column: &str, row: usize| {
        table.column(column).map_or_else(String::new, |column| column.data.shown(row))
    };
    let mut lines = Vec::new();
    if let Some(decisions) = table("decision") {
        let rows = decisions.rows();
        let mut line = format!("rules made {}", of(rows as u64, "decision", "decisions"));
        if let Some(last) = rows.checked_sub(1) {
            let [day, rule, what] = ["date", "rule", "decision"].map(|column| cell(decisions, column, last));
            let _ = write!(line, ", the last on {day}: \"{rule}\" {what} (table `decision`)");
        }
        lines.push(line);
    }
    if let Some(targets) = table("target") {
        let name = |row: usize| cell(targets, "target", row);
        let last = (0..targets.rows()).filter(|&row| row + 1 == targets.rows() || name(row) != name(row + 1));
        lines.extend(last.map(|row| {
            let done = targets.reals("progress").and_then(|progress| progress.get(row)).copied();
            let done = done.filter(|done| done.is_finite());
            let done =
                done.map_or_else(|| "unknown".to_owned(), |done| format!("{} %", figure(done * 100.0)));
            format!("target \"{}\" by {}: {done} of the way", name(row), cell(targets, "by", row))
        }));
    }
    lines.iter().map(|line| format!("  {}\n", layout::wrapped(line, usize::from(width) - 2))).collect()
}

fn charts(finished: &FinishedRun, width: u16) -> String {
    let headline = &finished.outcome.headline;
    let changing = |outcome: &&Headline| {
        let mut present = outcome.series.iter().filter(|value| value.is_finite());
        let first = present.next();
        present.any(|value| Some(value) != first)
    };
    let named = CHARTED.iter().filter_map(|name| headline.iter().find(|outcome| outcome.name == *name));
    let months = (&finished.manifest.from, &finished.manifest.until);
    let charts: Vec<String> =
        named.filter(changing).take(CHARTS).map(|outcome| drawn(outcome, months, width)).collect();
    charts.join("\n")
}

/// A chart with its title, the values at its top and bottom, and the first and last month.
fn drawn(outcome: &Headline, (from, until): (&String, &String), width: u16) -> String {
    let (low, high) = chart::bounds(&outcome.series);
    let (low, high) = (figure(low), figure(high));
    let margin = low.len().max(high.len());
    let room = usize::from(width).saturating_sub(margin + 6).clamp(10, CHART_WIDTH);
    let lines = chart::bars(&outcome.series, room, CHART_HEIGHT);
    let mut text = format!("  {} [{}]\n", in_words(outcome.name), outcome.unit);
    for (index, line) in lines.iter().enumerate() {
        let label = match index {
            0 => high.as_str(),
            _ if index + 1 == lines.len() => low.as_str(),
            _ => "",
        };
        let _ = writeln!(text, "  {label:>margin$} │{}", line.trim_end());
    }
    let drawn = lines.first().map_or(0, |line| line.chars().count());
    let [from, until] = [from, until].map(|date| date.get(..7).unwrap_or(date));
    let gap = drawn.saturating_sub(from.len()).max(until.len() + 1);
    let _ = writeln!(text, "  {:margin$}  {from}{until:>gap$}", "");
    text
}

fn currency(finished: &FinishedRun) -> Currency {
    finished.simulation.scenario().places.region.currency()
}

fn money(finished: &FinishedRun, width: u16) -> String {
    let paid = payments::by_item(&finished.outcome.tables);
    if paid.is_empty() {
        return String::new();
    }
    let thousand = format!("thousand {}", currency(finished).english());
    let mut table = layout::table(width - 2, &["Money, whole run", "from", "to", &thousand]);
    for item in paid.iter().take(ITEMS) {
        let thousands = figure(item.fen as f64 / 100_000.0);
        table.add_row([in_words(item.item), in_words(item.from), in_words(item.to), thousands]);
    }
    layout::numbers(&mut table, 3..4);
    let mut text = layout::text(&table, "  ");
    if let more @ 1.. = paid.len().saturating_sub(ITEMS) {
        let _ =
            writeln!(text, "  and {} in the ledger table", of(more as u64, "smaller item", "smaller items"));
    }
    text
}

fn books(finished: &FinishedRun) -> String {
    let audit = &finished.outcome.audit;
    let money = match (audit.money_closes, currency(finished) == Currency::YUAN) {
        (true, true) => "money closes to the fen",
        (true, false) => "money closes to the last hundredth",
        (false, _) => "MONEY DOES NOT CLOSE",
    };
    let parcels =
        if audit.parcels_close { "every parcel is accounted for" } else { "PARCELS ARE NOT ACCOUNTED FOR" };
    let incomes = if audit.incomes_close {
        "incomes of households are what the ledger paid them"
    } else {
        "INCOMES ARE NOT WHAT THE LEDGER PAID"
    };
    let mut text = format!("Books: {money}; {parcels};\n  {incomes}.\n");
    for message in &audit.messages {
        let _ = writeln!(text, "  {message}");
    }
    text
}

fn ending(finished: &FinishedRun, folder: Option<&Path>) -> String {
    let Manifest { execution, counts, fingerprint, files, .. } = &finished.manifest;
    let mut text = format!(
        "Done in {} on {}: {} events, {} orders.\nFingerprint {fingerprint} (version {})\n",
        duration(execution.wall_seconds),
        of(execution.threads as u64, "thread", "threads"),
        count(counts.events),
        count(counts.orders),
        finished.manifest.identity.version,
    );
    if let Some(folder) = folder {
        let files = of(files.len() as u64 + 1, "file", "files");
        let _ = writeln!(text, "Results in {} ({files}; columns.csv says what they hold)", folder.display());
    }
    text
}
