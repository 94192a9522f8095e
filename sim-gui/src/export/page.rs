//! Plan and baseline on one page that needs nothing else: what was changed, what came of it, the money, every
//! chart, what it rests on and how to make it again.
//!
//! `countryside report` makes pages of folders that the command wrote: of whole runs, with every table at
//! hand. This one is of what the window shows, which is in no folder. Both wear one style; to share more, the
//! window would have to know the command.

mod again;
mod table;

#[cfg(test)]
pub use again::commands;

use super::basis;
use super::sheet::Sheet;
use crate::comparison::Comparison;
use crate::outcome::{self, ShownOutcome};
use crate::panels::{self, money, status};
use crate::state::State;
use crate::text::{Language, Say};
use crate::work::store::{Shown, Spread};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sim_core::base::Unit;
use sim_core::metrics::ledger::Account;
use sim_core::unit;
use table::{cell, table};

/// The style of all pages, and what those of the window add: pictures as wide as there is room.
const STYLE: &str = include_str!("../../../src/report/style.css");
const OWN: &str = "figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); \
                   border-radius: 6px; }
.plots figcaption { margin-bottom: .3rem; font-weight: 600; }
.plots { grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); }
tr.all th, tr.all td { font-weight: 650; }
";

/// What the page may load: nothing, its own style aside.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Results that are always told; those of the charts come first.
const LISTED: [&str; 8] = [
    "stations_open",
    "station_orders",
    "orders_per_open_station",
    "partner_income_mean",
    "buying_share",
    "shops",
    "taobao_villages",
    "income_per_head",
];

/// The runs of plan and baseline that the page is about.
struct Pair {
    now: Shown,
    before: Shown,
    /// Whether the plan is compared with another one.
    is_other: bool,
}

/// The page.
pub fn page(state: &State) -> String {
    let say = state.say();
    let name = state.own_name();
    let language = match say.0 {
        Language::English => "en",
        Language::Chinese => "zh-Hans",
    };
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "Countryside " (basis::VERSION) };
                title { (name) }
                style { (PreEscaped(STYLE)) (PreEscaped(OWN)) }
            }
            body {
                (heading(state, say, &name))
                main { (sections(state, say)) }
                footer { p { (say.of("report.limits")) } p { (basis::made(state)) " " (say.of("report.loads"))
                    } }
            }
        }
    };
    page.into_string() + "\n"
}

fn heading(state: &State, say: Say, name: &str) -> Markup {
    let question = say.find(&format!("question.{}", state.current.plan.base));
    let question = question.filter(|_| state.current.plan.own.is_none());
    let question = question.unwrap_or(&state.current.prepared.scenario.question);
    let scenario = &state.current.prepared.scenario;
    let span = say.with("report.span", &[&scenario.start.to_string(), &scenario.end.to_string()]);
    let against = match state.has_other() {
        true => say.with("report.against", &[&state.name(&state.baseline)]),
        false => say.of("report.alone").to_owned(),
    };
    let unlike = status::unlike_text(state);
    let sample = basis::sample(state);
    let warnings = state.current.prepared.warnings.iter();
    let warnings: Vec<String> = warnings.map(|fault| say.fault(fault)).collect();
    html! {
        header {
            p class="kind" { (say.of("report.kind")) }
            h1 { (name) }
            p class="question" { (question) }
            ul class="facts" {
                li { (against) } li { (span) } li { (sample.words(state)) } li { (basis::made(state)) }
            }
            @if sample.is_preview || !warnings.is_empty() || unlike.is_some() {
                div class="warning" role="note" {
                    strong { (say.of("report.trust")) }
                    ul {
                        @if let Some(unlike) = &unlike { li { (unlike) } }
                        @if sample.is_preview { li { (say.of("report.preview")) } }
                        @for warning in &warnings { li { (warning) } }
                    }
                }
            }
        }
    }
}

fn sections(state: &State, say: Say) -> Markup {
    let level = state.level();
    let pair = level.map(|level| {
        let (now, before) = money::compared(state, level);
        Pair { now, before, is_other: state.is_compared() }
    });
    html! {
        (section("changes", say.of("report.changes"), changes(state, say)))
        @match &pair {
            Some(pair) => {
                (section("results", say.of("report.results"), results(state, say, pair)))
                (section("money", say.of("tab.money"), spending(say, pair)))
                (section("charts", say.of("tab.charts"), charts(state, say)))
            }
            None => { p { (say.of("status.first")) } }
        }
        (section("again", say.of("report.again"), again::section(state, say)))
    }
}

fn section(id: &str, title: &str, body: Markup) -> Markup {
    html! { section id=(id) { h2 { (title) } (body) } }
}

/// What was changed, field by field.
fn changes(state: &State, say: Say) -> Markup {
    let changes = basis::changes(state);
    if changes.is_empty() {
        return html! { p { (say.of("report.same")) } };
    }
    let rows = changes.iter().map(|change| {
        vec![
            html! { (change.title) @if change.title != change.path { br; code { (change.path) } } },
            html! { (change.now) @if let Some(day) = change.since { br; small { (say.with("report.since",
            &[&day.to_string()])) } } },
            cell(&change.was),
        ]
    });
    let head = [say.of("report.field"), say.of("compare.now"), say.of("charts.baseline")];
    table(say.of("report.changes.about"), &head, 9, rows)
}

/// Outcomes that are told: those of the charts, and those that are always told.
fn reported(state: &State) -> Vec<&'static ShownOutcome> {
    let charted = state.view.charts.iter().map(String::as_str);
    let more = LISTED.into_iter().filter(|name| state.view.charts.iter().all(|known| known != name));
    charted.chain(more).filter_map(outcome::named).collect()
}

/// Figures of plan and baseline, with where nine tenths of the runs lie, and their difference.
fn results(state: &State, say: Say, pair: &Pair) -> Markup {
    let cards = state.view.charts.iter().filter_map(|name| outcome::named(name));
    let mut head = vec![say.of("report.outcome"), say.of("compare.now"), say.of("report.band")];
    if pair.is_other {
        head.extend([
            say.of("charts.baseline"),
            say.of("report.band"),
            say.of("report.difference"),
            say.of("report.paired"),
        ]);
    }
    let rows = reported(state).into_iter().map(|outcome| row(say, pair, outcome));
    html! {
        ul class="cards" { @for outcome in cards { (card(say, pair, outcome)) } }
        (table(say.of("report.results.about"), &head, 1, rows))
        p class="definition" { (say.of("report.results.note")) }
    }
}

fn band(say: Say, outcome: &ShownOutcome, spread: Option<Spread>) -> String {
    spread.map_or_else(|| "–".to_owned(), |spread| spread.band(say, outcome.unit))
}

fn middle(say: Say, outcome: &ShownOutcome, spread: Option<Spread>) -> String {
    spread.map_or_else(|| "–".to_owned(), |spread| say.amount(spread.at[2], outcome.unit))
}

/// A difference with the mark that says whether it is more than chance; a dash without a pair.
fn signed(say: Say, unit: Unit, compared: Option<&Comparison>) -> String {
    compared.map_or_else(|| "–".to_owned(), |compared| panels::difference_text(say, compared, unit))
}

fn ends(say: Say, unit: Unit, compared: Option<&Comparison>) -> String {
    let change = |value: f64| say.change(value, unit);
    let interval = compared.and_then(Comparison::interval);
    interval.map_or_else(
        || "–".to_owned(),
        |(low, high)| say.with("report.range", &[&change(low), &change(high)]),
    )
}

fn row(say: Say, pair: &Pair, outcome: &ShownOutcome) -> Vec<Markup> {
    let (now, before) = (pair.now.total(outcome), pair.before.total(outcome));
    let name = html! { (outcome.title(say)) " " span class="unit" { "[" (outcome.whole_unit(say)) "]" } };
    let mut cells = vec![name, cell(middle(say, outcome, now)), cell(band(say, outcome, now))];
    if pair.is_other {
        let compared = pair.now.compared(&pair.before, |run| run.total(outcome));
        cells.extend([
            cell(middle(say, outcome, before)),
            cell(band(say, outcome, before)),
            cell(signed(say, outcome.unit, compared.as_ref())),
            cell(ends(say, outcome.unit, compared.as_ref())),
        ]);
    }
    cells
}

fn card(say: Say, pair: &Pair, outcome: &ShownOutcome) -> Markup {
    let now = pair.now.total(outcome);
    let compared = pair.now.compared(&pair.before, |run| run.total(outcome));
    html! {
        li {
            div class="name" { (outcome.title(say)) }
            div class="value" { (middle(say, outcome, now)) span class="unit" { (outcome.whole_unit(say)) } }
            div class="change" { (say.with("report.card.band", &[&band(say, outcome, now)])) }
            @if pair.is_other {
                div class="change" { (signed(say, outcome.unit, compared.as_ref())) " "
                    (say.of("report.card.change")) }
            }
        }
    }
}

/// What was spent, on what, and what it bought.
fn spending(say: Say, pair: &Pair) -> Markup {
    let accounts = [
        (Account::Programme, say.of("money.programme")),
        (Account::Platform, say.of("money.platform")),
        (Account::Government, say.of("money.government")),
    ];
    html! {
        @for (account, title) in accounts { h3 { (title) } (spent(say, pair, account, title)) }
        h3 { (say.of("money.bought")) }
        (bought(say, pair))
        p class="definition" { (say.of("money.note")) }
    }
}

fn spent(say: Say, pair: &Pair, account: Account, title: &str) -> Markup {
    let rows = money::items(account, &pair.now, &pair.before);
    if rows.is_empty() {
        return html! { p { (say.of("money.nothing")) } };
    }
    let parts = rows.iter().filter(|row| row.item.is_some());
    let most = parts.map(|row| row.now).fold(f64::MIN_POSITIVE, f64::max);
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| say.number(value));
    let range = money::spent(&pair.now, account).map(|at| {
        let ends = [at[0], at[4]].map(|end| say.number(end));
        say.with("report.card.band", &[&format!("{} – {}", ends[0], ends[1])])
    });
    let range = range.unwrap_or_default();
    let cells = rows.iter().map(|row| {
        let width = format!("width:{:.1}%", (100.0 * row.now / most).clamp(0.0, 100.0));
        let (name, beside) = match row.item {
            Some(_) => {
                (cell(row.title(say)), html! { div class="bar" { span aria-hidden="true" style=(width) {} } })
            }
            None => (html! { strong { (row.title(say)) } }, cell(&range)),
        };
        let mut cells = vec![name, cell(say.number(row.now)), beside];
        if pair.is_other {
            let change = signed(say, unit!(MillionYuan), row.change.as_ref());
            cells.extend([cell(number(row.before)), cell(change)]);
        }
        cells
    });
    let mut head = vec![say.of("money.item"), say.of("money.million"), say.of("report.size")];
    if pair.is_other {
        head.extend([say.of("money.before"), say.of("money.change")]);
    }
    table(title, &head, 1, cells)
}

fn bought(say: Say, pair: &Pair) -> Markup {
    let rows = money::results(say, &pair.now, &pair.before).into_iter().map(|result| {
        let outcome = result.outcome;
        let name = html! { (outcome.title(say)) " " span class="unit" { "[" (outcome.whole_unit(say)) "]" } };
        let mut cells =
            vec![name, cell(say.amount(result.value, outcome.unit)), cell(say.number(result.each))];
        if pair.is_other {
            cells.extend([cell(signed(say, outcome.unit, result.more.as_ref())), cell(result.against)]);
        }
        cells
    });
    let mut head = vec![say.of("money.result"), say.of("money.now"), say.of("money.each")];
    if pair.is_other {
        head.extend([say.of("money.change"), say.of("money.each_more")]);
    }
    table(say.of("money.bought"), &head, 1, rows)
}

/// Every chart with what its marks stand for.
fn charts(state: &State, say: Say) -> Markup {
    let shown = state.view.charts.iter().filter_map(|name| outcome::named(name));
    html! {
        div class="plots" {
            @for outcome in shown {
                figure {
                    figcaption { (outcome.title(say)) " " span class="unit" { "[" (outcome.monthly_unit(say))
                        "]" } }
                    (PreEscaped(Sheet::on_page(state, outcome).svg()))
                    p class="definition" { (outcome.definition_in(say)) }
                }
            }
        }
    }
}
